import { RateLimitedError } from './errors.ts'

/** What Slack asked to wait with. Its limits are per method; for posts, per channel as well. */
export type RateLimits = {
  /** Runs `call`; throws RateLimitedError while a call of the same name still has to wait. */
  respect<T>(name: string, call: () => Promise<T>): Promise<T>
}

export function createRateLimits(now = Date.now): RateLimits {
  const waits = new Map<string, Date>()
  return {
    async respect(name, call) {
      const until = waits.get(name)
      if (until && until.getTime() > now()) throw new RateLimitedError(until)
      waits.delete(name)
      try {
        return await call()
      } catch (error) {
        if (error instanceof RateLimitedError) waits.set(name, error.until)
        throw error
      }
    },
  }
}
