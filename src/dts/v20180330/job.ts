/** Reads MigrateJobInfo of DTS API 2018-03-30 as a Job. Fields that are not named here are dropped. */
import { z } from 'zod'
import type { Context } from '../api.ts'
import { beijingTime } from '../beijing-time.ts'
import type { Endpoint, Job, JobError, JobStatus, Progress, Snapshot } from '../job.ts'
import { amount, fields, link, list, number, percent, text, time } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { databasesIn } from './objects.ts'

/** Undefined for an item without a JobId, or nested so deeply that no digest can be made of it. */
export function readJob(item: unknown, context: Context): Job | undefined {
  const parsed = rawJob.safeParse(item)
  const digest = parsed.success ? digestOf(item, context) : undefined
  if (!parsed.success || digest === undefined) return undefined
  const raw = parsed.data
  const { account, region, at, requestId, scrub } = context
  const expected = {
    expectTime: raw.MigrateOption.ExpectTime,
    expectedAt: iso(raw.MigrateOption.ExpectTime),
  }

  return {
    ref: { account, region, id: raw.JobId, apiVersion: '2018-03-30' },
    snapshot: { ...setup(raw, scrub), ...expected, digest },
    look: {
      at,
      requestId,
      status: (raw.Status !== undefined && STATUS_NAMES.get(raw.Status)) || 'unknown',
      statusCode: raw.Status === undefined ? '' : String(raw.Status),
      runMode: RUN_MODES.get(raw.MigrateOption.RunMode) ?? 'unknown',
      ...expected,
      startedAt: iso(raw.StartTime),
      ...progress(raw.Detail, scrub),
      errors: errors(raw.ErrorInfo, scrub),
    },
  }
}

/** Without reading the job. */
export function jobIdOf(item: unknown): string | undefined {
  const parsed = identified.safeParse(item)
  return parsed.success ? parsed.data.JobId : undefined
}

type RawJob = z.infer<typeof rawJob>

