import { BadInput } from './bad-input.ts'
import type { Job, Turn } from './job.ts'
import { CATCH_UP_UNTIL, PREPARING_MS } from './run.ts'
import { COMPLETING_MS, STOPPING_MS } from './turns.ts'

/**
 * Puts a job into a status by giving it a past that leads there; unknown statuses are kept as they are.
 * Throws BadInput if its settings cannot lead there.
 */
export function placeAt(job: Job, status: number, now: number): void {
  if ((status === 8 || status === 12) && job.migrateType !== 3) {
    throw new BadInput(`status: only a job of migrateType 3 can be at ${status}.`)
  }
  const reached = doneBefore(job, status)
  if (job.fails && reached !== undefined && job.fails.at <= reached) {
    const { at } = job.fails
    throw new BadInput(`fails.at: the run breaks at ${at}, before it is at status ${status}.`)
  }
  job.checkFlag = status <= 3 ? 3 : status === 5 ? 0 : 1
  job.turn = turnTo(job, status, now)
}

/** How much of a run is done at this status; undefined if none has to have succeeded. */
function doneBefore({ progress }: Job, status: number): number | undefined {
  if (status === 7) return progress
  if (status === 8) return CATCH_UP_UNTIL
  if (status === 11) return 0.5
  if (status === 9 || status === 12) return 2
  return undefined
}

function turnTo(job: Job, status: number, now: number): Turn {
  const { durationMs } = job
  const ranFor = (done: number) => {
    return { shows: Math.floor(now - PREPARING_MS - done * durationMs), durationMs }
  }
  switch (status) {
    case 3:
      return { kind: 'check', at: now }
    case 6:
      return { kind: 'start', run: { shows: now, durationMs } }
    case 7:
      return { kind: 'start', run: ranFor(job.progress) }
    case 8:
      return { kind: 'start', run: ranFor(CATCH_UP_UNTIL) }
    case 9:
      return { kind: 'complete', run: ranFor(2), endsAt: now }
    case 10:
      if (job.fails) return { kind: 'start', run: ranFor(job.fails.at) }
      return { kind: 'stop', run: ranFor(0.5), at: now, endsAt: now }
    case 11:
      return { kind: 'stop', run: ranFor(0.5), at: now, endsAt: now + STOPPING_MS }
    case 12:
      return { kind: 'complete', run: ranFor(2), endsAt: now + COMPLETING_MS }
    default:
      return { kind: 'rest', status }
  }
}
