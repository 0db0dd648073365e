import { isWatched, type Migration, stageOf } from './migration.ts'
import type { OperationName } from './operation.ts'
import { OPERATIONS } from './operations.ts'

/** What people can ask for once a job runs. */
const OFFERED = ['cutOver', 'stop'] as const satisfies OperationName[]
export type Offered = (typeof OFFERED)[number]

/** What may be asked for now. Nothing beside another request or order, or on what cannot be seen. */
export function offersOf(m: Migration): Offered[] {
  if (!isWatched(m) || stageOf(m) !== 'watching' || m.watch.blind) return []
  if (m.watch.accepted && m.watch.accepted.operation !== 'start') return []
  const status = m.watch.look?.status
  return OFFERED.filter((name) => OPERATIONS[name].from.some((one) => one === status))
}
