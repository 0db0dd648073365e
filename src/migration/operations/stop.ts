import type { Operation } from '../operation.ts'

/**
 * `StopMigrateJob`: the job ends as canceled, of 2018-03-30 as failed, and cannot be resumed. A job
 * that is found failed may have failed by itself, so that status proves nothing.
 */
export const stop: Operation = {
  action: 'stop',
  begins: false,

  tookEffect({ status }) {
    if (status === 'stopping' || status === 'canceled') return true
    return status === 'unknown' || status === 'failed' ? undefined : false
  },

  actsFrom: (since) => since,
  modes: () => [],
  hurts: () => ['cannotResume', 'partialCopy'],
}
