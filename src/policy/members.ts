import { systemClock } from '../clock.ts'
import { type Directory, requireMember } from './directory.ts'

/** Who may look at jobs and ask: full members of our workspace. */
export type Members = {
  /** Throws RefusedError for anybody else, and when Slack does not say. */
  require(userId: string): Promise<void>
}

/**
 * Remembers for a minute who is a member, so that a form does not ask Slack at every letter that is
 * typed. Who decides is asked for every time, elsewhere.
 */
export function createMembers(directory: Directory, now = systemClock.monotonic): Members {
  const known = new Map<string, number>()
  return {
    async require(userId) {
      if ((known.get(userId) ?? 0) > now()) return
      await requireMember(directory, userId)
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(userId, now() + KNOWN_FOR)
    },
  }
}

/** Milliseconds. */
const KNOWN_FOR = 60_000
const MOST_KNOWN = 10_000
