/** A DTS migration job as the rest of the product sees it, whatever the version of the API. */

export type JobStatus =
  | 'creating'
  | 'created'
  | 'checking'
  | 'checkPass'
  | 'checkNotPass'
  | 'readyRun'
  | 'running'
  | 'readyComplete'
  | 'success'
  | 'failed'
  | 'stopping'
  | 'completing'
  | 'unknown'

/** One end of a job, in names that may be shown: never an address, a user or a password. */
export type Endpoint = {
  engine: string
  access: string
  instance: string | undefined
  region: string | undefined
}

/** Texts are from outside and may hold anything but secrets. Times are raw: see `beijingTime`. */
export type Job = {
  id: string
  name: string
  /** Where the job was asked for: its target's region. */
  region: string
  status: JobStatus
  /** The number DTS gave, as text. Kept when we do not know it; '' when there was none. */
  statusCode: string
  source: Endpoint
  target: Endpoint
  runMode: 'immediate' | 'timed' | 'unknown'
  expectTime: string | undefined
  migrateType: 'structure' | 'full' | 'fullAndIncrement' | 'unknown'
  wholeInstance: boolean
  overridesRoot: boolean
  targetReadOnly: boolean
  createTime: string | undefined
  startTime: string | undefined
  endTime: string | undefined
  progress: Progress
  errors: JobError[]
  /** Changes when anything changes that decides what a start does, and at nothing else. */
  digest: string
}

/** `percent` is 0 to 100. A lag that DTS calls invalid (-1) is undefined. */
export type Progress = {
  stepNow: number | undefined
  stepAll: number | undefined
  stepName: string | undefined
  percent: number | undefined
  secondsBehind: number | undefined
  megabytesBehind: number | undefined
}

export type JobError = { log: string; helpDoc: string | undefined }

/** The form is not documented: every published sample is `dts-` and eight characters. */
export function isJobId(text: string): boolean {
  return /^dts-[a-z0-9]{4,32}$/.test(text)
}

/**
 * Reads `yyyy-mm-dd hh:mm:ss` as Beijing time (UTC+8). The 2018 texts name no zone; the 2021 texts
 * say this one. Undefined for any other form and for days that do not exist, `0000-00-00` among them.
 */
export function beijingTime(text: string): Date | undefined {
  const form = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  if (!form) return undefined

  const asUtc = new Date(`${form[1]}T${form[2]}Z`)
  const exists =
    !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(`${form[1]}T${form[2]}`)
  return exists ? new Date(asUtc.getTime() - EIGHT_HOURS) : undefined
}

const EIGHT_HOURS = 8 * 60 * 60 * 1000
