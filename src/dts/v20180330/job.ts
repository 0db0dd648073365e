/** Reads MigrateJobInfo of DTS API 2018-03-30 as a Job. Fields that are not named here are dropped. */
import type { Context } from '../api.ts'
import { beijingTime } from '../beijing-time.ts'
import { digestLater } from '../digest-later.ts'
import { jobIdOf } from '../items.ts'
import type { Endpoint, Job, JobError, JobStatus, Progress, Snapshot } from '../job.ts'
import { amount, fields, link, list, number, percent, text, time } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { configuration } from './configuration.ts'
import { databasesIn } from './objects.ts'

/**
 * Undefined for an item without a JobId, or nested so deeply that no digest can be made of it. The
 * digest is made whenever it is read, of a configuration with its passwords: copy the snapshot of a
 * job that is to be kept.
 */
export function readJob(item: unknown, context: Context): Job | undefined {
  const id = jobIdOf(item)
  const digest = digestLater(configuration(item), context.digest)
  if (id === undefined || !digest) return undefined
  const raw = rawJob(item)
  const { account, region, at, requestId, scrub } = context
  const expected = {
    expectTime: raw.MigrateOption.ExpectTime,
    expectedAt: iso(raw.MigrateOption.ExpectTime),
  }

  return {
    ref: { account, region, id, apiVersion: '2018-03-30' },
    snapshot: {
      ...setup(raw, scrub),
      ...expected,
      get digest() {
        return digest()
      },
    },
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

type RawJob = ReturnType<typeof rawJob>

function setup(raw: RawJob, scrub: Scrub): Omit<Snapshot, 'digest'> {
  const { MigrateOption, DatabaseInfo: objects } = raw
  const sources = [raw.SrcInfo, ...raw.SrcInfoMulti]
  const wholeInstance =
    MigrateOption.MigrateObject === 1 ||
    (MigrateOption.MigrateObject === undefined && isNothing(objects))

  return {
    name: scrub.text(raw.JobName ?? ''),
    source: endpoint(raw.SrcDatabaseType, raw.SrcAccessType, sources, scrub),
    target: endpoint(raw.DstDatabaseType, raw.DstAccessType, [raw.DstInfo], scrub),
    runMode: RUN_MODES.get(MigrateOption.RunMode) ?? 'unknown',
    migrateType: MIGRATE_TYPES.get(MigrateOption.MigrateType) ?? 'unknown',
    wholeInstance,
    databases: wholeInstance ? undefined : databasesIn(objects, scrub),
    overridesRoot: MigrateOption.IsOverrideRoot === 1,
    targetReadOnly: raw.DstInfo.ReadOnly === 1,
  }
}

function iso(time: string | undefined): string | undefined {
  return time && beijingTime(time)?.toISOString()
}

const end = fields((raw) => ({
  Ip: text(raw.Ip),
  Port: number(raw.Port),
  InstanceId: text(raw.InstanceId),
  RdsInstanceId: text(raw.RdsInstanceId),
  CvmInstanceId: text(raw.CvmInstanceId),
  Region: text(raw.Region),
  ReadOnly: number(raw.ReadOnly),
}))

const step = fields((raw) => ({
  StepNo: number(raw.StepNo),
  StepName: text(raw.StepName),
  Status: number(raw.Status),
}))

const detail = fields((raw) => ({
  StepAll: amount(raw.StepAll),
  StepNow: amount(raw.StepNow),
  Progress: percent(raw.Progress),
  SecondsBehindMaster: amount(raw.SecondsBehindMaster),
  MasterSlaveDistance: amount(raw.MasterSlaveDistance),
  StepInfo: list(raw.StepInfo, step),
}))

const errorInfo = fields((raw) => ({
  ErrorLog: text(raw.ErrorLog),
  HelpDoc: link(raw.HelpDoc),
}))

const option = fields((raw) => ({
  RunMode: number(raw.RunMode),
  ExpectTime: time(raw.ExpectTime),
  MigrateType: number(raw.MigrateType),
  MigrateObject: number(raw.MigrateObject),
  IsOverrideRoot: number(raw.IsOverrideRoot),
}))

const rawJob = fields((raw) => ({
  JobName: text(raw.JobName),
  MigrateOption: option(raw.MigrateOption),
  SrcDatabaseType: text(raw.SrcDatabaseType),
  SrcAccessType: text(raw.SrcAccessType),
  SrcInfo: end(raw.SrcInfo),
  SrcInfoMulti: list(raw.SrcInfoMulti, end),
  DstDatabaseType: text(raw.DstDatabaseType),
  DstAccessType: text(raw.DstAccessType),
  DstInfo: end(raw.DstInfo),
  DatabaseInfo: text(raw.DatabaseInfo),
  StartTime: time(raw.StartTime),
  Status: number(raw.Status),
  Detail: detail(raw.Detail),
  ErrorInfo: list(raw.ErrorInfo, errorInfo),
}))

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
  ends: ReturnType<typeof end>[],
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

function hostOf({ Ip, Port }: ReturnType<typeof end>): string | undefined {
  return Ip && Port ? `${Ip}:${Port}` : Ip
}

function progress(raw: ReturnType<typeof detail>, scrub: Scrub): Progress {
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

function errors(raw: ReturnType<typeof errorInfo>[], scrub: Scrub): JobError[] {
  return raw
    .slice(0, MOST_ERRORS)
    .flatMap(({ ErrorLog, HelpDoc }) =>
      ErrorLog
        ? [{ log: scrub.text(ErrorLog), helpDoc: HelpDoc && link(scrub.text(HelpDoc)) }]
        : [],
    )
}

const MOST_ERRORS = 20

function isNothing(objects: string | undefined): boolean {
  return objects === undefined || objects === '[]'
}
