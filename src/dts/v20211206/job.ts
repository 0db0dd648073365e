/** Reads a job of DTS API 2021-12-06. Fields that are not named here are dropped. */
import type { Context } from '../api.ts'
import { jobIdOf } from '../items.ts'
import { STATUSES } from '../job.ts'
import type { Job, JobAction, JobStatus, ListedJob, Look, Snapshot } from '../job.ts'
import { LazyJob } from '../lazy-job.ts'
import { fields, flag, list, text, time } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { configuration } from './configuration.ts'
import { endpoint, rawEnd } from './ends.ts'
import { errorsOf, rawErrors } from './errors.ts'
import { objects, rawObjects } from './objects.ts'
import { progress, rawSteps } from './steps.ts'
import { isoOf, momentOf } from './times.ts'

/**
 * Reads what DescribeMigrationDetail answers. Undefined without a JobId, or if it is nested so deeply
 * that no digest can be made of it.
 */
export function readJob(answer: unknown, context: Context): Job | undefined {
  const ref = refOf(answer, context)
  const digest = ref && digestOf(answer, context)
  if (!ref || digest === undefined) return undefined
  const look = lookOf(rawState(answer), context)
  const { runMode, expectTime, expectedAt } = look
  const { scrub } = context
  const setUp = { ...ends(rawEnds(answer), scrub), ...setup(rawSetup(answer), scrub) }
  return { ref, snapshot: { ...setUp, runMode, expectTime, expectedAt, digest }, look }
}

/**
 * Reads a JobItem, which has neither the options of the migration nor, often, its steps. The snapshot
 * is made when it is first read, of an item with its passwords: copy that of a job that is to be kept.
 */
export function readListed(item: unknown, context: Context): ListedJob | undefined {
  const ref = refOf(item, context)
  if (!ref) return undefined
  const look = lookOf(rawState(item), context)
  const job = new LazyJob(ref, look, () => ends(rawEnds(item), context.scrub))
  const isPartial =
    WRONG.has(look.status) || (STATUSES[look.status].atWork && look.stepAll === undefined)
  return isPartial ? Object.assign(job, { isPartial }) : job
}

function refOf(answer: unknown, { account, region }: Context): Job['ref'] | undefined {
  const id = jobIdOf(answer)
  return id === undefined ? undefined : { account, region, id, apiVersion: '2021-12-06' }
}

