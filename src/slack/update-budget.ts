import { systemClock } from '../clock.ts'

/**
 * Slack's budget for `chat.update`: about 50 a minute for the whole workspace. What people wait
 * for may use all of it; the rest leaves some over.
 */
export type UpdateBudget = {
  /** Takes one, or says how many milliseconds to wait until one may be free. */
  take(urgent: boolean): number | undefined
}

const MINUTE = 60_000

export function createUpdateBudget(
  perMinute = 50,
  reserved = 10,
  now = systemClock.monotonic,
): UpdateBudget {
  const taken: number[] = []
  return {
    take(urgent) {
      while (taken[0] !== undefined && taken[0] <= now() - MINUTE) taken.shift()
      const limit = urgent ? perMinute : perMinute - reserved
      if (taken.length < limit) {
        taken.push(now())
        return undefined
      }
      const blocking = taken[taken.length - limit] ?? now()
      return Math.max(1, blocking + MINUTE - now())
    },
  }
}
