import type { Context } from './api.ts'

/**
 * Makes the digest of a job's configuration when it is asked for: of most jobs of a list, nobody asks.
 * Undefined if none can be made of it.
 */
export function digestLater(
  item: unknown,
  configuration: (item: unknown) => unknown,
  { digest, isShallow }: Pick<Context, 'digest' | 'isShallow'>,
): (() => string) | undefined {
  if (isShallow || isShallowItem(configuration(item), SHALLOW)) {
    return () => digest(configuration(item))
  }
  try {
    const made = digest(configuration(item))
    return () => made
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Deeper than any job, and not too deep for a digest. */
const SHALLOW = 20

function isShallowItem(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  const inner = Array.isArray(value) ? (value as unknown[]) : Object.values(value)
  return inner.every((one) => typeof one !== 'object' || isShallowItem(one, levels - 1))
}
