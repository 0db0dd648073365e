import type { Job } from './job.ts'
import { stepsOf } from './steps.ts'

/** How a job is at one moment. Percentages are 0 to 100, times clock milliseconds. */
export type Life = {
  status: number
  startedAt: number | null
  endedAt: number | null
  percent: number
  /** Number of the step in hand, from 1; 0 while nothing runs. */
  step: number
  stepPercent: number
  steps: LifeStep[]
  /** Null except while changes are being replicated. */
  lagSeconds: number | null
  /** Code and message of what went wrong. */
  error: string | null
}

/** A step of a run with MigrateStepDetailInfo's status: 1 done, 2 failed, 3 at work, 4 to come. */
export type LifeStep = { id: string; name: string; status: 1 | 2 | 3 | 4; startedAt: number | null }

/** A run prepares for so long (status 6) before it begins (status 7). */
export const PREPARING_MS = 1500
/** In multiples of its duration: when a run begins to catch up with its source, and when it has. */
const CATCH_UP_FROM = 0.9
export const CATCH_UP_UNTIL = 1.05

/** A job of which nothing runs. */
export const NOTHING_YET = {
  startedAt: null,
  endedAt: null,
  percent: 0,
  step: 0,
  stepPercent: 0,
  steps: [],
  lagSeconds: null,
  error: null,
} satisfies Omit<Life, 'status'>

/** A run that shows from `shows` on, undisturbed. */
export function runAt(job: Job, shows: number, now: number): Life {
  const runs = shows + PREPARING_MS
  if (now < shows) return { ...NOTHING_YET, status: 4 }
  const started = { ...NOTHING_YET, startedAt: shows }
  if (now < runs) return { ...started, status: 6, steps: stepsAt(job, runs, -1) }

  const elapsed = (now - runs) / job.durationMs
  const { fails } = job
  if (fails && elapsed >= fails.at) {
    const reached = { ...started, ...progress(job, runs, fails.at), lagSeconds: null }
    const endedAt = Math.floor(runs + fails.at * job.durationMs)
    const error = `${fails.code}: ${fails.message}`
    return { ...reached, status: 10, endedAt, error, steps: broken(reached.steps) }
  }

  const reached = { ...started, ...progress(job, runs, elapsed) }
  if (elapsed < 1) return { ...reached, status: 7 }
  if (job.migrateType === 3) return { ...reached, status: 8 }
  const endedAt = Math.floor(runs + job.durationMs)
  return { ...reached, status: 9, endedAt, steps: done(reached.steps) }
}

/** All steps succeeded. */
export function done(steps: LifeStep[]): LifeStep[] {
  return steps.map((step) => ({ ...step, status: 1 }))
}

/** The step in hand failed. */
export function broken(steps: LifeStep[]): LifeStep[] {
  return steps.map((step) => (step.status === 3 ? { ...step, status: 2 } : step))
}

/** How far a run is when `elapsed` of it is over; above 1 the last step goes on. */
function progress(job: Job, runs: number, elapsed: number) {
  const steps = stepsAt(job, runs, elapsed)
  const index = steps.findIndex(({ status }) => status === 3)
  const share = stepsOf(job.migrateType)[index]?.share ?? 1
  const begun = ((steps[index]?.startedAt ?? runs) - runs) / job.durationMs
  return {
    percent: wholePercent(elapsed),
    step: index + 1,
    stepPercent: wholePercent((elapsed - begun) / share),
    steps,
    lagSeconds: job.migrateType === 3 && elapsed >= CATCH_UP_FROM ? lagAt(job, elapsed) : null,
  }
}

function wholePercent(fraction: number): number {
  return Math.floor(Math.min(1, fraction) * 100)
}

/** The steps when `elapsed` of the run is over; below 0 none has begun, the last never ends. */
function stepsAt(job: Job, runs: number, elapsed: number): LifeStep[] {
  const steps = stepsOf(job.migrateType)
  let begins = 0
  return steps.map(({ id, name, share }, index) => {
    const startsAt = Math.floor(runs + begins * job.durationMs)
    const begun = elapsed >= begins
    begins += share
    const over = elapsed >= begins && index < steps.length - 1
    return { id, name, status: over ? 1 : begun ? 3 : 4, startedAt: begun ? startsAt : null }
  })
}

function lagAt(job: Job, elapsed: number): number {
  const left = (CATCH_UP_UNTIL - elapsed) / (CATCH_UP_UNTIL - CATCH_UP_FROM)
  // Fractions are inexact: a hair above a whole second is that second.
  return Math.ceil(job.lagSeconds * Math.max(0, Math.min(1, left)) - 1e-6)
}
