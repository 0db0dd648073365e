import type { Trouble } from '../../src/dts/trouble.ts'
import type { Event, Next, Rules } from '../../src/migration/event.ts'
import type { Migration } from '../../src/migration/migration.ts'
import { next } from '../../src/migration/next.ts'

export const RULES: Rules = { grace: 120_000, patience: 600_000, sends: 3, sendWithin: 10_000 }
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** By as much as that the clock of DTS may be behind. */
export const SKEW = 300_000
export const BEGIN = Date.parse('2029-01-01T00:00:00.000Z')

/** So many milliseconds after `BEGIN`, ISO 8601 in UTC. */
export function at(milliseconds: number): string {
  return new Date(BEGIN + milliseconds).toISOString()
}

/** What becomes of it when something happens so many milliseconds after `BEGIN`. */
export function happen(m: Migration, event: Event, milliseconds = 0): Next {
  return next(m, event, at(milliseconds), RULES)
}

export function taken(result: Next): Migration {
  if (result === 'ignored' || 'refusal' in result) throw new Error('nothing changed')
  return result.to
}

export const TROUBLE: Trouble = { kind: 'timeout', action: 'StartMigrateJob', traceId: 'trace-1' }
