import type { Operation } from '../operation.ts'

/**
 * `PauseMigrateJob` of 2021-12-06: it stays as it is until it is continued. Whether a job that somebody
 * stopped was paused before does not show.
 */
export const pause: Operation = {
  action: 'pause',
  begins: false,

  tookEffect({ status }) {
    if (status === 'pausing' || status === 'paused') return true
    const isStopped = status === 'stopping' || status === 'canceled'
    return isStopped || status === 'unknown' ? undefined : false
  },

  actsFrom: (since) => since,
  modes: () => [],
  hurts: () => ['fallsBehind'],
}
