/** Reckoning with moments, each ISO 8601 in UTC. */
export function after(iso: string, milliseconds: number): string {
  return new Date(Date.parse(iso) + milliseconds).toISOString()
}

/** Milliseconds from `a` to `b`. */
export function between(a: string, b: string): number {
  return Date.parse(b) - Date.parse(a)
}

/**
 * Whether what was seen at `at` is no newer than what is known. What lies in the future was taken while
 * the clock was wrong, and makes nothing old.
 */
export function isOlder(at: string, known: string | undefined, now: string): boolean {
  return known !== undefined && known <= now && at <= known
}

/** A moment that lies in the future was taken while the clock was wrong: now is the best guess. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b
}

export function later(a: string, b: string): string {
  return a > b ? a : b
}
