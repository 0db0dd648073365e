import type { JobStatus, Look } from '../../src/dts/job.ts'
import type { Next } from '../../src/migration/event.ts'
import type { Migration, Order, Unknown, Watch } from '../../src/migration/migration.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { HOUR, RULES, TROUBLE as trouble, at, happen } from './clock.ts'
import { LOOK, ORDER, REQUEST, SNAPSHOT, sampleMigration } from './sample-migration.ts'

export const { grace } = RULES
export const since = at(0)
export const deadline = at(grace)
export const unknown: Unknown = {
  at: 'unknown',
  since,
  token: 'a-1',
  before: {},
  trouble,
  deadline,
}
export const accepted = { operation: 'start', since, requestId: 'request-1' } as const
export const running: Watch = { since, accepted, look: lookOf('running', -1000) }
export const idle: Watch = { since, accepted, look: lookOf('created', 0), idleSince: since }
export const sample = sampleMigration({ request: undefined })
export const plan = { runMode: 'timed', expectedAt: at(HOUR) } as const
export const timed = { snapshot: { ...SNAPSHOT, ...plan } }

export function watching(watch: Watch, change: Partial<Migration> = {}): Migration {
  return { ...sample, watch, ...change }
}

/** An order whose answer was lost. */
export function inDoubt(
  watch: Watch,
  operation: OperationName = 'stop',
  change: Partial<Migration> = {},
): Migration {
  const order: Order = { ...ORDER, operation, attempts: 1, state: unknown }
  const decision = { is: 'approved', at: since } as const
  return watching(watch, { request: { ...REQUEST, operation, decision }, order, ...change })
}

/** What the watch remembers of a look, and of the first one: since when it is so. */
export function sighting(seen: Look): Partial<Watch> {
  const { at: when, percent, secondsBehind } = seen
  return { look: seen, pace: [{ at: when, percent, secondsBehind }] }
}

export function firstSighting(seen: Look): Partial<Watch> {
  return { ...sighting(seen), movedAt: seen.at, statusSince: seen.at }
}

export function look(m: Migration, status: JobStatus, when: number, shows?: Partial<Look>): Next {
  return happen(m, { type: 'observed', look: lookOf(status, when, shows) }, when)
}

export function lookOf(status: JobStatus, when: number, shows: Partial<Look> = {}): Look {
  return { ...LOOK, at: at(when), status, statusCode: '4', ...shows }
}
