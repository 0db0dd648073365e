import type { JobStatus } from '../../src/dts/job.ts'
import type { Run } from './job.ts'
import { SECOND } from './scheduler.ts'

/**
 * A time in which a run stands still. Of a pause `until` is Infinity until somebody continues it; after
 * an error it goes on at `until`, and shows from `retriedAt` on that it is about to.
 */
export type Hold =
  | { kind: 'pause'; at: number; until: number }
  | { kind: 'error'; at: number; until: number; retriedAt: number }

const PAUSING = 10 * SECOND

/** Milliseconds that a run has worked by then. */
export function workedIn({ begins, holds }: Run, now: number): number {
  const held = holds.map(({ at, until }) => Math.max(0, Math.min(until, now) - at))
  return now - begins - held.reduce((sum, one) => sum + one, 0)
}

/** When a run will have worked so long; Infinity while a pause is before that. */
export function momentOf({ begins, holds }: Run, worked: number): number {
  return holds.reduce(
    (then, { at, until }) => (then > at ? then + until - at : then),
    begins + worked,
  )
}

/** What a run shows while it stands still; undefined while it does not. */
export function holdAt({ holds }: Run, now: number): JobStatus | undefined {
  const hold = holds.find(({ at, until }) => at <= now && now < until)
  if (!hold) return undefined
  if (hold.kind === 'error') return now < hold.retriedAt ? 'resumableError' : 'resuming'
  return now < hold.at + PAUSING ? 'pausing' : 'paused'
}

/** A pause that nobody has ended. */
export function pausedIn(run: Run | undefined): Hold | undefined {
  return run?.holds.find(({ kind, until }) => kind === 'pause' && until === Infinity)
}

/** Takes up the run where it broke. What had not begun by then never does. */
export function retriedIn(run: Run, retriedAt: number, until: number): void {
  const at = momentOf({ ...run, holds: [] }, run.failsAfter ?? 0)
  const begun = run.holds.filter((one) => one.until < Infinity || one.at < at)
  const broke = momentOf({ ...run, holds: begun }, run.failsAfter ?? 0)
  run.holds = [...begun, { kind: 'error', at: broke, until, retriedAt }]
}