function digestOf(answer: unknown, { digest }: Context): string | undefined {
  try {
    return digest(configuration(answer))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function ends(raw: ReturnType<typeof rawEnds>, scrub: Scrub): ListedJob['snapshot'] {
  return {
    name: scrub.text(raw.JobName ?? ''),
    source: endpoint(raw.SrcInfo, scrub),
    target: endpoint(raw.DstInfo, scrub),
  }
}

function setup({ MigrateOption: option }: ReturnType<typeof rawSetup>, scrub: Scrub) {
  return {
    migrateType: MIGRATE_TYPES.get(option.MigrateType) ?? 'unknown',
    ...objects(option.DatabaseTable, scrub),
    overridesRoot: option.IsOverrideRoot === true,
    targetReadOnly: option.IsDstReadOnly === true || option.ExtraAttr.some(setsReadOnly),
    clearsTarget: option.ExtraAttr.some(clearsTarget),
  }
}

/** How Redis says it. */
function setsReadOnly({ Key, Value }: ReturnType<typeof pair>): boolean {
  return Key === 'IsDstReadOnly' && flag(Value) === true
}

function clearsTarget({ Key, Value }: ReturnType<typeof pair>): boolean {
  return Key === 'DstWriteMode' && text(Value) === 'clearData'
}

function lookOf(raw: ReturnType<typeof rawState>, { at, requestId, scrub }: Context): Look {
  const status = STATUS_NAMES.get(raw.Status) ?? 'unknown'
  const runMode = RUN_MODES.get(raw.RunMode) ?? 'unknown'
  // A job that runs at once has an expected time, too, which means nothing.
  const expected = runMode === 'immediate' ? {} : momentOf(raw.ExpectRunTime)
  const tips = raw.StepInfo.StepInfo.flatMap(({ Errors }) => Errors)
  const said = { errors: raw.ErrorInfo, tips, brief: raw.BriefMsg }
  return {
    at,
    requestId,
    status,
    statusCode: codeOf(raw.Status, scrub),
    runMode,
    expectTime: expected.beijing,
    expectedAt: expected.iso,
    startedAt: isoOf(raw.StartTime),
    ...progress(raw.StepInfo, scrub),
    errors: errorsOf(said, WRONG.has(status), scrub),
    allowed: allowedIn(raw.Action.AllowedAction, status),
  }
}

/** AllowedAction has no words for pausing, continuing and skipping: these go by status. */
function allowedIn(names: unknown, status: JobStatus): JobAction[] | undefined {
  if (!Array.isArray(names)) return undefined
  const allowed = new Set<JobAction>()
  for (const name of names) {
    const action = ACTIONS.get(name)
    if (action) allowed.add(action)
  }
  const more = UNNAMED.get(status)
  if (more) allowed.add(more)
  return [...allowed]
}

const UNNAMED = new Map<JobStatus, JobAction>([
  ['running', 'pause'],
  ['paused', 'continue'],
  ['checkNotPass', 'skip'],
])

function codeOf(status: string | undefined, scrub: Scrub): string {
  const code = scrub.word(status ?? '')
  return /^\w{1,40}$/.test(code) ? code : ''
}

const WRONG = new Set<JobStatus>(['failed', 'error', 'resumableError'])

const pair = fields((raw) => ({ Key: text(raw.Key), Value: raw.Value }))

const rawAction = fields((raw) => ({ AllowedAction: raw.AllowedAction }))

const rawOption = fields((raw) => ({
  DatabaseTable: rawObjects(raw.DatabaseTable),
  MigrateType: text(raw.MigrateType),
  IsOverrideRoot: flag(raw.IsOverrideRoot),
  IsDstReadOnly: flag(raw.IsDstReadOnly),
  ExtraAttr: list(raw.ExtraAttr, pair),
}))

/** What a look is made of. */
const rawState = fields((raw) => ({
  Status: text(raw.Status),
  RunMode: text(raw.RunMode),
  ExpectRunTime: time(raw.ExpectRunTime),
  StartTime: time(raw.StartTime),
  BriefMsg: text(raw.BriefMsg),
  Action: rawAction(raw.Action),
  StepInfo: rawSteps(raw.StepInfo),
  ErrorInfo: rawErrors(raw.ErrorInfo),
}))

const rawEnds = fields((raw) => ({
  JobName: text(raw.JobName),
  SrcInfo: rawEnd(raw.SrcInfo),
  DstInfo: rawEnd(raw.DstInfo),
}))

const rawSetup = fields((raw) => ({ MigrateOption: rawOption(raw.MigrateOption) }))

const STATUS_NAMES = new Map<string | undefined, JobStatus>([
  ['creating', 'creating'],
  ['created', 'created'],
  ['checking', 'checking'],
  ['checkPass', 'checkPass'],
  ['checkNotPass', 'checkNotPass'],
  ['readyRun', 'readyRun'],
  ['running', 'running'],
  ['readyComplete', 'readyComplete'],
  ['completing', 'completing'],
  ['stopping', 'stopping'],
  ['pausing', 'pausing'],
  ['manualPaused', 'paused'],
  ['resumableErr', 'resumableError'],
  ['resuming', 'resuming'],
  ['error', 'error'],
  ['success', 'success'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
])

/** Names without a meaning for us are left out. `pause` and `continue` are documented of sync jobs. */
const ACTIONS = new Map<unknown, JobAction>([
  ['check', 'check'],
  ['start', 'start'],
  ['stop', 'stop'],
  ['complete', 'complete'],
  ['pause', 'pause'],
  ['continue', 'continue'],
  ['resume', 'resume'],
  ['createCmpTask', 'compare'],
])

const RUN_MODES = new Map<string | undefined, Snapshot['runMode']>([
  ['immediate', 'immediate'],
  ['timed', 'timed'],
])

const MIGRATE_TYPES = new Map<string | undefined, Snapshot['migrateType']>([
  ['structure', 'structure'],
  ['full', 'full'],
  ['fullAndIncrement', 'fullAndIncrement'],
])
