import type { Operation } from '../operation.ts'

/**
 * `ContinueMigrateJob` of 2021-12-06: after a pause. Whatever follows a pause is a sign of it, but that
 * somebody stopped the job.
 */
export const continueIt: Operation = {
  action: 'continue',
  begins: false,

  tookEffect({ status }) {
    if (status === 'unknown' || status === 'stopping' || status === 'canceled') return undefined
    return status !== 'pausing' && status !== 'paused'
  },

  actsFrom: (since) => since,
  modes: () => [],
  hurts: () => [],
}
