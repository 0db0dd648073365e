import { BadInput } from './bad-input.ts'
import { verdictOf } from './check-items.ts'
import { type Hold, PAUSING_MS, RESUMING_MS } from './holds.ts'
import type { Job, Run, Turn } from './job.ts'
import { CATCH_UP_UNTIL, PREPARING_MS } from './run.ts'
import { numberOf, type Status } from './status.ts'
import { COMPLETING_MS, STOPPING_MS } from './turns.ts'

/**
 * Puts a job into a status by giving it a past that leads there; unknown statuses are kept as they are.
 * Throws BadInput if its settings cannot lead there.
 */
export function placeAt(job: Job, status: Status, now: number): void {
  if ((status === 8 || status === 12) && job.migrateType !== 3) {
    throw new BadInput(`status: only a job of migrateType 3 can be at ${status}.`)
  }
  const reached = doneBefore(job, status)
  if (job.fails && reached !== undefined && job.fails.at <= reached) {
    const { at } = job.fails
    throw new BadInput(`fails.at: the run breaks at ${at}, before it is at status ${status}.`)
  }
  const number = numberOf(status)
  job.checkFlag = number <= 3 ? 3 : number === 5 ? 0 : 1
  job.turn = turnTo(job, status, now)
}

/** How much of a run is done at this status; undefined if none has to have succeeded. */
function doneBefore({ progress }: Job, status: Status): number | undefined {
  if (status === 7 || status === 'pausing' || status === 'manualPaused') return progress
  if (status === 8) return CATCH_UP_UNTIL
  if (status === 11) return 0.5
  if (status === 9 || status === 12) return 2
  return undefined
}

function turnTo(job: Job, status: Status, now: number): Turn {
  const ran = (done: number) => runSince(job, done, now)
  const half = { kind: 'stop', run: ran(0.5), at: now, endsAt: now } as const
  switch (status) {
    case 3:
      return { kind: 'check', at: now, flag: verdictOf(job) }
    case 6:
      return { kind: 'start', run: { ...ran(0), shows: now } }
    case 7:
      return { kind: 'start', run: ran(job.progress) }
    case 8:
      return { kind: 'start', run: ran(CATCH_UP_UNTIL) }
    case 9:
      return { kind: 'complete', run: ran(2), endsAt: now }
    case 10:
      if (job.fails?.resumable === false) return { kind: 'start', run: ran(job.fails.at) }
      return { ...half, ends: 10 }
    case 11:
      return { ...half, endsAt: now + STOPPING_MS, ends: 'canceled' }
    case 12:
      return { kind: 'complete', run: ran(2), endsAt: now + COMPLETING_MS }
    case 'canceled':
      return { ...half, ends: 'canceled' }
    case 'pausing':
      return { kind: 'start', run: heldSince(job, { kind: 'pause', at: now, until: Infinity }) }
    case 'manualPaused':
      return {
        kind: 'start',
        run: heldSince(job, { kind: 'pause', at: now - PAUSING_MS, until: Infinity }),
      }
    case 'resumableErr':
      return { kind: 'start', run: ran(resumableAt(job)) }
    case 'resuming': {
      const run = runSince(job, resumableAt(job), now)
      const holds: Hold[] = [{ kind: 'retry', at: now, until: now + RESUMING_MS }]
      return { kind: 'start', run: { ...run, holds, retried: true } }
    }
    default:
      return { kind: 'rest', status }
  }
}

/** A run with so much done at that moment. */
function runSince({ durationMs }: Job, done: number, moment: number): Run {
  const shows = Math.floor(moment - PREPARING_MS - done * durationMs)
  return { shows, durationMs, holds: [], retried: false }
}

function heldSince(job: Job, hold: Hold): Run {
  return { ...runSince(job, job.progress, hold.at), holds: [hold] }
}

function resumableAt({ fails }: Job): number {
  if (fails?.resumable === true) return fails.at
  throw new BadInput('status: only a job with a resumable `fails` can be there.')
}
