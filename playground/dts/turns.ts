import { checkAt } from './job-life.ts'
import type { Job } from './job.ts'
import { CATCH_UP_UNTIL, PREPARING_MS } from './run.ts'

/** For so long after an accepted start the job still shows status 4. */
const HIDDEN_MS = 500
const STOPPING_MS = 2000
const COMPLETING_MS = 2000

/** Begins a check; call only when the state allows it. */
export function beginCheck(job: Job, now: number): void {
  job.checkFlag = checkAt(job, now).flag
  job.turn = { kind: 'check', at: now }
}

/** Begins a run; call only when the state allows it. */
export function beginRun(job: Job, now: number): void {
  job.checkFlag = checkAt(job, now).flag
  job.turn = { kind: 'start', shows: Math.max(now + HIDDEN_MS, job.expectAt ?? 0) }
  job.starts += 1
}

/** Ends a run that is at 7 or 8 as failed. */
export function stop(job: Job, now: number): void {
  job.turn = { kind: 'stop', shows: showsOf(job, now), at: now, endsAt: now + STOPPING_MS }
}

/** Ends a run that is at 8 as successful: at once, or when the target has caught up. */
export function complete(job: Job, mode: 'waitForSync' | 'immediately', now: number): void {
  const shows = showsOf(job, now)
  const caughtUp = shows + PREPARING_MS + Math.ceil(job.durationMs * CATCH_UP_UNTIL)
  const from = mode === 'waitForSync' ? Math.max(now, caughtUp) : now
  job.turn = { kind: 'complete', shows, endsAt: from + COMPLETING_MS }
}

/** Puts a job into a status by giving it the past that leads there; other numbers just stay. */
export function placeAt(job: Job, status: number, now: number): void {
  const ranFor = (fraction: number) => Math.floor(now - PREPARING_MS - fraction * job.durationMs)
  const stopped = { kind: 'stop', shows: ranFor(0.5), at: now } as const

  job.checkFlag = status <= 3 ? 3 : status === 5 ? 0 : 1
  job.turn = { kind: 'rest', status }
  if (status === 3) job.turn = { kind: 'check', at: now }
  if (status === 6) job.turn = { kind: 'start', shows: now }
  if (status === 7) job.turn = { kind: 'start', shows: ranFor(job.progress) }
  if (status === 8) job.turn = { kind: 'start', shows: ranFor(CATCH_UP_UNTIL) }
  if (status === 9) job.turn = { kind: 'complete', shows: ranFor(2), endsAt: now }
  if (status === 10) job.turn = { ...stopped, endsAt: now }
  if (status === 10 && job.fails) job.turn = { kind: 'start', shows: ranFor(job.fails.at) }
  if (status === 11) job.turn = { ...stopped, endsAt: now + STOPPING_MS }
  if (status === 12) job.turn = { kind: 'complete', shows: ranFor(2), endsAt: now + COMPLETING_MS }
}

function showsOf(job: Job, now: number): number {
  return 'shows' in job.turn ? job.turn.shows : now
}
