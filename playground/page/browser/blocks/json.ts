import type { Json } from './props.ts'

/**
 * Blocks come from outside and may be anything: they are read with these, which never throw and
 * give something empty for what is not there.
 */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function object(value: unknown): Json {
  return isObject(value) ? value : {}
}

export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Undefined for what is not a finite number. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Undefined for names that every object has, like `constructor`. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** The words of a text object, as they were sent. */
export function said(text: unknown): string {
  return words(object(text)['text'])
}
