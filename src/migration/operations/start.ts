import { STATUSES } from '../../dts/job.ts'
import type { Hurt, Operation } from '../operation.ts'

/** Milliseconds: DTS answers no call that was signed by a clock further off than this. */
const CLOCK_SKEW = 5 * 60_000

/** `StartMigrateJob`: the job must have passed its check. */
export const start: Operation = {
  action: 'start',
  begins: true,

  tookEffect({ status, startedAt }, before) {
    const { atWork, final } = STATUSES[status]
    // Both times are DTS's own: our clock may differ, and a job that ran before keeps that time.
    const hasRunSince = startedAt !== undefined && startedAt > (before.startedAt ?? '')
    if (atWork || final || hasRunSince) return true
    return status === 'unknown' ? undefined : false
  },

  /**
   * For a timed job StartMigrateJob only begins the countdown, by the clock of DTS. What a look says now
   * wins.
   */
  actsFrom(since, snapshot, look) {
    const { runMode, expectedAt } = look && look.runMode !== 'unknown' ? look : snapshot
    if (runMode !== 'timed' || !expectedAt) return since
    const latest = new Date(Date.parse(expectedAt) + CLOCK_SKEW).toISOString()
    return latest > since ? latest : since
  },

  modes: () => [],
  hurts(snapshot) {
    const hurts: [Hurt, boolean][] = [
      ['clearsTarget', snapshot.clearsTarget ?? false],
      ['overwritesRoot', snapshot.overridesRoot],
      ['wholeInstance', snapshot.wholeInstance],
      ['targetReadOnly', snapshot.targetReadOnly],
      ['replicatesUntilCutOver', snapshot.migrateType === 'fullAndIncrement'],
    ]
    return hurts.filter(([, applies]) => applies).map(([hurt]) => hurt)
  },
}
