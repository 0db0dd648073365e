/** Reads DBEndpointInfo of DTS API 2021-12-06: one end of a job. Accounts and passwords are dropped. */
import type { Endpoint } from '../job.ts'
import { fields, list, number, text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'

const node = fields((raw) => ({
  Host: text(raw.Host),
  Port: number(raw.Port),
  InstanceId: text(raw.InstanceId),
  CvmInstanceId: text(raw.CvmInstanceId),
}))

export const rawEnd = fields((raw) => ({
  Region: text(raw.Region),
  AccessType: text(raw.AccessType),
  DatabaseType: text(raw.DatabaseType),
  Info: list(raw.Info, node),
}))

/** An end of several nodes goes by the first that has a name. */
export function endpoint(raw: ReturnType<typeof rawEnd>, scrub: Scrub): Endpoint {
  const instance = raw.Info.map((one) => one.InstanceId ?? one.CvmInstanceId).find(isGiven)
  const host = raw.Info.map(hostOf).find(isGiven)
  return {
    engine: scrub.word(raw.DatabaseType ?? ''),
    access: scrub.word(raw.AccessType ?? ''),
    instance: instance && scrub.word(instance),
    host: instance ? undefined : host && scrub.text(host),
    region: raw.Region && scrub.word(raw.Region),
  }
}

function hostOf({ Host, Port }: ReturnType<typeof node>): string | undefined {
  return Host && Port ? `${Host}:${Port}` : Host
}

function isGiven(name: string | undefined): name is string {
  return name !== undefined
}
