/** What the bot uses of one version of the DTS API. Each version is one value of `Api`. */
import type { Digest } from './digest.ts'
import type { ApiVersion, CompleteMode, Job, ListedJob, Place, ResumeMode } from './job.ts'
import type { Scrub } from './scrub.ts'

/** One action of the API: the parameters to send for `In`, and how to read the answer as `Out`. */
export type Action<In, Out> = {
  name: string
  /** The documented rate limit, in requests a second. */
  perSecond: number
  params(input: In): object
  /** Throws UnexpectedShapeError. */
  read(response: Fields, context: Context, input: In): Out
}

/** The `Response` of an answer, unparsed. */
export type Fields = Record<string, unknown>

/**
 * Where the answer comes from. `at`: when the bot asked, ISO 8601 in UTC. `isShallow`: nothing in it is
 * nested so deeply that no digest could be made of it.
 */
export type Context = Place & {
  at: string
  requestId: string
  scrub: Scrub
  digest: Digest
  isShallow?: boolean
}

/** `offset` counts jobs, `limit` is 1 to 100. */
export type Page = { offset: number; limit: number; order?: 'oldestFirst' | 'newestFirst' }

/** `total` counts every job of this version in the region, not only those of this page. */
export type JobList = { total: number; jobs: ListedJob[] }

/**
 * `percent` is 0 to 100. `message` is DTS's own text, scrubbed. `items`: where the version tells what
 * was checked; `state` decides, because a check passes with items that failed and were skipped.
 */
export type Check = {
  state: 'notStarted' | 'running' | 'passed' | 'notPassed'
  percent?: number | undefined
  message?: string | undefined
  items?: CheckItem[] | undefined
}

/**
 * One thing that was checked. `id` is what `skipCheckItems` takes; '' if DTS gave none. The texts are
 * DTS's own, scrubbed. `skippable`: DTS says what skipping it risks (`skipRisk`), which is the only
 * sign that it may be skipped; DTS still may refuse.
 */
export type CheckItem = {
  id: string
  name: string
  outcome: 'passed' | 'warning' | 'failed' | 'blocked' | 'notRun' | 'unknown'
  reason?: string | undefined
  solution?: string | undefined
  helpDoc?: string | undefined
  skippable: boolean
  skipRisk?: string | undefined
  skipped: boolean
}

/** Whether to leave foreign keys out or to migrate them, where their check is skipped. */
export type ForeignKeys = 'shield' | 'migrate'

/** A comparison of both ends. Times are ISO 8601 in UTC; `message` is DTS's own text, scrubbed. */
export type Compare = {
  id: string
  name: string
  status:
    | 'created'
    | 'readyRun'
    | 'running'
    | 'success'
    | 'stopping'
    | 'failed'
    | 'canceled'
    | 'unknown'
  conclusion?: 'same' | 'different' | 'skipped' | undefined
  percent?: number | undefined
  message?: string | undefined
  createdAt?: string | undefined
  startedAt?: string | undefined
  finishedAt?: string | undefined
}

/** `total` counts every comparison of the job, not only those of this page. */
export type CompareList = { total: number; compares: Compare[] }

/** Actions that may be undefined are those which 2018-03-30 lacks. */
export type Api = {
  version: ApiVersion
  findJob: Action<string, Job | undefined>
  listJobs: Action<Page, JobList>
  startJob: Action<string, void>
  createCheck: Action<string, void>
  describeCheck: Action<string, Check>
  completeJob: Action<{ jobId: string; mode: CompleteMode | undefined }, void>
  stopJob: Action<string, void>
  skipCheckItems?: Action<Skip, { message?: string | undefined }>
  pauseJob?: Action<string, void>
  continueJob?: Action<string, void>
  resumeJob?: Action<{ jobId: string; mode: ResumeMode | undefined }, void>
  createCompare?: Action<{ jobId: string; name: string | undefined }, { compareId: string }>
  startCompare?: Action<{ jobId: string; compareId: string }, void>
  describeCompares?: Action<{ jobId: string; page: Page }, CompareList>
}

type Skip = { jobId: string; itemIds: readonly string[]; foreignKeys: ForeignKeys | undefined }

/** Thrown by `read` when the answer is not one to the question. */
export class UnexpectedShapeError extends Error {
  override name = 'UnexpectedShapeError' as const
}
