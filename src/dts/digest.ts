import { createHmac } from 'node:crypto'
import { embeddedJson } from './json.ts'
import { isSecretName } from './secrets-in.ts'

/**
 * HMAC-SHA-256, in hex, of a job's configuration, its passwords included: whoever has no key learns
 * nothing about them. Equal for equal configurations: the order of keys, numbers sent as text and unset
 * fields sent as null, '' or a zero date make no difference. Throws RangeError for a configuration
 * that is nested more than 100 deep.
 */
export type Digest = (configuration: unknown) => string

/** Throws TypeError for an empty key. */
export function createDigest(key: string): Digest {
  if (key === '') throw new TypeError('empty digest key')
  return (configuration) =>
    createHmac('sha256', key)
      .update(JSON.stringify(canonical(configuration, TOP)) ?? '')
      .digest('hex')
}

/** A value's field, and how many values it is inside of. */
type At = { field: string; depth: number }

const TOP: At = { field: '', depth: 0 }
const DEEPEST = 100

function canonical(value: unknown, { field, depth: above }: At): unknown {
  const depth = above + 1
  if (depth > DEEPEST) throw new RangeError('configuration nested too deeply')
  if (typeof value === 'string') return canonicalText(value, { field, depth })
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((item) => canonical(item, { field, depth }) ?? null)
  if (typeof value !== 'object' || value === null) return undefined

  const fields = Object.entries(value)
    .filter(([name]) => !isTemporary(name))
    .map(([name, inner]) => [name, canonical(inner, { field: name, depth })] as const)
    .filter(([, inner]) => !isUnset(inner))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields)
}

/** DTS keeps some settings as JSON inside a text, where the order of keys must not matter either. */
function canonicalText(text: string, at: At): unknown {
  try {
    const inner = embeddedJson(at.field, text)
    return inner === undefined ? text : canonical(inner, at)
  } catch (error) {
    if (error instanceof RangeError) return text
    throw error
  }
}

/** Temporary keys (`TmpSecretKey`) are new every time, and say nothing about what was set up. */
function isTemporary(name: string): boolean {
  return /^te?mp/i.test(name) && isSecretName(name)
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value === 'string') return value.startsWith('0000-00-00')
  return typeof value === 'object' && Object.keys(value).length === 0
}
