/**
 * A DTS migration job as the rest of the product sees it, whatever the version of the API. Texts are
 * from outside: they may hold anything but secrets. Times are ISO 8601 in UTC unless a name says
 * otherwise.
 */
export type Job = { ref: JobRef; snapshot: Snapshot; look: Look }

/** Which job: what its calls are addressed with. */
export type JobRef = JobAddress & { apiVersion: ApiVersion }

/** A job as a person names it: an id alone says neither the account nor the region. */
export type JobAddress = Place & { id: string }

/** Where jobs live. `account` is the name that the operator gave it; `region` is the target's. */
export type Place = { account: string; region: string }

/** Each as Tencent Cloud writes it in `X-TC-Version`. */
export const API_VERSIONS = ['2018-03-30', '2021-12-06'] as const
export type ApiVersion = (typeof API_VERSIONS)[number]

/** How a job is set up: what people see before they decide, and what they approved. */
export type Snapshot = {
  name: string
  source: Endpoint
  target: Endpoint
  runMode: 'immediate' | 'timed' | 'unknown'
  /** When a timed job is to run, raw as DTS gives it: Beijing time (UTC+8). */
  expectTime?: string | undefined
  /** The same moment. Undefined if the raw text has an unknown form. */
  expectedAt?: string | undefined
  migrateType: 'structure' | 'full' | 'fullAndIncrement' | 'unknown'
  wholeInstance: boolean
  /** What is migrated where it is not the whole instance; undefined where DTS's list is unreadable. */
  databases?: Databases | undefined
  overridesRoot: boolean
  targetReadOnly: boolean
  /** Everything that the target holds is deleted first. Where the version does not say, undefined. */
  clearsTarget?: boolean | undefined
  /** Changes when anything changes that decides what a start does: shown or not, passwords too. */
  digest: string
}

/** `names` are the first of `total`, in DTS's order. `tables`: how many are named; 0 means all. */
export type Databases = { names: string[]; total: number; tables: number }

/**
 * One end of a job, by names that are safe to show: never a user or a password. `instance` is the cloud's
 * name for it; `host` is the address of a self-built one, which has no such name.
 */
export type Endpoint = {
  engine: string
  access: string
  instance?: string | undefined
  host?: string | undefined
  region?: string | undefined
}

/**
 * A job as a list shows it: how it is set up only in part, so without a digest. `isPartial`: the look
 * lacks its steps or what is wrong; looking at the job itself shows them.
 */
export type ListedJob = {
  ref: JobRef
  snapshot: Pick<Snapshot, 'name' | 'source' | 'target'>
  look: Look
  isPartial?: boolean
}

/** The state of a job at one moment. */
export type Look = Progress & {
  /** When the bot asked. The answer may be newer, never older. */
  at: string
  /** The RequestId of DTS's answer; '' if it had none. */
  requestId: string
  status: JobStatus
  /** The raw status as text; '' if there was none. Tells unknown statuses apart. */
  statusCode: string
  /** As in `Snapshot`, but current: somebody may have changed them since. */
  runMode: Snapshot['runMode']
  expectTime?: string | undefined
  expectedAt?: string | undefined
  /** When the job last began to run, as DTS reports it. */
  startedAt?: string | undefined
  errors: JobError[]
  /** What DTS allows now, where it says so; `allows` reads it. */
  allowed?: JobAction[] | undefined
}

/**
 * What DTS may allow to be done to a job. `continue` ends a pause, `resume` retries after an error,
 * `skip` leaves out items of its check.
 */
export const JOB_ACTIONS = [
  'check',
  'start',
  'stop',
  'complete',
  'pause',
  'continue',
  'resume',
  'compare',
  'skip',
] as const
export type JobAction = (typeof JOB_ACTIONS)[number]

/** When to cut over: once the lag is 0, or at once whatever the lag. */
export const COMPLETE_MODES = ['waitForSync', 'immediately'] as const
export type CompleteMode = (typeof COMPLETE_MODES)[number]

