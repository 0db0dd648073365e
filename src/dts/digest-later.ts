import type { Digest } from './digest.ts'

/**
 * Makes the digest of a job when it is asked for: of most jobs of a list, nobody asks.
 * Undefined if none can be made of it.
 */
export function digestLater(item: unknown, digest: Digest): (() => string) | undefined {
  if (isShallow(item, SHALLOW)) return () => digest(item)
  try {
    const made = digest(item)
    return () => made
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Deeper than any job, and not too deep for a digest. */
const SHALLOW = 20

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  const inner = Array.isArray(value) ? (value as unknown[]) : Object.values(value)
  return inner.every((one) => typeof one !== 'object' || isShallow(one, levels - 1))
}
