import type { Operation } from '../operation.ts'

/**
 * `ResumeMigrateJob` of 2021-12-06: after an error. A job that is in error proves nothing: it may have
 * gone on and met the next one.
 */
export const retry: Operation = {
  action: 'resume',
  begins: false,

  tookEffect({ status }) {
    if (status === 'unknown' || status === 'error' || status === 'resumableError') return undefined
    return true
  },

  actsFrom: (since) => since,
  hurts: () => [],
}
