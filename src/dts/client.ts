import { randomUUID } from 'node:crypto'
import { UnexpectedShapeError } from './api.ts'
import type { Action, Check, CompleteMode, JobList, Page } from './api.ts'
import type { CredentialSource } from './credentials.ts'
import type { Deadline } from './deadline.ts'
import { createDigest } from './digest.ts'
import { DtsError, DtsUnreachableError } from './errors.ts'
import type { Trace } from './errors.ts'
import { isJobId } from './job.ts'
import type { ApiVersion, Job, JobAddress, JobRef, Place } from './job.ts'
import { createLimiter } from './limiter.ts'
import { isRegionId } from './regions.ts'
import { endpointFrom, request } from './request.ts'
import { createTransport } from './transport.ts'
import { v20180330 } from './v20180330/actions.ts'

/**
 * `signal` bounds the wait for the rate limit and the call together; 60 s if not given. `sendBy`: what
 * has not left by then is never sent, and rejects with DtsUnreachableError of kind `tooLate`.
 */
export type Call = {
  priority?: 'person' | 'background'
  signal?: AbortSignal
  sendBy?: Deadline
}

/** '' if DTS sent none. */
export type Answered = { requestId: string }

/**
 * Tencent Cloud DTS. Every method makes at most one call and never retries.
 * Rejects with DtsError (DTS said no) or DtsUnreachableError (no usable answer; see `sent`), and with
 * TypeError for an account that this client does not serve, a malformed region or a malformed job id.
 */
export type Dts = {
  /** Undefined: DTS has no such job in this region. */
  describeJob(job: JobAddress, call?: Call): Promise<Job | undefined>
  /** At most 100 jobs a page, out of all jobs of the account in the region. */
  describeJobs(place: Place, page: Page, call?: Call): Promise<JobList>
  /** Resolves when DTS accepts the start, not when the job runs: a timed job starts its countdown. */
  startJob(job: JobRef, call?: Call): Promise<Answered>
  createCheck(job: JobAddress, call?: Call): Promise<Answered>
  describeCheck(job: JobAddress, call?: Call): Promise<Check & Answered>
  /** Cuts over. Without a mode DTS uses its documented default, `waitForSync`. */
  completeJob(job: JobRef, mode?: CompleteMode, call?: Call): Promise<Answered>
  stopJob(job: JobRef, call?: Call): Promise<Answered>
  /** Rejects waiting calls and aborts running ones: whether those took effect is unknown. */
  close(): Promise<void>
}

export type DtsOptions = {
  /** The operator's name for the account that the credentials belong to; 'default' if not given. */
  account?: string
  /** A host, or a URL with scheme and port. */
  endpoint: string
  version: ApiVersion
  credentials: CredentialSource
  /** Secret, and the same for as long as digests are compared: another key gives other digests. */
  digestKey: string
  /** Milliseconds; 5,000, 10,000 and 10,000 if not given. */
  timeouts?: { connect?: number; headers?: number; body?: number }
  /** The language of DTS's messages. */
  language?: 'en-US' | 'zh-CN'
}

/** Throws TypeError for an invalid endpoint or an empty digest key. */
export function createDts(options: DtsOptions): Dts {
  const { account = 'default' } = options
  const api = APIS[options.version]
  const digest = createDigest(options.digestKey)
  const limiter = createLimiter()
  const transport = createTransport({ ...TIMEOUTS, ...options.timeouts })
  const caller = {
    transport,
    endpoint: endpointFrom(options.endpoint),
    credentials: options.credentials,
    language: options.language ?? 'en-US',
  }

  async function act<In, Out>(action: Action<In, Out>, place: Place, input: In, call: Call = {}) {
    if (place.account !== account) throw new TypeError('not the account of this client')
    if (!isRegionId(place.region)) throw new TypeError('not a region id')
    const { priority = 'background', signal = AbortSignal.timeout(CALL_TIMEOUT), sendBy } = call
    const { region } = place
    const trace = { action: action.name, traceId: randomUUID() }

    await limiter.turn({ ...trace, perSecond: action.perSecond, priority, signal })
    const at = new Date().toISOString()
    const params = action.params(input)
    const toSend = { ...trace, version: api.version, region, params, signal, sendBy }
    const { response, scrub, requestId } = await request(caller, toSend)
    const context = { account, region, at, requestId, scrub, digest }
    return { value: readAnswer(trace, () => action.read(response, context, input)), requestId }
  }

  /** For an action that answers with nothing but a RequestId. */
  async function order<In>(action: Action<In, void>, place: Place, input: In, call?: Call) {
    const { requestId } = await act(action, place, input, call)
    return { requestId }
  }

  return {
    async describeJob(job, call) {
      try {
        return (await act(api.findJob, job, idOf(job), call)).value
      } catch (error) {
        if (isNotFound(error)) return undefined
        throw error
      }
    },
    describeJobs: async (place, page, call) => (await act(api.listJobs, place, page, call)).value,
    startJob: async (job, call) => order(api.startJob, job, idOf(job), call),
    createCheck: async (job, call) => order(api.createCheck, job, idOf(job), call),
    async describeCheck(job, call) {
      const { value, requestId } = await act(api.describeCheck, job, idOf(job), call)
      return { ...value, requestId }
    },
    completeJob: async (job, mode, call) =>
      order(api.completeJob, job, { jobId: idOf(job), mode }, call),
    stopJob: async (job, call) => order(api.stopJob, job, idOf(job), call),
    async close() {
      limiter.close()
      await transport.close()
    },
  }
}

function idOf({ id }: JobAddress): string {
  if (!isJobId(id)) throw new TypeError('not a DTS job id')
  return id
}

function isNotFound(error: unknown): boolean {
  return error instanceof DtsError && /^ResourceNotFound(\.|$)/.test(error.code)
}

function readAnswer<Out>(trace: Trace, read: () => Out): Out {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnexpectedShapeError)) throw error
    throw new DtsUnreachableError(trace, { kind: 'unexpectedShape', sent: true, httpStatus: 200 })
  }
}

const APIS = { '2018-03-30': v20180330 }
const TIMEOUTS = { connect: 5_000, headers: 10_000, body: 10_000 }
const CALL_TIMEOUT = 60_000
