/** MigrateJobInfo of DTS API 2018-03-30 -> Job. Only what is named here leaves. */
import { z } from 'zod'
import type { Context } from './api.ts'
import { digestOf } from './digest.ts'
import type { Endpoint, Job, JobError, JobStatus, Progress } from './job.ts'
import { amount, fields, link, list, number, percent, text, time } from './lenient.ts'
import type { Scrub } from './scrub.ts'

/** Undefined only for what has no JobId. */
export function readJob(item: unknown, { region, scrub }: Context): Job | undefined {
  const parsed = rawJob.safeParse(item)
  if (!parsed.success) return undefined
  const raw = parsed.data
  const { MigrateOption: option, DatabaseInfo: objects } = raw

  return {
    id: raw.JobId,
    name: scrub(raw.JobName ?? ''),
    region,
    status: (raw.Status !== undefined && STATUSES.get(raw.Status)) || 'unknown',
    statusCode: raw.Status === undefined ? '' : String(raw.Status),
    source: endpoint(
      raw.SrcDatabaseType,
      raw.SrcAccessType,
      [raw.SrcInfo, ...raw.SrcInfoMulti],
      scrub,
    ),
    target: endpoint(raw.DstDatabaseType, raw.DstAccessType, [raw.DstInfo], scrub),
    runMode: RUN_MODES.get(option.RunMode) ?? 'unknown',
    expectTime: option.ExpectTime,
    migrateType: MIGRATE_TYPES.get(option.MigrateType) ?? 'unknown',
    wholeInstance:
      option.MigrateObject === 1 || (option.MigrateObject === undefined && isNothing(objects)),
    overridesRoot: option.IsOverrideRoot === 1,
    targetReadOnly: raw.DstInfo.ReadOnly === 1,
    createTime: raw.CreateTime,
    startTime: raw.StartTime,
    endTime: raw.EndTime,
    progress: progress(raw.Detail, scrub),
    errors: errors(raw.ErrorInfo, scrub),
    digest: digestOf(configuration.parse(item)),
  }
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
  CreateTime: time,
  StartTime: time,
  EndTime: time,
  Status: number,
  Detail: detail,
  ErrorInfo: list(errorInfo),
})

/** All that decides what a start does, whole, so that fields we do not know count as well. */
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

/** 2 and 6 are in the first SDK only and seen in the wild; 14 and 23 stay unknown. */
const STATUSES = new Map<number, JobStatus>([
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

const RUN_MODES = new Map<number | undefined, Job['runMode']>([
  [1, 'immediate'],
  [2, 'timed'],
])

const MIGRATE_TYPES = new Map<number | undefined, Job['migrateType']>([
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
