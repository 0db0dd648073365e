import { createHash } from 'node:crypto'
import { embeddedJson, isSecretName, maskPatterns } from './scrub.ts'

/**
 * SHA-256, in hex, of a job's configuration. Equal for equal configurations: the order of keys,
 * numbers sent as text and unset fields sent as null, '' or a zero date make no difference.
 * Secrets are left out.
 */
export function digestOf(configuration: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(configuration)) ?? '')
    .digest('hex')
}

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((item) => canonical(item) ?? null)
  if (typeof value !== 'object' || value === null) return undefined

  const fields = Object.entries(value)
    .filter(([name]) => !isSecretName(name))
    .map(([name, inner]) => [name, canonical(inner)] as const)
    .filter(([, inner]) => !isUnset(inner))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields)
}

/** DTS keeps some settings as JSON inside a text, where the order of keys must not matter either. */
function canonicalText(text: string): unknown {
  const inner = embeddedJson(text)
  return inner === undefined ? maskPatterns(text) : canonical(inner)
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value === 'string') return value.startsWith('0000-00-00')
  return typeof value === 'object' && Object.keys(value).length === 0
}
