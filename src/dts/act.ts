import { randomUUID } from 'node:crypto'
import { UnexpectedShapeError } from './api.ts'
import type { Action } from './api.ts'
import type { CredentialSource } from './credentials.ts'
import type { Deadline } from './deadline.ts'
import { createDigest } from './digest.ts'
import { DtsUnreachableError } from './errors.ts'
import type { Trace } from './errors.ts'
import type { ApiVersion, Place } from './job.ts'
import { type Priority, createLimiter } from './limiter.ts'
import { isRegionId } from './regions.ts'
import { endpointFrom, request } from './request.ts'
import { createTransport } from './transport.ts'

/**
 * `signal` bounds the wait for the rate limit and the call together; 60 s if not given. `sendBy`: what
 * has not left by then is never sent, and rejects with DtsUnreachableError of kind `tooLate`.
 */
export type Call = {
  priority?: Priority
  signal?: AbortSignal
  sendBy?: Deadline
}

export type ActOptions = {
  /** The operator's name for the account that the credentials belong to; 'default' if not given. */
  account?: string
  /** A host, or a URL with scheme and port. */
  endpoint: string
  credentials: CredentialSource
  /** Secret, and the same for as long as digests are compared: another key gives other digests. */
  digestKey: string
  /** Milliseconds; 5,000, 10,000 and 10,000 if not given. */
  timeouts?: { connect?: number; headers?: number; body?: number }
  /** The language of DTS's messages. */
  language?: 'en-US' | 'zh-CN'
}

/** Makes one call to DTS, of either version, when its rate limit allows; reads the answer. */
export type Act = {
  act: <In, Out>(
    asked: { version: ApiVersion; action: Action<In, Out>; place: Place; input: In },
    call?: Call,
  ) => Promise<{ value: Out; requestId: string }>
  /** Rejects waiting calls and aborts running ones. */
  close: () => Promise<void>
}

/** Throws TypeError for an invalid endpoint or an empty digest key. */
export function createAct(options: ActOptions): Act {
  const { account = 'default' } = options
  const digest = createDigest(options.digestKey)
  const limiter = createLimiter()
  const transport = createTransport({ ...TIMEOUTS, ...options.timeouts })
  const caller = {
    transport,
    endpoint: endpointFrom(options.endpoint),
    credentials: options.credentials,
    language: options.language ?? 'en-US',
  }

  return {
    async act({ version, action, place, input }, call = {}) {
      if (place.account !== account) throw new TypeError('not the account of this client')
      if (!isRegionId(place.region)) throw new TypeError('not a region id')
      const { priority = 'background', signal = AbortSignal.timeout(CALL_TIMEOUT), sendBy } = call
      const { region } = place
      const trace = { action: action.name, traceId: randomUUID() }

      await limiter.turn({ ...trace, perSecond: action.perSecond, priority, signal })
      const at = new Date().toISOString()
      const params = action.params(input)
      const toSend = { ...trace, version, region, params, signal, sendBy }
      const { response, scrub, requestId, isShallow } = await request(caller, toSend)
      const context = { account, region, at, requestId, scrub, digest, isShallow }
      return { value: readAnswer(trace, () => action.read(response, context, input)), requestId }
    },

    async close() {
      limiter.close()
      await transport.close()
    },
  }
}

function readAnswer<Out>(trace: Trace, read: () => Out): Out {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnexpectedShapeError)) throw error
    throw new DtsUnreachableError(trace, { kind: 'unexpectedShape', sent: true, httpStatus: 200 })
  }
}

const TIMEOUTS = { connect: 5_000, headers: 10_000, body: 10_000 }
const CALL_TIMEOUT = 60_000
