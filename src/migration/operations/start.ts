import { STATUSES } from '../../dts/job.ts'
import type { Hurt, Operation } from '../operation.ts'

/** `StartMigrateJob`: the job must have passed its check. */
export const start: Operation = {
  from: ['checkPass'],
  begins: true,

  tookEffect({ status, startedAt }, before) {
    const { atWork, final } = STATUSES[status]
    // Both times are DTS's own: our clock may differ, and a job that ran before keeps that time.
    const hasRunSince = startedAt !== undefined && startedAt > (before.startedAt ?? '')
    if (atWork || final || hasRunSince) return true
    return status === 'unknown' ? undefined : false
  },

  /** For a timed job StartMigrateJob only begins the countdown. */
  actsFrom(since, snapshot, look) {
    const expectedAt = snapshot.runMode === 'timed' && (look?.expectedAt ?? snapshot.expectedAt)
    return expectedAt && expectedAt > since ? expectedAt : since
  },

  hurts(snapshot) {
    const hurts: [Hurt, boolean][] = [
      ['overwritesRoot', snapshot.overridesRoot],
      ['wholeInstance', snapshot.wholeInstance],
      ['targetReadOnly', snapshot.targetReadOnly],
      ['replicatesUntilCutOver', snapshot.migrateType === 'fullAndIncrement'],
    ]
    return hurts.filter(([, applies]) => applies).map(([hurt]) => hurt)
  },
}
