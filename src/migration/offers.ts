import { allows } from '../dts/job.ts'
import { isWatched, type Migration, stageOf, type Watch } from './migration.ts'
import type { OperationName } from './operation.ts'
import { OPERATIONS } from './operations.ts'

/** What people can ask for once a job runs. */
export const OFFERED = [
  'cutOver',
  'continue',
  'retry',
  'pause',
  'stop',
] as const satisfies OperationName[]
export type Offered = (typeof OFFERED)[number]

/**
 * What may be asked for now. Nothing beside another request or order, on what cannot be seen, or while
 * a check is followed.
 */
export function offersOf(m: Migration): Offered[] {
  if (!isWatched(m) || stageOf(m) !== 'watching' || isClosed(m.watch)) return []
  const { look } = m.watch
  if (!look) return []
  return OFFERED.filter((name) => allows({ look }, OPERATIONS[name].action))
}

/** Whether nothing can be asked for, whatever DTS allows. */
export function isClosed(watch: Watch): boolean {
  return watch.check !== undefined || watch.blind !== undefined || isPending(watch)
}

/** DTS accepted something that the job does not show yet. */
function isPending({ accepted, look }: Watch): boolean {
  if (!accepted || accepted.operation === 'start') return false
  return !look || OPERATIONS[accepted.operation].tookEffect(look, {}) !== true
}
