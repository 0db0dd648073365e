import { ApiError } from './api-error.ts'

const WINDOW_MS = 1000

/** Counts the calls of each action over the last second. */
export type RateLimit = {
  /** Throws ApiError RequestLimitExceeded when this call is one too many. */
  count(action: string, perSecond: number): void
}

/**
 * A sliding window. Refused calls count as well, so retrying at once never succeeds.
 * `now` is real time in milliseconds.
 */
export function rateLimit(now: () => number): RateLimit {
  const calls = new Map<string, number[]>()

  return {
    count(action, perSecond) {
      const at = now()
      const recent = (calls.get(action) ?? []).filter((call) => call > at - WINDOW_MS)
      recent.push(at)
      calls.set(action, recent)
      if (recent.length > perSecond) throw tooMany(recent.length, perSecond)
    },
  }
}

function tooMany(calls: number, limit: number): ApiError {
  const counted = `Your current request times equals to \`${calls}\` in a second`
  const allowed = `which exceeds the frequency limit \`${limit}\` for a second`
  return new ApiError('RequestLimitExceeded', {
    text: `${counted}, ${allowed}. Please reduce the frequency of calls.`,
  })
}
