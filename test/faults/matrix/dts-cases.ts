import type { FaultInput } from '../../../playground/dts/faults.ts'
import {
  type Code,
  CODES,
  KIND,
  NOTHING,
  NOT_FOUND,
  SLOWLY,
  UNUSABLE,
  WHY,
  WRONG_TYPES,
  anyCode,
  expectExplained,
  isNotFound,
} from './dts-faults.ts'
import type { Row } from './table.ts'

/** One fault of one call, and the code that it answers with, if any. */
export type Case = { fault: string; code?: string | undefined; input: FaultInput }
export type CodeRow = Row & { code?: string | undefined }

export const SLOW: Case = { fault: 'answer in small pieces', input: SLOWLY }
export const ALL_CODES: Case[] = CODES.map(({ code }) => {
  return { fault: anyCode(code), code, input: { kind: 'error', code } }
})
export const NO_ANSWER: Case[] = Object.entries(UNUSABLE).map(([fault, input]) => ({
  fault,
  input,
}))
export const UNREADABLE: Case[] = [
  ...NO_ANSWER,
  { fault: 'values of the wrong type', input: WRONG_TYPES },
]

/** One code of each kind, where one stands for all. */
export const A_CODE_EACH = [
  ...(['never', 'backoff', 'safe-after-status-check'] as const).map((retry) => ({
    fault: KIND[retry],
    ...codeThat((one) => one.retry === retry && !isNotFound(one.code)),
  })),
  { fault: NOT_FOUND, ...codeThat(({ code }) => isNotFound(code)) },
].map((one): Case & Code => ({ ...one, input: { kind: 'error', code: one.code } }))

function codeThat(fits: (one: Code) => boolean): Code {
  const found = CODES.find(fits)
  if (!found) throw new Error('The catalogue has no such code')
  return found
}

/** What people read about this fault: its code, or a sentence. */
export function sentence({ code, input: { kind } }: Case): RegExp {
  if (code) return isNotFound(code) ? /DTS doesn't list/ : new RegExp(RegExp.escape(code))
  if (kind === 'slowDrip') return /^(?!Looking)/
  return /Tencent Cloud (did not answer in time|sent )|connection to Tencent Cloud failed|Something between me/
}

/** The same in the words of the table. */
export function summary({ code, input }: Case, words: string): string {
  if (input.kind === 'slowDrip') return NOTHING
  if (code && isNotFound(code)) return "that DTS doesn't list the job in this region"
  return code ? explained(code, words) : 'why'
}

export function explained(code: string, words: string): string {
  expectExplained(words, code)
  return WHY
}
