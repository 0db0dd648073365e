import { systemClock } from '../clock.ts'
import { RateLimitedError } from './errors.ts'

/** What Slack asked to wait with. Its limits are per method; for posts, per channel as well. */
export type RateLimits = {
  /** Runs `call`; throws RateLimitedError while a call of the same name still has to wait. */
  respect<T>(name: string, call: () => Promise<T>): Promise<T>
}

/** Waits are kept on the monotonic clock: a wall clock that is set back makes none longer. */
export function createRateLimits(now = systemClock.monotonic): RateLimits {
  const waits = new Map<string, number>()
  return {
    async respect(name, call) {
      const left = (waits.get(name) ?? 0) - now()
      if (left > 0) throw new RateLimitedError(left)
      waits.delete(name)
      try {
        return await call()
      } catch (error) {
        if (error instanceof RateLimitedError) waits.set(name, now() + error.wait)
        throw error
      }
    },
  }
}
