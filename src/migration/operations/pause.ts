import type { Operation } from '../operation.ts'

/** `PauseMigrateJob` of 2021-12-06: it stays as it is until it is continued. */
export const pause: Operation = {
  action: 'pause',
  begins: false,

  tookEffect({ status }) {
    if (status === 'pausing' || status === 'paused') return true
    return status === 'unknown' ? undefined : false
  },

  actsFrom: (since) => since,
  modes: () => [],
  hurts: () => ['fallsBehind'],
}
