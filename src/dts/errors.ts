import catalogue from './error-codes.json' with { type: 'json' }

/** The call an error belongs to. `traceId` is ours, sent as X-TC-TraceId. */
export type Trace = { action: string; traceId: string }

/** DTS answered, and the answer is an error. `reason` is its text, scrubbed, for people only. */
export class DtsError extends Error {
  override name = 'DtsError'
  readonly code: string
  readonly requestId: string
  readonly action: string
  readonly traceId: string
  readonly reason: string

  constructor(
    { action, traceId }: Trace,
    answer: { code: string; requestId: string; reason: string },
  ) {
    super(`${action}: ${answer.code}`)
    this.code = answer.code
    this.requestId = answer.requestId
    this.action = action
    this.traceId = traceId
    this.reason = answer.reason
  }
}

export type Silence =
  | 'timeout'
  | 'connection'
  | 'httpStatus'
  | 'notJson'
  | 'unexpectedShape'
  | 'tooLarge'

/**
 * There is no answer of DTS that we understand. Whether the call took effect is unknown, unless
 * `sent` is false: then not a byte of it left. `detail` is an error code such as ECONNREFUSED.
 */
export class DtsUnreachable extends Error {
  override name = 'DtsUnreachable'
  readonly kind: Silence
  readonly action: string
  readonly traceId: string
  readonly sent: boolean
  readonly httpStatus: number | undefined
  readonly detail: string | undefined

  constructor(
    { action, traceId }: Trace,
    what: { kind: Silence; sent: boolean; httpStatus?: number; detail?: string | undefined },
  ) {
    const shown = what.httpStatus ?? what.detail
    super(`${action}: ${what.kind}${shown === undefined ? '' : ` (${shown})`}`)
    this.kind = what.kind
    this.action = action
    this.traceId = traceId
    this.sent = what.sent
    this.httpStatus = what.httpStatus
    this.detail = what.detail
  }
}

type Sentence = { says: string; next: string }

/**
 * `whose`: who can do something about it. `retry`: may the same call be sent again? `backoff`: DTS
 * refused it before any work, so yes, later. `safe-after-status-check`: only if the job's status
 * shows that nothing happened.
 */
export type Explanation = {
  code: string
  en: Sentence
  zh: Sentence
  whose: 'requester' | 'operator' | 'tencent'
  retry: 'never' | 'backoff' | 'safe-after-status-check'
}

/**
 * What an error code means and what to do. New codes appear without notice: one that we do not
 * know is explained as its family (the part before the dot), and else as an unknown outcome.
 */
export function explain(code: string, action?: string): Explanation {
  const family = code.split('.', 1)[0] ?? code
  const row =
    (action && byAction.get(action)?.get(code)) ||
    common.get(code) ||
    common.get(family) ||
    catalogue.fallback
  return { code, ...(row as Omit<Explanation, 'code'>) }
}

// Maps, because a code such as `constructor` must not find what every object has.
const common = new Map(Object.entries(catalogue.common))
const byAction = new Map(
  Object.entries(catalogue.byAction).map(([action, rows]) => [
    action,
    new Map(Object.entries(rows)),
  ]),
)