/** How a retry treats the target: `overwrite` and `clearData` are for Redis, `normal` for the rest. */
export const RESUME_MODES = ['overwrite', 'clearData', 'normal'] as const
export type ResumeMode = (typeof RESUME_MODES)[number]

/**
 * `percent` is 0 to 100, of the whole job: where DTS gives none but those of the steps, their mean.
 * A lag that DTS reports as invalid (-1) is undefined.
 */
export type Progress = {
  stepNow?: number | undefined
  stepAll?: number | undefined
  stepName?: string | undefined
  percent?: number | undefined
  secondsBehind?: number | undefined
  megabytesBehind?: number | undefined
}

/** `log` and `solution` are DTS's own texts, scrubbed. `helpDoc` is an http(s) URL. */
export type JobError = {
  log: string
  helpDoc?: string | undefined
  code?: string | undefined
  solution?: string | undefined
}

/**
 * Every status and what it means. `startable`, `checkable`: DTS documents that a start or a check is
 * allowed. `atWork`: a run is under way that can change either end, or goes on once somebody says so.
 * `final`: this run is over.
 */
export const STATUSES = {
  creating: { startable: false, checkable: true, atWork: false, final: false },
  created: { startable: false, checkable: true, atWork: false, final: false },
  checking: { startable: false, checkable: false, atWork: false, final: false },
  checkPass: { startable: true, checkable: true, atWork: false, final: false },
  checkNotPass: { startable: false, checkable: true, atWork: false, final: false },
  readyRun: { startable: false, checkable: false, atWork: true, final: false },
  running: { startable: false, checkable: false, atWork: true, final: false },
  readyComplete: { startable: false, checkable: false, atWork: true, final: false },
  completing: { startable: false, checkable: false, atWork: true, final: false },
  stopping: { startable: false, checkable: false, atWork: true, final: false },
  pausing: { startable: false, checkable: false, atWork: true, final: false },
  paused: { startable: false, checkable: false, atWork: true, final: false },
  /** Stopped by an error that a retry may get over; DTS retries some by itself. */
  resumableError: { startable: false, checkable: false, atWork: true, final: false },
  resuming: { startable: false, checkable: false, atWork: true, final: false },
  /** Unlike `failed`: the run may be retried, and ends only when somebody stops it. */
  error: { startable: false, checkable: false, atWork: true, final: false },
  success: { startable: false, checkable: false, atWork: false, final: true },
  failed: { startable: false, checkable: true, atWork: false, final: true },
  /** Somebody stopped the run. Of 2018-03-30 such a job has `failed`. */
  canceled: { startable: false, checkable: false, atWork: false, final: true },
  /** A status that this code does not know: it says nothing about the job. */
  unknown: { startable: false, checkable: false, atWork: false, final: false },
} as const satisfies Record<string, StatusTraits>

export type JobStatus = keyof typeof STATUSES

type StatusTraits = { startable: boolean; checkable: boolean; atWork: boolean; final: boolean }

/** Whether DTS allows it now: as the job itself says, else as its status is documented. */
export function allows({ look }: { look: Look }, action: JobAction): boolean {
  return look.allowed?.includes(action) ?? isDocumented(look.status, action)
}

/** A run that failed, and is not over: DTS lets people retry it, as it does with Redis. */
export function isRetriable(look: Look): boolean {
  return look.status === 'failed' && allows({ look }, 'resume')
}

/** Of 2018-03-30, the one version that does not say. */
function isDocumented(status: JobStatus, action: JobAction): boolean {
  switch (action) {
    case 'check':
      return STATUSES[status].checkable
    case 'start':
      return STATUSES[status].startable
    case 'stop':
      return status === 'running' || status === 'readyComplete'
    case 'complete':
      return status === 'readyComplete'
    case 'pause':
    case 'continue':
    case 'resume':
    case 'compare':
    case 'skip':
      return false
  }
}

/** The form is not documented: every published sample is `dts-` plus eight characters. */
export function isJobId(text: string): boolean {
  return /^dts-[a-z0-9]{4,32}$/.test(text)
}
