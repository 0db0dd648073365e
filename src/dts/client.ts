import { createAct } from './act.ts'
import type { Act, ActOptions, Call } from './act.ts'
import type { Action, Api, Check, CompareList, ForeignKeys, JobList, Page } from './api.ts'
import { DtsError } from './errors.ts'
import { isJobId } from './job.ts'
import type { ApiVersion, CompleteMode, Job, JobAddress, JobRef, Place, ResumeMode } from './job.ts'
import { createSearch } from './search.ts'
import { v20180330 } from './v20180330/actions.ts'
import { v20211206 } from './v20211206/actions.ts'
import { isCheckItemId } from './v20211206/check.ts'
import { isCompareId } from './v20211206/compare.ts'

export type { Call } from './act.ts'

/** '' if DTS sent none. */
export type Answered = { requestId: string }

/**
 * Tencent Cloud DTS. Every method makes at most one call for each version that it asks, and never
 * retries. What takes a JobRef asks the version that the ref names, and no other.
 * Rejects with DtsError (DTS said no) or DtsUnreachableError (no usable answer; see `sent`), and with
 * TypeError for an account that this client does not serve, a malformed region or id, or something
 * that the job's version cannot do (`allows` says what it can).
 */
export type Dts = {
  /** Where jobs are looked for, in this order. */
  versions: readonly ApiVersion[]
  /** An address is looked for in every version. Undefined: no version asked has such a job. */
  describeJob(job: JobAddress | JobRef, call?: Call): Promise<Job | undefined>
  /** At most 100 jobs a page, out of all jobs of this version of the account in the region. */
  describeJobs(place: Place, version: ApiVersion, page: Page, call?: Call): Promise<JobList>
  /** Resolves when DTS accepts the start, not when the job runs: a timed job starts its countdown. */
  startJob(job: JobRef, call?: Call): Promise<Answered>
  createCheck(job: JobRef, call?: Call): Promise<Answered>
  describeCheck(job: JobRef, call?: Call): Promise<Check & Answered>
  /** `items`: ids of the check's items. `foreignKeys`: for the item `ConstraintCheck`. */
  skipCheckItems(
    job: JobRef,
    items: readonly string[],
    foreignKeys?: ForeignKeys,
    call?: Call,
  ): Promise<Answered & { message?: string | undefined }>
  /** Cuts over. Without a mode DTS uses its documented default, `waitForSync`. */
  completeJob(job: JobRef, mode?: CompleteMode, call?: Call): Promise<Answered>
  stopJob(job: JobRef, call?: Call): Promise<Answered>
  pauseJob(job: JobRef, call?: Call): Promise<Answered>
  /** Goes on after a pause. */
  continueJob(job: JobRef, call?: Call): Promise<Answered>
  /** Retries after an error. */
  resumeJob(job: JobRef, mode?: ResumeMode, call?: Call): Promise<Answered>
  /** Whether the job's version can compare both ends, in any status. */
  compares(job: JobRef): boolean
  /** Compares all that is migrated, once it is started. DTS names it if `name` is not given. */
  createCompare(job: JobRef, name?: string, call?: Call): Promise<Answered & { compareId: string }>
  startCompare(job: JobRef, compareId: string, call?: Call): Promise<Answered>
  /** At most 100 comparisons a page; `order` is ignored. */
  describeCompares(job: JobRef, page: Page, call?: Call): Promise<CompareList>
  /** Rejects waiting calls and aborts running ones: whether those took effect is unknown. */
  close(): Promise<void>
}

export type DtsOptions = ActOptions & { versions: readonly ApiVersion[] }

/** Throws TypeError for an invalid endpoint, an empty digest key or no version. */
export function createDts(options: DtsOptions): Dts {
  const { versions } = options
  const search = createSearch(versions)
  const { act, close } = createAct(options)
  const { ask, order, orderOf } = createAsking(act)

  async function find(job: JobRef, call?: Call): Promise<Job | undefined> {
    const { findJob: action } = APIS[job.apiVersion]
    const asked = { version: job.apiVersion, action, place: job, input: idOf(job) }
    try {
      return (await act(asked, call)).value
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  return {
    versions,
    describeJob: async (job, call) =>
      'apiVersion' in job
        ? find(job, call)
        : search(job, (apiVersion) => find({ ...job, apiVersion }, call)),
    describeJobs: async (place, version, page, call) => {
      const { listJobs: action } = APIS[version]
      return (await act({ version, action, place, input: page }, call)).value
    },
    startJob: orderOf('startJob'),
    createCheck: orderOf('createCheck'),
    stopJob: orderOf('stopJob'),
    pauseJob: orderOf('pauseJob'),
    continueJob: orderOf('continueJob'),
    describeCheck: async (job, call) => ask(offered(job, 'describeCheck'), job, idOf(job), call),
    skipCheckItems: async (job, itemIds, foreignKeys, call) => {
      if (!itemIds.every(isCheckItemId)) throw new TypeError('not an id of a check item')
      const input = { jobId: idOf(job), itemIds, foreignKeys }
      return ask(offered(job, 'skipCheckItems'), job, input, call)
    },
    completeJob: async (job, mode, call) =>
      order(offered(job, 'completeJob'), job, { jobId: idOf(job), mode }, call),
    resumeJob: async (job, mode, call) =>
      order(offered(job, 'resumeJob'), job, { jobId: idOf(job), mode }, call),
    compares: ({ apiVersion }) => 'createCompare' in APIS[apiVersion],
    createCompare: async (job, name, call) =>
      ask(offered(job, 'createCompare'), job, { jobId: idOf(job), name }, call),
    startCompare: async (job, compareId, call) => {
      if (!isCompareId(compareId)) throw new TypeError('not an id of a comparison')
      return order(offered(job, 'startCompare'), job, { jobId: idOf(job), compareId }, call)
    },
    describeCompares: async (job, page, call) =>
      ask(offered(job, 'describeCompares'), job, { jobId: idOf(job), page }, call),
    close,
  }
}

/** What takes nothing but a job, and is answered with nothing but a RequestId. */
type PlainOrder = 'startJob' | 'createCheck' | 'stopJob' | 'pauseJob' | 'continueJob'

function createAsking(act: Act['act']) {
  async function ask<In, Out>(action: Action<In, Out>, job: JobRef, input: In, call?: Call) {
    const asked = { version: job.apiVersion, action, place: job, input }
    const { value, requestId } = await act(asked, call)
    return { ...value, requestId }
  }

  async function order<In>(action: Action<In, void>, job: JobRef, input: In, call?: Call) {
    const asked = { version: job.apiVersion, action, place: job, input }
    return { requestId: (await act(asked, call)).requestId }
  }

  const orderOf = (name: PlainOrder) => async (job: JobRef, call?: Call) =>
    order(offered(job, name), job, idOf(job), call)

  return { ask, order, orderOf }
}

/** Throws TypeError for what the job's version has not. */
function offered<Name extends keyof Api>({ apiVersion }: JobRef, name: Name) {
  const action = APIS[apiVersion][name]
  if (!action) throw new TypeError(`${name}: not in ${apiVersion}`)
  return action
}

function idOf({ id }: JobAddress): string {
  if (!isJobId(id)) throw new TypeError('not a DTS job id')
  return id
}

function isNotFound(error: unknown): boolean {
  return error instanceof DtsError && /^ResourceNotFound(\.|$)/.test(error.code)
}

const APIS: Record<ApiVersion, Api> = { '2018-03-30': v20180330, '2021-12-06': v20211206 }
