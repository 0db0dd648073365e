import { createHash } from 'node:crypto'

/** Whether this signed body was let through before. */
export type Replays = (timestamp: number, body: string) => boolean

/**
 * Remembers what was let through for as long as its signature is valid, so that somebody who recorded a
 * request cannot have it carried out again. What a person does carries a new `trigger_id` each time; a
 * menu without one may ask the same thing twice within a second.
 */
export function createReplays(lifeSeconds: number, now: () => number): Replays {
  const seen = new Map<string, number>()
  return (timestamp, body) => {
    if (!body.includes('trigger_id')) return false
    const oldest = now() / 1000 - lifeSeconds
    for (const [request, signed] of seen) if (signed < oldest) seen.delete(request)
    const request = createHash('sha256').update(`${timestamp}:${body}`).digest('base64')
    if (seen.has(request)) return true
    seen.set(request, timestamp)
    return false
  }
}
