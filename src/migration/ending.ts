import type { Step } from './event.ts'
import type { Ending, Failure, Migration } from './migration.ts'
import { OPERATIONS } from './operations.ts'

/** The migration is over. What was watched last stays, for those who read the card. */
export function end(m: Migration, now: string, ending: Ending): Step {
  const to: Migration = { ...m, order: undefined, ended: { at: now, ending } }
  return { to, todo: [], news: 'ended' }
}

/** A request or an order came to nothing: back to the watch where there is one, else the end. */
export function fail(m: Migration, now: string, failure: Failure): Step {
  if (!hasWatch(m)) return end(m, now, failure)
  return { to: { ...m, order: undefined }, todo: [], news: 'failed' }
}

/** A start whose answer was lost is watched only to find out about it. */
function hasWatch({ watch, order }: Migration): boolean {
  const isInDoubt = order?.state.at === 'unknown' && OPERATIONS[order.operation].begins
  return watch !== undefined && !isInDoubt
}
