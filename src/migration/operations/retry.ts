import { type JobStatus, isRetriable } from '../../dts/job.ts'
import type { Hurt, Mode, Operation } from '../operation.ts'

const SILENT: JobStatus[] = ['error', 'resumableError', 'stopping', 'canceled', 'unknown']

/**
 * `ResumeMigrateJob` of 2021-12-06: after an error. A job that is in error proves nothing: it may have
 * gone on and met the next one. Neither does one that somebody stopped. A Redis job begins anew, so that
 * somebody has to say what becomes of what the target holds.
 */
export const retry: Operation = {
  action: 'resume',
  begins: false,

  tookEffect(look) {
    return SILENT.includes(look.status) || isRetriable(look) ? undefined : true
  },

  actsFrom: (since) => since,
  modes: ({ target }) => (target.engine === 'redis' ? ['overwrite', 'clearData'] : []),
  hurts: (_, mode) => (mode ? (HURTS[mode] ?? []) : []),
}

const HURTS: Partial<Record<Mode, Hurt[]>> = {
  overwrite: ['overwritesTarget'],
  clearData: ['clearsTarget'],
}
