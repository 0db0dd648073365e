/**
 * Readers that never fail: DTS sends numbers as text, text as numbers and null for lists, and may
 * leave anything out. A malformed value becomes undefined, so that it costs only its own field.
 * Plain functions: zod's checks of the same took longer than the call.
 */
type Read<Out> = (value: unknown) => Out

/** A text that is not blank, or undefined. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  return Number.isFinite(value) ? String(value) : undefined
}

/** A finite number, also from a text such as '43' or '43%'. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  const isNumber = typeof value === 'string' && value.length <= LONGEST_NUMBER && NUMBER.test(value)
  return isNumber ? Number.parseFloat(value) : undefined
}

/** With spaces around it. Without a limit, many spaces would take quadratic time. */
const LONGEST_NUMBER = 64
const NUMBER = /^\s*-?\d{1,15}(\.\d{1,9})?\s*%?\s*$/

/** A number from zero up: DTS writes -1 for "invalid". */
export function amount(value: unknown): number | undefined {
  const read = number(value)
  return read !== undefined && read >= 0 ? read : undefined
}

export function percent(value: unknown): number | undefined {
  const read = amount(value)
  return read !== undefined && read <= 100 ? read : undefined
}

/** A boolean, also as a text or a number. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return /^(true|1|yes)$/i.test(value)
  return Number.isFinite(value) ? value === 1 : undefined
}

/** A date and time in DTS's form, kept raw. DTS writes an unset one as `0000-00-00 00:00:00`. */
export function time(value: unknown): string | undefined {
  return typeof value === 'string' && TIME.test(value) ? value : undefined
}

const TIME = /^(?!0000)\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/

/** An http(s) link that is safe to show. */
export function link(value: unknown): string | undefined {
  return typeof value === 'string' && LINK.test(value) ? value : undefined
}

const LINK = /^https?:\/\/[^\s<>|"]{1,2000}$/

/** The first 1,000 items; none if the value is not a list. */
export function list<Item>(value: unknown, item: Read<Item>): Item[] {
  return itemsOf(value).slice(0, MOST_ITEMS).map(item)
}

/** More than any job has of anything that is read one by one. */
const MOST_ITEMS = 1000

/** All items, unread; none if the value is not a list. */
export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Reads an object field by field; without any field if the value is not an object. */
export function fields<Out>(read: (raw: Record<string, unknown>) => Out): Read<Out> {
  return (value) => read(objectOf(value) ?? {})
}

/** Undefined for anything but an object with named fields. */
export function objectOf(value: unknown): Record<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : undefined
}
