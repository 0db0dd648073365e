import type { FaultInput } from '../../../playground/dts/faults.ts'
import known from '../../fixtures/dts-error-codes.json' with { type: 'json' }

/** An answer that does not come, or not from DTS; by its name in the table. The call has no effect. */
export const SILENCES: Record<string, FaultInput> = {
  'no answer in time': { kind: 'timeoutBefore' },
  'connection reset': { kind: 'resetBefore' },
  'HTTP 500': { kind: 'status', status: 500, html: '' },
  'HTTP 502 with a page': { kind: 'status', status: 502 },
  'HTTP 200 with a page': { kind: 'html200' },
  'JSON cut off': { kind: 'truncated' },
  'empty answer': { kind: 'empty' },
  'answer over 8 MiB': { kind: 'huge', bytes: 9 * 1024 * 1024 },
}

/** Not a silence where nothing but the RequestId is awaited. */
export const WRONG_TYPES: FaultInput = { kind: 'wrongTypes' }

/** The honest answer, in small pieces. */
export const SLOWLY: FaultInput = { kind: 'slowDrip', ms: 400 }

/** The same fault for a call that takes effect. */
export function afterEffect(fault: FaultInput): FaultInput {
  if (fault.kind === 'timeoutBefore') return { ...fault, kind: 'timeoutAfter' }
  if (fault.kind === 'resetBefore') return { ...fault, kind: 'resetAfter' }
  return { ...fault, after: true } as FaultInput
}

type Retry = 'never' | 'backoff' | 'safe-after-status-check'

/** Every code of the catalogue and one that nobody knows, by what it says about the call. */
export const CODES: { code: string; retry: Retry }[] = [
  ...Object.entries(known).map(([code, { retry }]) => ({ code, retry: retry as Retry })),
  { code: 'InternalError.NobodyKnowsThis', retry: 'safe-after-status-check' },
  { code: 'Unheard.Of', retry: 'safe-after-status-check' },
]

/** How the table calls them. */
export const KIND: Record<Retry, string> = {
  never: 'a code for "no"',
  backoff: 'a code for "too many calls"',
  'safe-after-status-check': 'a code that leaves it open',
}

/** Codes by which DTS says that it does not know the job. */
export function isNotFound(code: string): boolean {
  return code.split('.')[0] === 'ResourceNotFound'
}
