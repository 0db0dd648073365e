import { createHash } from 'node:crypto'

import type { Job } from './job.ts'

/** Where a job's source is, in the fields of SrcInfo, unless its spec says so itself. */
export function sourcePlace({ id, source }: Job): Record<string, string | number> {
  const { database, access, info } = source
  if (['InstanceId', 'CvmInstanceId', 'RdsInstanceId', 'Ip'].some((name) => name in info)) return {}

  const address = { Ip: `192.0.2.${numberOf(id)}`, Port: PORTS[database] }
  switch (access) {
    case 'cdb':
      return { InstanceId: instance(PREFIXES[database], `${id} source`) }
    case 'cvm':
      return { ...address, CvmInstanceId: instance('ins', id) }
    case 'extranet':
    case 'dcg':
    case 'vpncloud':
    case 'ccn':
      return address
  }
}

/** The same for its target, which is always an instance of the cloud. */
export function targetPlace({ id, target }: Job): Record<string, string> {
  if ('InstanceId' in target.info || 'Ip' in target.info) return {}
  return { InstanceId: instance(PREFIXES[target.database], `${id} target`) }
}

/** How Tencent Cloud names instances: a word for the product, and eight characters. */
const PREFIXES: Record<Job['target']['database'], string> = {
  mysql: 'cdb',
  cynosdbmysql: 'cynosdbmysql',
  mariadb: 'tdsql',
  percona: 'tdsql',
  redis: 'crs',
  mongodb: 'cmgo',
  postgresql: 'postgres',
  sqlserver: 'mssql',
}

const PORTS: Record<Job['source']['database'], number> = {
  mysql: 3306,
  mariadb: 3306,
  percona: 3306,
  redis: 6379,
  mongodb: 27017,
  postgresql: 5432,
  sqlserver: 1433,
}

/** Always the same for the same job, so that a job does not change by itself. */
function instance(prefix: string, seed: string): string {
  const number = createHash('sha256').update(seed).digest().readUIntBE(0, 6)
  return `${prefix}-${number.toString(36).padStart(8, '0').slice(-8)}`
}

/** 1 to 254. */
function numberOf(seed: string): number {
  return (createHash('sha256').update(seed).digest().readUInt16BE(0) % 254) + 1
}
