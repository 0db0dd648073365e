import type { Digest } from './digest.ts'

/**
 * Makes the digest of a configuration when it is asked for: of most jobs of a list, nobody asks.
 * Undefined if none can be made of it.
 */
export function digestLater(configuration: unknown, digest: Digest): (() => string) | undefined {
  if (isShallow(configuration, SHALLOW)) return () => digest(configuration)
  try {
    const made = digest(configuration)
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
  for (const inner of Object.values(value)) if (!isShallow(inner, levels - 1)) return false
  return true
}
