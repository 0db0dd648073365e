import type { webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Dts } from '../dts/client.ts'
import type { Deadline } from '../dts/deadline.ts'
import type { Event, Rules } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import type { RateLimits } from '../slack/rate-limits.ts'
import type { UpdateBudget } from '../slack/update-budget.ts'
import type { Store } from '../store/store.ts'
import type { Wording } from '../views/wording/wording.ts'

/** What everything that does work for people needs. Times are milliseconds. */
export type Context = {
  store: Store
  dts: Dts
  /** `client` must not retry by itself: a lost answer to a post is looked up, not sent again. */
  slack: { client: webApi.WebClient; updates: UpdateBudget; rateLimits: RateLimits }
  clock: Clock
  log: Logger
  /** The language of the cards. */
  words: Wording
  rules: Rules
  /** How long people have to decide. */
  requestLasts: number
  /** How often the watcher looks. */
  watchEvery: number
}

/**
 * Says that something happened to a migration. Undefined: it made no difference (it came late, or
 * twice, or after it was `fresh`). Throws RefusedError when a person may not do that. When it
 * returns, the outcome is on disk.
 */
export type Dispatch = (
  id: string,
  event: Event,
  fresh?: Deadline,
) => Promise<Migration | undefined>
