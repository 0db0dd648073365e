import type { FaultInput } from '../../../playground/dts/faults.ts'
import {
  CODES,
  SILENCES,
  SLOWLY,
  WHY,
  WRONG_TYPES,
  anyCode,
  expectExplained,
  isNotFound,
} from './dts-faults.ts'
import type { Row } from './table.ts'

export type Case = { fault: string; code?: string | undefined; input: FaultInput }
export type Seen = Row & { code?: string | undefined }

export const SLOW: Case = { fault: 'answer in small pieces', input: SLOWLY }
export const NOES: Case[] = CODES.map(({ code }) => {
  return { fault: anyCode(code), code, input: { kind: 'error', code } }
})
export const SILENT: Case[] = Object.entries(SILENCES).map(([fault, input]) => ({ fault, input }))
export const READS: Case[] = [...SILENT, { fault: 'values of wrong types', input: WRONG_TYPES }]

/** What DTS said in words, or its code. */
export function why({ code, input: { kind } }: Case): RegExp {
  if (code) return isNotFound(code) ? /is not known in/ : new RegExp(RegExp.escape(code))
  if (kind === 'slowDrip') return /^(?!Looking)/
  return /Tencent Cloud (did not answer in time|answered)|connection to Tencent Cloud failed|Something between me/
}

/** What the words say, in the table's. */
export function told({ code, input }: Case, words: string): string {
  if (input.kind === 'slowDrip') return 'nothing of it'
  if (code && isNotFound(code)) return 'that it is not known in this region'
  return code ? explained(code, words) : 'why'
}

export function explained(code: string, words: string): string {
  expectExplained(words, code)
  return WHY
}
