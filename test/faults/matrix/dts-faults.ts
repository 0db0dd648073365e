import { expect } from 'vitest'
import type { FaultInput } from '../../../playground/dts/faults.ts'
import known from '../../fixtures/dts-error-codes.json' with { type: 'json' }

/** No answer, or one that cannot be used; by its name in the table. The call has no effect. */
export const UNUSABLE: Record<string, FaultInput> = {
  'no answer in time': { kind: 'timeoutBefore' },
  'connection reset': { kind: 'resetBefore' },
  'HTTP 500': { kind: 'status', status: 500, html: '' },
  'HTTP 502 with a page': { kind: 'status', status: 502 },
  'HTTP 200 with a page': { kind: 'html200' },
  'JSON cut off': { kind: 'truncated' },
  'empty answer': { kind: 'empty' },
  'answer over 8 MiB': { kind: 'huge', bytes: 9 * 1024 * 1024 },
}

/** As good as no answer, except where only the RequestId is read. */
export const WRONG_TYPES: FaultInput = { kind: 'wrongTypes' }

/** A correct answer, in small pieces. */
export const SLOWLY: FaultInput = { kind: 'slowDrip', ms: 100 }

/** The same fault for a call that takes effect. */
export function afterEffect(fault: FaultInput): FaultInput {
  if (fault.kind === 'timeoutBefore') return { ...fault, kind: 'timeoutAfter' }
  if (fault.kind === 'resetBefore') return { ...fault, kind: 'resetAfter' }
  return { ...fault, after: true } as FaultInput
}

type Retry = 'never' | 'backoff' | 'safe-after-status-check'
type Whose = 'requester' | 'operator' | 'tencent'
export type Code = { code: string; retry: Retry; whose: Whose }

/** Every code of the catalogue and two that are in none. */
export const CODES: Code[] = [
  ...Object.entries(known).map(([code, row]) => ({ code, ...(row as Omit<Code, 'code'>) })),
  ...['InternalError.NobodyKnowsThis', 'Unheard.Of'].map((code): Code => ({
    code,
    retry: 'safe-after-status-check',
    whose: 'tencent',
  })),
]

/** Throws unless the words name the code and say whose turn it is. */
export function expectExplained(words: string, code: string): void {
  const { whose } = CODES.find((one) => one.code === code) ?? {}
  expect(words).toContain(code)
  expect(words, code).toMatch(whose ? TURN[whose] : /^$/)
}

const TURN: Record<Whose, RegExp> = {
  requester: /your turn: /i,
  operator: /An operator's turn: /,
  tencent: /This is on Tencent Cloud's side\. /,
}

/** What the table calls a code, by what it says about the call. */
export const KIND: Record<Retry, string> = {
  never: 'refusal code',
  backoff: 'rate-limit code',
  'safe-after-status-check': 'unclear code',
}

/** Codes by which DTS says that it has no such job. */
export function isNotFound(code: string): boolean {
  return code.split('.')[0] === 'ResourceNotFound'
}

/** Where only the not-found codes make a difference. */
export function anyCode(code: string): string {
  return isNotFound(code) ? NOT_FOUND : 'other code'
}

export const NOT_FOUND = 'not-found code'
export const WHY = 'why, whose turn it is and what to do'
export const NOTHING = 'no difference'
