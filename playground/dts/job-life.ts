import { checkError } from './check-items.ts'
import type { Job } from './job.ts'
import type { Life } from './life.ts'
import { broken, finished, NOTHING_YET, runAt } from './run.ts'
import type { Status } from './status.ts'

/** The state of a job at a moment: a function of its settings, its last turn and the time alone. */
export function lifeAt(job: Job, now: number): Life {
  const { turn } = job
  switch (turn.kind) {
    case 'rest':
      return { ...NOTHING_YET, status: turn.status, error: restingError(job, turn.status) }
    case 'check':
      return checking(job, turn, now)
    case 'start':
      return runAt(job, turn.run, now)
    case 'stop': {
      const frozen = { ...runAt(job, turn.run, turn.at), lagSeconds: null }
      if (now < turn.endsAt) return { ...frozen, status: 11 }
      return { ...frozen, status: turn.ends, endedAt: turn.endsAt, steps: broken(frozen.steps) }
    }
    case 'complete': {
      const live = runAt(job, turn.run, Math.min(now, turn.endsAt))
      if (live.status === 10 || live.status === 'resumableErr') return live
      if (now < turn.endsAt) return { ...live, status: 12 }
      return {
        ...live,
        status: 9,
        endedAt: turn.endsAt,
        steps: finished(live.steps),
        lagSeconds: null,
      }
    }
  }
}

/** When the job's last run began, also after somebody set the job back; null when none did. */
export function lastRunAt(job: Job, now: number): number | null {
  return lifeAt(job, now).startedAt ?? job.ranAt
}

/** How the last check of a job stands, in the words of DescribeMigrateCheckJob. */
export function checkAt(job: Job, now: number) {
  const { turn, checkFlag } = job
  if (turn.kind === 'check' && now < turn.at + job.checkMs) {
    const elapsed = (now - turn.at) / job.checkMs
    // The flag of the check before stays until this one ends: only Status tells them apart.
    const status = elapsed < 0.2 ? 'starting' : 'running'
    return { status, flag: checkFlag, percent: Math.floor(elapsed * 100), error: null } as const
  }

  const flag = turn.kind === 'check' ? turn.flag : checkFlag
  if (flag === 3) return { status: 'unavailable', flag, percent: 0, error: null } as const
  const error = flag === 1 ? null : checkError(job)
  return { status: 'finished', flag, percent: 100, error } as const
}

function checking(job: Job, turn: { at: number; flag: 0 | 1 }, now: number): Life {
  if (now < turn.at + job.checkMs) return { ...NOTHING_YET, status: 3 }
  return turn.flag === 1
    ? { ...NOTHING_YET, status: 4 }
    : { ...NOTHING_YET, status: 5, error: checkError(job) }
}

function restingError(job: Job, status: Status): string | null {
  if (status === 5) return checkError(job)
  return status === 'error' ? 'TaskError: the task broke down' : null
}
