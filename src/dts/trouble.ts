import { DtsError, DtsUnreachableError } from './errors.ts'
import type { Silence } from './errors.ts'
import type { ApiVersion } from './job.ts'

/**
 * Why a call to DTS failed, as data that can be stored: DTS's error code, or why there is no answer.
 * Holds no text from DTS. `traceId` is ours, sent as X-TC-TraceId. `retired`: as in DtsError.
 */
export type Trouble =
  | {
      kind: 'error'
      action: string
      code: string
      requestId: string
      traceId: string
      retired?: ApiVersion | undefined
    }
  | { kind: Silence; action: string; traceId: string }
  /** The bot stopped between the call and its answer. */
  | { kind: 'interrupted' }

/** Rethrows any error that is not DTS's. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof DtsError) {
    const { action, code, requestId, traceId, retired } = error
    return { kind: 'error', action, code, requestId, traceId, ...(retired ? { retired } : {}) }
  }
  if (error instanceof DtsUnreachableError) {
    const { kind, action, traceId } = error
    return { kind, action, traceId }
  }
  throw error
}

/** What a machine needs to find it again. Why there was no answer stands in for a code. */
export function codesOf(trouble: Trouble): { errorCode: string; requestId?: string } {
  if (trouble.kind !== 'error') return { errorCode: trouble.kind }
  return { errorCode: trouble.code, requestId: trouble.requestId }
}
