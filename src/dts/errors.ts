import catalogue from './error-codes.json' with { type: 'json' }
import type { ApiVersion } from './job.ts'

/** The call an error belongs to. `traceId` is ours, sent as X-TC-TraceId. */
export type Trace = { action: string; traceId: string }

/**
 * DTS answered with an error. `reason` is its text, scrubbed: for logs only. `retired`: the version of
 * the API that, so DTS says, no longer has the action.
 */
export class DtsError extends Error {
  override name = 'DtsError' as const
  readonly code: string
  readonly requestId: string
  readonly action: string
  readonly traceId: string
  readonly reason: string
  readonly retired: ApiVersion | undefined

  constructor(
    { action, traceId }: Trace,
    answer: { code: string; requestId: string; reason: string; version?: ApiVersion },
  ) {
    super(`${action}: ${answer.code}`)
    this.code = answer.code
    this.requestId = answer.requestId
    this.action = action
    this.traceId = traceId
    this.reason = answer.reason
    this.retired = RETIRED.has(answer.code) ? answer.version : undefined
  }
}

const RETIRED = new Set(['ActionOffline', 'InvalidAction', 'NoSuchVersion'])

/** Why there is no usable answer. `timeout`: a limit was reached, or the caller aborted. */
export type Silence =
  | 'timeout'
  | 'connection'
  | 'httpStatus'
  | 'notJson'
  | 'unexpectedShape'
  | 'tooLarge'
  /** The call could not leave before its deadline. Nothing was sent. */
  | 'tooLate'

/**
 * No usable answer from DTS. Whether the call took effect is unknown, unless `sent` is false: then no
 * byte of it left this machine. `detail` is an error code such as ECONNREFUSED.
 */
export class DtsUnreachableError extends Error {
  override name = 'DtsUnreachableError' as const
  readonly kind: Silence
  readonly action: string
  readonly traceId: string
  readonly sent: boolean
  readonly httpStatus: number | undefined
  readonly detail: string | undefined

  constructor(
    { action, traceId }: Trace,
    cause: { kind: Silence; sent: boolean; httpStatus?: number; detail?: string | undefined },
  ) {
    const shown = cause.httpStatus ?? cause.detail
    super(`${action}: ${cause.kind}${shown === undefined ? '' : ` (${shown})`}`)
    this.kind = cause.kind
    this.action = action
    this.traceId = traceId
    this.sent = cause.sent
    this.httpStatus = cause.httpStatus
    this.detail = cause.detail
  }
}

/**
 * `row`: the name of the row in the catalogue, and in the wording files. `whose`: who can fix it.
 * `retry`: whether the same call may be sent again. `backoff`: DTS refused it before any work, so yes,
 * later. `safe-after-status-check`: only if the job's status shows that nothing happened.
 */
export type Classified = {
  row: string
  whose: 'requester' | 'operator' | 'tencent'
  retry: 'never' | 'backoff' | 'safe-after-status-check'
}

/**
 * Looks up an error code: the row for this action, then the code's own, then its family's (the part
 * before the dot). DTS adds codes without notice; one without any row is `fallback`, an unknown outcome.
 */
export function classify(code: string, action?: string): Classified {
  const family = code.split('.', 1)[0] ?? code
  const forAction = action === undefined ? [] : [`${action}/${code}`]
  for (const row of [...forAction, code, family]) {
    const found = rows.get(row)
    if (found) return { row, ...found }
  }
  return { row: 'fallback', ...(catalogue.fallback as Row) }
}

type Row = Omit<Classified, 'row'>

// A Map, because a code such as `constructor` must not find what every object has.
const rows = new Map(Object.entries(catalogue as Record<string, Row>))
