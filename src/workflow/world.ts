import type { Dts } from '../dts/client.ts'
import type { Happening, Migration, Rules } from '../migration.ts'
import type { Store } from '../store/store.ts'
import type { Pass } from './moments.ts'
import type { Slack } from './slack.ts'

/** What a step needs to do its work. Times are milliseconds. */
export type World = {
  store: Store
  dts: Dts
  slack: Slack
  log: Log
  approvers: string[]
  rules: Rules
  /** How long people have to decide. */
  askLasts: number
  /** How often the watcher looks. */
  watchEvery: number
  pass: Pass
}

export type Log = {
  info(about: object, message: string): void
  warn(about: object, message: string): void
  error(about: object, message: string): void
}

/**
 * Says that something happened. Undefined: it made no difference (it came late, or twice).
 * Throws `Refused` when a person may not do that. When it returns, the outcome is on disk.
 */
export type Tell = (id: string, happening: Happening) => Promise<Migration | undefined>