function digestOf(item: unknown, { digest }: Context): string | undefined {
  try {
    return digest(configuration.parse(item))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function setup(raw: RawJob, scrub: Scrub): Omit<Snapshot, 'digest'> {
  const { MigrateOption: option, DatabaseInfo: objects } = raw
  const sources = [raw.SrcInfo, ...raw.SrcInfoMulti]
  const wholeInstance =
    option.MigrateObject === 1 || (option.MigrateObject === undefined && isNothing(objects))

  return {
    name: scrub.text(raw.JobName ?? ''),
    source: endpoint(raw.SrcDatabaseType, raw.SrcAccessType, sources, scrub),
    target: endpoint(raw.DstDatabaseType, raw.DstAccessType, [raw.DstInfo], scrub),
    runMode: RUN_MODES.get(option.RunMode) ?? 'unknown',
    migrateType: MIGRATE_TYPES.get(option.MigrateType) ?? 'unknown',
    wholeInstance,
    databases: wholeInstance ? undefined : databasesIn(objects, scrub),
    overridesRoot: option.IsOverrideRoot === 1,
    targetReadOnly: raw.DstInfo.ReadOnly === 1,
  }
}

function iso(time: string | undefined): string | undefined {
  return time && beijingTime(time)?.toISOString()
}

const end = fields({
  Ip: text,
  Port: number,
  InstanceId: text,
  RdsInstanceId: text,
  CvmInstanceId: text,
  Region: text,
  ReadOnly: number,
})

const step = fields({ StepNo: number, StepName: text, Status: number })

const detail = fields({
  StepAll: amount,
  StepNow: amount,
  Progress: percent,
  SecondsBehindMaster: amount,
  MasterSlaveDistance: amount,
  StepInfo: list(step),
})

const errorInfo = fields({ ErrorLog: text, HelpDoc: link })

const identified = z.object({ JobId: z.string().min(1) })

const rawJob = identified.extend({
  JobName: text,
  MigrateOption: fields({
    RunMode: number,
    ExpectTime: time,
    MigrateType: number,
    MigrateObject: number,
    IsOverrideRoot: number,
  }),
  SrcDatabaseType: text,
  SrcAccessType: text,
  SrcInfo: end,
  SrcInfoMulti: list(end),
  DstDatabaseType: text,
  DstAccessType: text,
  DstInfo: end,
  DatabaseInfo: text,
  StartTime: time,
  Status: number,
  Detail: detail,
  ErrorInfo: list(errorInfo),
})

/** All that decides what a start does. Kept whole, so that unknown fields inside count too. */
const anything = z.unknown().optional()
const configuration = z.object({
  JobName: anything,
  MigrateOption: anything,
  SrcDatabaseType: anything,
  SrcAccessType: anything,
  SrcNodeType: anything,
  SrcInfo: anything,
  SrcInfoMulti: anything,
  DstDatabaseType: anything,
  DstAccessType: anything,
  DstInfo: anything,
  DatabaseInfo: anything,
})

/** 2 and 6 are only in the first SDK but occur in practice; 14 and 23 stay unknown. */
const STATUS_NAMES = new Map<number, JobStatus>([
  [1, 'creating'],
  [2, 'created'],
  [3, 'checking'],
  [4, 'checkPass'],
  [5, 'checkNotPass'],
  [6, 'readyRun'],
  [7, 'running'],
  [8, 'readyComplete'],
  [9, 'success'],
  [10, 'failed'],
  [11, 'stopping'],
  [12, 'completing'],
])

const RUN_MODES = new Map<number | undefined, Snapshot['runMode']>([
  [1, 'immediate'],
  [2, 'timed'],
])

const MIGRATE_TYPES = new Map<number | undefined, Snapshot['migrateType']>([
  [1, 'structure'],
  [2, 'full'],
  [3, 'fullAndIncrement'],
])

function endpoint(
  engine: string | undefined,
  access: string | undefined,
  ends: z.infer<typeof end>[],
  scrub: Scrub,
): Endpoint {
  const instance = ends
    .map((one) => one.InstanceId ?? one.RdsInstanceId ?? one.CvmInstanceId)
    .find((name) => name !== undefined)
  const host = ends.map(hostOf).find((name) => name !== undefined)
  const region = ends.map((one) => one.Region).find((name) => name !== undefined)

  return {
    engine: scrub.word(engine ?? ''),
    access: scrub.word(access ?? ''),
    instance: instance && scrub.word(instance),
    host: instance ? undefined : host && scrub.text(host),
    region: region && scrub.word(region),
  }
}

function hostOf({ Ip, Port }: z.infer<typeof end>): string | undefined {
  return Ip && Port ? `${Ip}:${Port}` : Ip
}

function progress(raw: z.infer<typeof detail>, scrub: Scrub): Progress {
  const current =
    raw.StepInfo.find((one) => one.StepNo !== undefined && one.StepNo === raw.StepNow) ??
    raw.StepInfo.find((one) => one.Status === STEP_IN_PROGRESS)

  return {
    stepNow: raw.StepNow,
    stepAll: raw.StepAll,
    stepName: current?.StepName && scrub.text(current.StepName),
    percent: raw.Progress,
    secondsBehind: raw.SecondsBehindMaster,
    megabytesBehind: raw.MasterSlaveDistance,
  }
}

const STEP_IN_PROGRESS = 3

function errors(raw: z.infer<typeof errorInfo>[], scrub: Scrub): JobError[] {
  return raw
    .slice(0, MOST_ERRORS)
    .flatMap(({ ErrorLog, HelpDoc }) =>
      ErrorLog
        ? [{ log: scrub.text(ErrorLog), helpDoc: HelpDoc && link.parse(scrub.text(HelpDoc)) }]
        : [],
    )
}

const MOST_ERRORS = 20

function isNothing(objects: string | undefined): boolean {
  return objects === undefined || objects === '[]'
}
