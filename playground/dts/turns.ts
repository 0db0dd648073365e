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
  job.turn = { kind: 'check', at: now }
}

/** Begins a run; call only when the state allows it. */
export function beginRun(job: Job, now: number): void {
  job.checkFlag = checkAt(job, now).flag
  const shows = Math.max(now + HIDDEN_MS, job.expectAt ?? 0)
  const run = { shows, durationMs: job.durationMs }
  job.turn = { kind: 'start', run }
  job.starts += 1
}

/** Whether a start was accepted that does not show yet: status 4 alone does not tell. */
export function isStartHidden({ turn }: Job, now: number): boolean {
  return turn.kind === 'start' && now < turn.run.shows
}

/** Ends a run that is at 7 or 8 as failed. */
export function stop(job: Job, now: number): void {
  const run = runOf(job, now)
  job.turn = { kind: 'stop', run, at: now, endsAt: now + STOPPING_MS }
}

/** Ends a run that is at 8 as successful: at once, or when the target has caught up. */
export function complete(job: Job, mode: 'waitForSync' | 'immediately', now: number): void {
  const run = runOf(job, now)
  const caughtUp = Math.ceil(momentOf(run, CATCH_UP_UNTIL))
  const from = mode === 'waitForSync' ? Math.max(now, caughtUp) : now
  job.turn = { kind: 'complete', run, endsAt: from + COMPLETING_MS }
}

// Only a running job is stopped or completed; the other case is for the compiler.
function runOf({ turn, durationMs }: Job, now: number): Run {
  return 'run' in turn ? turn.run : { shows: now, durationMs }
}
