import { beijingIso, beijingTime, inBeijing } from '../beijing-time.ts'

/**
 * A time as DTS writes it: Beijing time without a zone, or RFC 3339. `iso` is in UTC; `beijing` has
 * the form without a zone. Both are undefined for a moment that does not exist.
 */
export function momentOf(text: string | undefined): { iso?: string; beijing?: string } {
  const date = text === undefined ? undefined : dateOf(text)
  return date ? { iso: date.toISOString(), beijing: inBeijing(date) } : {}
}

/** The same in UTC only. */
export function isoOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  return text.length === 19 ? beijingIso(text.replace('T', ' ')) : dateOf(text)?.toISOString()
}

function dateOf(text: string): Date | undefined {
  const local = beijingTime(text.slice(0, 19).replace('T', ' '))
  if (text.length === 19 || !local) return local
  const zoned = new Date(text.replace(' ', 'T'))
  return Number.isNaN(zoned.getTime()) ? undefined : zoned
}
