/** What the bot uses of one version of the DTS API. A later version is one more value of `Api`. */
import type { Digest } from './digest.ts'
import type { ApiVersion, Job, Place } from './job.ts'
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

/** Where the answer comes from. `at`: when the bot asked, ISO 8601 in UTC. */
export type Context = Place & { at: string; requestId: string; scrub: Scrub; digest: Digest }

/** `offset` counts jobs, `limit` is 1 to 100. */
export type Page = { offset: number; limit: number; order?: 'oldestFirst' | 'newestFirst' }

/** `total` counts every job in the region, not only those of this page. */
export type JobList = { total: number; jobs: Job[] }

/** `percent` is 0 to 100. `message` is DTS's own text, scrubbed. */
export type Check = {
  state: 'notStarted' | 'running' | 'passed' | 'notPassed'
  percent?: number | undefined
  message?: string | undefined
}

/** When to cut over: once the lag is 0, or at once whatever the lag. */
export type CompleteMode = 'waitForSync' | 'immediately'

export type Api = {
  version: ApiVersion
  findJob: Action<string, Job | undefined>
  listJobs: Action<Page, JobList>
  startJob: Action<string, void>
  createCheck: Action<string, void>
  describeCheck: Action<string, Check>
  completeJob: Action<{ jobId: string; mode: CompleteMode | undefined }, void>
  stopJob: Action<string, void>
}

/** Thrown by `read` when the answer is not one to the question. */
export class UnexpectedShapeError extends Error {
  override name = 'UnexpectedShapeError' as const
}
