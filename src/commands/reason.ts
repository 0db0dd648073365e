import { LIMITS } from '../views/limits.ts'
import type { Wording } from '../views/wording/wording.ts'

type View = { state: { values: Record<string, Record<string, { value?: string | null }>> } }

/** The reason that somebody typed into a form's field, or what the form says about it. */
export function reasonIn(
  { state }: View,
  field: string,
  words: Wording,
): { text: string } | { errors: Record<string, string> } {
  const text = (state.values[field]?.[field]?.value ?? '').trim()
  if (text === '') return { errors: { [field]: words.sayWhy } }
  if (text.length > LIMITS.reason) return { errors: { [field]: words.tooLong(LIMITS.reason) } }
  return { text }
}
