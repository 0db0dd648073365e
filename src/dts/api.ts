/** What one version of the DTS API can do for us. A later version is one more value of `Api`. */
import type { Job } from './job.ts'
import type { Scrub } from './scrub.ts'

/** An action of the API: what to send for `In`, what to make of the answer to it. */
export type Action<In, Out> = {
  name: string
  /** Documented limit of requests a second. */
  perSecond: number
  params(input: In): object
  read(response: Fields, context: Context, input: In): Out
}

/** The `Response` of an answer, still as it came. */
export type Fields = Record<string, unknown>

export type Context = { region: string; scrub: Scrub }

/** `offset` counts jobs, `limit` is 1 to 100. */
export type Page = { offset: number; limit: number; order?: 'oldestFirst' | 'newestFirst' }

/** `total` counts all jobs there are, not those of the page. */
export type JobList = { total: number; jobs: Job[] }

/** `percent` is 0 to 100, `message` is DTS's own text, scrubbed. */
export type Check = {
  state: 'notStarted' | 'running' | 'passed' | 'notPassed'
  percent: number | undefined
  message: string | undefined
}

/** How to cut over: when the lag is 0, or at once whatever the lag. */
export type CompleteMode = 'waitForSync' | 'immediately'

export type Api = {
  version: string
  findJob: Action<string, Job | undefined>
  listJobs: Action<Page, JobList>
  startJob: Action<string, void>
  createCheck: Action<string, void>
  describeCheck: Action<string, Check>
  completeJob: Action<{ jobId: string; mode: CompleteMode | undefined }, void>
  stopJob: Action<string, void>
}

/** Thrown by `read` for an answer that cannot be taken for what was asked. */
export class UnexpectedShape extends Error {
  override name = 'UnexpectedShape'
}
