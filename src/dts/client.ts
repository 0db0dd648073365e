import { randomUUID } from 'node:crypto'
import type { Action, Check, CompleteMode, Page } from './api.ts'
import { UnexpectedShape } from './api.ts'
import type { CredentialSource } from './credentials.ts'
import { DtsError, DtsUnreachable } from './errors.ts'
import type { Trace } from './errors.ts'
import type { Job } from './job.ts'
import { isJobId } from './job.ts'
import { createLimiter } from './limiter.ts'
import { isRegionId } from './regions.ts'
import { endpointFrom, request } from './request.ts'
import { createTransport } from './transport.ts'
import { v20180330 } from './v20180330.ts'

/** `timeoutMs` bounds waiting for a turn and the call together; 60,000 if not given. */
type Call = { priority?: 'person' | 'background'; timeoutMs?: number }

/** '' where DTS gave none. */
export type Answered = { requestId: string }

/**
 * Tencent Cloud DTS. Every method makes one call at most and never repeats it.
 * Rejects with DtsError (DTS said no) or DtsUnreachable (no answer; see `sent`), and with TypeError
 * for a job id or a region that has not the form of one: check those where they come in.
 */
export type Dts = {
  /** Undefined: DTS does not know the job in this region. */
  describeJob(region: string, jobId: string, call?: Call): Promise<(Job & Answered) | undefined>
  /** A page of at most 100 jobs, of all jobs of the account in the region. */
  describeJobs(
    region: string,
    page: Page,
    call?: Call,
  ): Promise<{ total: number; jobs: (Job & Answered)[] }>
  /** Resolves when DTS took the order, not when the job runs: a timed job starts its countdown. */
  startJob(region: string, jobId: string, call?: Call): Promise<Answered>
  createCheck(region: string, jobId: string, call?: Call): Promise<Answered>
  describeCheck(region: string, jobId: string, call?: Call): Promise<Check & Answered>
  /** Cuts over. Without a mode DTS decides, as documented `waitForSync`. */
  completeJob(region: string, jobId: string, mode?: CompleteMode, call?: Call): Promise<Answered>
  stopJob(region: string, jobId: string, call?: Call): Promise<Answered>
  /** Turns waiting calls away, gives up those under way: whether they took effect is unknown. */
  close(): Promise<void>
}

export type DtsOptions = {
  /** A host, or a URL with scheme and port. */
  endpoint: string
  version: '2018-03-30'
  credentials: CredentialSource
  /** Milliseconds; 5,000, 10,000 and 10,000 if not given. */
  timeouts?: { connect?: number; headers?: number; body?: number }
  /** The language DTS writes its messages in. */
  language?: 'en-US' | 'zh-CN'
}

/** Throws TypeError for an endpoint that is none. */
export function createDts(options: DtsOptions): Dts {
  const api = APIS[options.version]
  const limiter = createLimiter()
  const transport = createTransport({ ...TIMEOUTS, ...options.timeouts })
  const caller = {
    transport,
    endpoint: endpointFrom(options.endpoint),
    credentials: options.credentials,
    language: options.language ?? 'en-US',
  }

  async function act<In, Out>(action: Action<In, Out>, region: string, input: In, call: Call = {}) {
    if (!isRegionId(region)) throw new TypeError('not a region id')
    const { priority = 'background', timeoutMs = PATIENCE } = call
    const trace = { action: action.name, traceId: randomUUID() }
    const signal = AbortSignal.timeout(timeoutMs)

    await limiter.turn({ ...trace, perSecond: action.perSecond, priority, signal })
    const params = action.params(input)
    const sent = { ...trace, version: api.version, region, params, signal }
    const { response, scrub, requestId } = await request(caller, sent)
    const value = understood(trace, () => action.read(response, { region, scrub }, input))
    return { value, requestId }
  }

  /** An action that answers with nothing but its RequestId. */
  async function order<In>(action: Action<In, void>, region: string, input: In, call?: Call) {
    const { requestId } = await act(action, region, input, call)
    return { requestId }
  }

  return {
    async describeJob(region, jobId, call) {
      try {
        const { value, requestId } = await act(api.findJob, region, valid(jobId), call)
        return value && { ...value, requestId }
      } catch (error) {
        if (isNotFound(error)) return undefined
        throw error
      }
    },
    async describeJobs(region, page, call) {
      const { value, requestId } = await act(api.listJobs, region, page, call)
      return { total: value.total, jobs: value.jobs.map((job) => ({ ...job, requestId })) }
    },
    startJob: async (region, jobId, call) => order(api.startJob, region, valid(jobId), call),
    createCheck: async (region, jobId, call) => order(api.createCheck, region, valid(jobId), call),
    async describeCheck(region, jobId, call) {
      const { value, requestId } = await act(api.describeCheck, region, valid(jobId), call)
      return { ...value, requestId }
    },
    completeJob: async (region, jobId, mode, call) =>
      order(api.completeJob, region, { jobId: valid(jobId), mode }, call),
    stopJob: async (region, jobId, call) => order(api.stopJob, region, valid(jobId), call),
    async close() {
      limiter.close()
      await transport.close()
    },
  }
}

function valid(jobId: string): string {
  if (!isJobId(jobId)) throw new TypeError('not a DTS job id')
  return jobId
}

function isNotFound(error: unknown): boolean {
  return error instanceof DtsError && /^ResourceNotFound(\.|$)/.test(error.code)
}

function understood<Out>(trace: Trace, read: () => Out): Out {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnexpectedShape)) throw error
    throw new DtsUnreachable(trace, { kind: 'unexpectedShape', sent: true, httpStatus: 200 })
  }
}

const APIS = { '2018-03-30': v20180330 }
const TIMEOUTS = { connect: 5_000, headers: 10_000, body: 10_000 }
const PATIENCE = 60_000
