/** Reads MigrateJobInfo of DTS API 2018-03-30 as a Job. Fields that are not named here are dropped. */
import { z } from 'zod'
import type { Context } from '../api.ts'
import { beijingTime } from '../beijing-time.ts'
import { digestOf } from '../digest.ts'
import type { Endpoint, Job, JobError, JobStatus, Progress, Snapshot } from '../job.ts'
import { amount, fields, link, list, number, percent, text, time } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'

/** Undefined only for an item without a JobId. */
export function readJob(item: unknown, context: Context): Job | undefined {
  const parsed = rawJob.safeParse(item)
  if (!parsed.success) return undefined
  const raw = parsed.data
  const { account, region, at, requestId, scrub } = context
  const expected = {
    expectTime: raw.MigrateOption.ExpectTime,
    expectedAt: iso(raw.MigrateOption.ExpectTime),
  }

  return {
    ref: { account, region, id: raw.JobId, apiVersion: '2018-03-30' },
    snapshot: { ...setup(raw, scrub), ...expected, digest: digestOf(configuration.parse(item)) },
    look: {
      at,
      requestId,
      status: (raw.Status !== undefined && STATUS_NAMES.get(raw.Status)) || 'unknown',
      statusCode: raw.Status === undefined ? '' : String(raw.Status),
      ...expected,
      startedAt: iso(raw.StartTime),
      ...progress(raw.Detail, scrub),
      errors: errors(raw.ErrorInfo, scrub),
    },
  }
}

type RawJob = z.infer<typeof rawJob>

function setup(raw: RawJob, scrub: Scrub): Omit<Snapshot, 'digest'> {
  const { MigrateOption: option, DatabaseInfo: objects } = raw
  const sources = [raw.SrcInfo, ...raw.SrcInfoMulti]

  return {
    name: scrub(raw.JobName ?? ''),
    source: endpoint(raw.SrcDatabaseType, raw.SrcAccessType, sources, scrub),
    target: endpoint(raw.DstDatabaseType, raw.DstAccessType, [raw.DstInfo], scrub),
    runMode: RUN_MODES.get(option.RunMode) ?? 'unknown',
    migrateType: MIGRATE_TYPES.get(option.MigrateType) ?? 'unknown',
    wholeInstance:
      option.MigrateObject === 1 || (option.MigrateObject === undefined && isNothing(objects)),
    overridesRoot: option.IsOverrideRoot === 1,
    targetReadOnly: raw.DstInfo.ReadOnly === 1,
  }
}

function iso(time: string | undefined): string | undefined {
  return time && beijingTime(time)?.toISOString()
}

const end = fields({
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

const rawJob = z.object({
  JobId: z.string().min(1),
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
  const region = ends.map((one) => one.Region).find((name) => name !== undefined)

  return {
    engine: scrub(engine ?? ''),
    access: scrub(access ?? ''),
    instance: instance && scrub(instance),
    region: region && scrub(region),
  }
}

function progress(raw: z.infer<typeof detail>, scrub: Scrub): Progress {
  const current =
    raw.StepInfo.find((one) => one.StepNo !== undefined && one.StepNo === raw.StepNow) ??
    raw.StepInfo.find((one) => one.Status === STEP_IN_PROGRESS)

  return {
    stepNow: raw.StepNow,
    stepAll: raw.StepAll,
    stepName: current?.StepName && scrub(current.StepName),
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
      ErrorLog ? [{ log: scrub(ErrorLog), helpDoc: HelpDoc && scrub(HelpDoc) }] : [],
    )
}

const MOST_ERRORS = 20

function isNothing(objects: string | undefined): boolean {
  return objects === undefined || objects === '[]'
}
