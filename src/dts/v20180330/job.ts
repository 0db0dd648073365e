/** Reads MigrateJobInfo of DTS API 2018-03-30 as a Job. Fields that are not named here are dropped. */
import type { Context } from '../api.ts'
import { beijingIso } from '../beijing-time.ts'
import { digestLater } from '../digest-later.ts'
import { jobIdOf } from '../items.ts'
import type { Endpoint, Job, JobError, JobStatus, Look, Snapshot } from '../job.ts'
import { LazyJob } from '../lazy-job.ts'
import { amount, fields, link, list, number, objectOf, percent, text, time } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { configuration } from './configuration.ts'
import { databasesIn } from './objects.ts'

/**
 * Undefined for an item without a JobId, or nested so deeply that no digest can be made of it. The
 * snapshot is made when it is first read, and the digest whenever it is read, of an item with its
 * passwords: copy the snapshot of a job that is to be kept.
 */
export function readJob(item: unknown, context: Context): Job | undefined {
  const id = jobIdOf(item)
  const digest = digestLater(item, configuration, context)
  if (id === undefined || !digest) return undefined
  const { account, region, scrub } = context
  const ref = { account, region, id, apiVersion: '2018-03-30' } as const
  return new LazyJob(ref, lookOf(item, context), () => snapshotOf(item, digest, scrub))
}

/** Without an object for each part, because every job of a list is read so. */
function lookOf(item: unknown, { at, requestId, scrub }: Context): Look {
  const raw = objectOf(item) ?? {}
  const option = objectOf(raw['MigrateOption']) ?? {}
  const detail = objectOf(raw['Detail']) ?? {}
  const status = number(raw['Status'])
  const stepNow = amount(detail['StepNow'])
  const expectTime = time(option['ExpectTime'])
  return {
    at,
    requestId,
    status: (status !== undefined && STATUS_NAMES.get(status)) || 'unknown',
    statusCode: status === undefined ? '' : String(status),
    runMode: RUN_MODES.get(number(option['RunMode'])) ?? 'unknown',
    expectTime,
    expectedAt: iso(expectTime),
    startedAt: iso(time(raw['StartTime'])),
    stepNow,
    stepAll: amount(detail['StepAll']),
    stepName: stepName(list(detail['StepInfo'], step), stepNow, scrub),
    percent: percent(detail['Progress']),
    secondsBehind: amount(detail['SecondsBehindMaster']),
    megabytesBehind: amount(detail['MasterSlaveDistance']),
    errors: errors(list(raw['ErrorInfo'], errorInfo), scrub),
  }
}

function snapshotOf(item: unknown, digest: () => string, scrub: Scrub): Snapshot {
  const raw = rawJob(item)
  const { ExpectTime } = raw.MigrateOption
  return {
    ...setup(raw, scrub),
    expectTime: ExpectTime,
    expectedAt: iso(ExpectTime),
    get digest() {
      return digest()
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
  return time && beijingIso(time)
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

/** Unread: of all steps only the current one matters. */
const step = fields((raw) => raw)

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

function stepName(
  steps: ReturnType<typeof step>[],
  now: number | undefined,
  scrub: Scrub,
): string | undefined {
  const current =
    (now === undefined ? undefined : steps.find((one) => number(one['StepNo']) === now)) ??
    steps.find((one) => number(one['Status']) === STEP_IN_PROGRESS)
  const name = text(current?.['StepName'])
  return name && scrub.text(name)
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
