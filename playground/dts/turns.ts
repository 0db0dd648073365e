import { verdictOf } from './check-items.ts'
import { type Hold, RESUMING_MS } from './holds.ts'
import { checkAt, lastRunAt } from './job-life.ts'
import type { Job, Run } from './job.ts'
import { CATCH_UP_UNTIL, momentOf } from './run.ts'

/** For so long after an accepted start the job still shows status 4. */
const HIDDEN_MS = 500
export const STOPPING_MS = 2000
export const COMPLETING_MS = 2000

/** Begins a check; call only when the state allows it. */
export function beginCheck(job: Job, now: number): void {
  job.checkFlag = checkAt(job, now).flag
  job.ranAt = lastRunAt(job, now)
  job.turn = { kind: 'check', at: now, flag: verdictOf(job) }
}

/** Begins a run; call only when the state allows it. */
export function beginRun(job: Job, now: number): void {
  job.checkFlag = checkAt(job, now).flag
  const shows = Math.max(now + HIDDEN_MS, job.expectAt ?? 0)
  const run = { shows, durationMs: job.durationMs, holds: [], retried: false }
  job.turn = { kind: 'start', run }
  job.starts += 1
}

/** Whether a start was accepted that does not show yet: status 4 alone does not tell. */
export function isStartHidden({ turn }: Job, now: number): boolean {
  return turn.kind === 'start' && now < turn.run.shows
}

/** Ends what is under way: as failed in the words of 2018-03-30, canceled in those of 2021-12-06. */
export function stop(job: Job, now: number): void {
  const run = runOf(job, now)
  job.turn = { kind: 'stop', run, at: now, endsAt: now + STOPPING_MS, ends: 'canceled' }
}

/** Holds a run that is at 7 or 8 until `goOn`. */
export function pause(job: Job, now: number): void {
  hold(job, { kind: 'pause', at: now, until: Infinity }, now)
}

/** Lets a paused run go on where it was held. */
export function goOn(job: Job, now: number): void {
  const run = runOf(job, now)
  const holds = run.holds.map((one) => (one.until > now ? { ...one, until: now } : one))
  job.turn = { kind: 'start', run: { ...run, holds } }
}

/** Takes up a run again where it broke; from now on it does not break. */
export function retry(job: Job, now: number): void {
  const at = job.fails ? momentOf(runOf(job, now), job.fails.at) : now
  hold(job, { kind: 'retry', at, until: now + RESUMING_MS }, now)
}

function hold(job: Job, added: Hold, now: number): void {
  const run = runOf(job, now)
  const retried = run.retried || added.kind === 'retry'
  job.turn = { kind: 'start', run: { ...run, holds: [...run.holds, added], retried } }
}

/** Ends a run that is at 8 as successful: at once, or when the target has caught up. */
export function complete(job: Job, mode: 'waitForSync' | 'immediately', now: number): void {
  const run = runOf(job, now)
  const caughtUp = Math.ceil(momentOf(run, CATCH_UP_UNTIL))
  const from = mode === 'waitForSync' ? Math.max(now, caughtUp) : now
  job.turn = { kind: 'complete', run, endsAt: from + COMPLETING_MS }
}

// Of a job that was put at a status there may be no run to stop.
function runOf({ turn, durationMs }: Job, now: number): Run {
  return 'run' in turn ? turn.run : { shows: now, durationMs, holds: [], retried: false }
}
