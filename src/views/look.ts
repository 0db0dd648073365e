import { type Look, STATUSES } from '../dts/job.ts'

/**
 * A look without the numbers that mean nothing: before a job runs they are all 0, and a lag means
 * something in the last step only, where changes are replicated.
 */
export function lookShown(look: Look): Look {
  const { status, stepNow, stepAll } = look
  const { atWork, final } = STATUSES[status]
  const hasBegun = atWork || final || status === 'unknown'
  const replicates = hasBegun && (status === 'readyComplete' || stepNow === stepAll)
  return {
    ...look,
    ...(hasBegun ? {} : { stepNow: undefined, stepAll: undefined, percent: undefined }),
    ...(replicates ? {} : { secondsBehind: undefined, megabytesBehind: undefined }),
  }
}
