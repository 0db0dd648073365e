import { COMPLETE_MODES } from '../../dts/job.ts'
import type { Operation } from '../operation.ts'

/** `CompleteMigrateJob`: replication ends, and the target takes over. */
export const cutOver: Operation = {
  action: 'complete',
  begins: false,

  tookEffect({ status }) {
    if (status === 'completing' || status === 'success') return true
    return status === 'unknown' ? undefined : false
  },

  actsFrom: (since) => since,
  modes: () => COMPLETE_MODES,
  hurts: (_, mode) =>
    mode === 'immediately' ? ['endsReplication', 'losesRest'] : ['endsReplication'],
}
