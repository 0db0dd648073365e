import { DtsError, DtsUnreachableError } from './errors.ts'
import type { Silence } from './errors.ts'

/**
 * Why a call to DTS failed, as data that can be stored: DTS's error code, or why there is no answer.
 * Holds no text from DTS. `traceId` is ours, sent as X-TC-TraceId.
 */
export type Trouble =
  | { kind: 'error'; action: string; code: string; requestId: string; traceId: string }
  | { kind: Silence; action: string; traceId: string }
  /** The bot stopped between the call and its answer. */
  | { kind: 'interrupted' }

/** Rethrows any error that is not DTS's. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof DtsError) {
    const { action, code, requestId, traceId } = error
    return { kind: 'error', action, code, requestId, traceId }
  }
  if (error instanceof DtsUnreachableError) {
    const { kind, action, traceId } = error
    return { kind, action, traceId }
  }
  throw error
}
