import { heldMs, heldStatus, holdAt, putOff } from './holds.ts'
import type { Job, Run } from './job.ts'
import type { Life, LifeStep } from './life.ts'
import { stepsOf } from './steps.ts'

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

/** When so much was or will be done, not rounded: a fraction, above 1 while it follows its source. */
export function momentOf({ shows, durationMs, holds }: Run, done: number): number {
  return putOff(holds, shows + PREPARING_MS + done * durationMs)
}

/** A run at that moment, if nobody stops or completes it. */
export function runAt(job: Job, run: Run, now: number): Life {
  const life = reachedAt(job, run, now)
  const hold = holdAt(run.holds, now)
  return hold ? { ...life, status: heldStatus(hold, now), lagSeconds: null } : life
}

function reachedAt(job: Job, run: Run, now: number): Life {
  const { shows, durationMs } = run
  if (now < shows) return { ...NOTHING_YET, status: 4 }
  const started = { ...NOTHING_YET, startedAt: shows }
  const done = (now - heldMs(run.holds, now) - shows - PREPARING_MS) / durationMs
  if (done < 0) return { ...started, status: 6, steps: stepsAt(job, run, done) }

  const { fails } = job
  if (fails && !run.retried && done >= fails.at) {
    const reached = { ...started, ...progress(job, run, fails.at), lagSeconds: null }
    const error = `${fails.code}: ${fails.message}`
    const stuck = { ...reached, error, steps: broken(reached.steps) }
    if (fails.resumable) return { ...stuck, status: 'resumableErr' }
    return { ...stuck, status: 10, endedAt: Math.floor(momentOf(run, fails.at)) }
  }

  const reached = { ...started, ...progress(job, run, done) }
  if (done < 1) return { ...reached, status: 7 }
  if (job.migrateType === 3) return { ...reached, status: 8 }
  const endedAt = Math.floor(momentOf(run, 1))
  return { ...reached, status: 9, endedAt, steps: finished(reached.steps) }
}

/** All steps succeeded. */
export function finished(steps: LifeStep[]): LifeStep[] {
  return steps.map((step) => ({ ...step, status: 1 }))
}

/** The step in hand failed. */
export function broken(steps: LifeStep[]): LifeStep[] {
  return steps.map((step) => (step.status === 3 ? { ...step, status: 2 } : step))
}

/** How far a run is with so much done; above 1 the last step goes on. */
function progress(job: Job, run: Run, done: number) {
  const steps = stepsAt(job, run, done)
  const index = steps.findIndex(({ status }) => status === 3)
  const { begins = 0, share = 1 } = stepsOf(job.migrateType)[index] ?? {}
  return {
    percent: wholePercent(done),
    step: index + 1,
    stepPercent: wholePercent((done - begins) / share),
    steps,
    lagSeconds: job.migrateType === 3 && done >= CATCH_UP_FROM ? lagAt(job, done) : null,
  }
}

function wholePercent(fraction: number): number {
  return Math.floor(Math.min(1, fraction) * 100)
}

/** The steps with so much done; below 0 none has begun, the last never ends. */
function stepsAt(job: Job, run: Run, done: number): LifeStep[] {
  return stepsOf(job.migrateType).map(({ id, name, begins }, index, all) => {
    const next = all[index + 1]
    const startedAt = done >= begins ? Math.floor(momentOf(run, begins)) : null
    if (next && done >= next.begins) return { id, name, status: 1, startedAt }
    return { id, name, status: startedAt === null ? 4 : 3, startedAt }
  })
}

function lagAt(job: Job, done: number): number {
  const left = (CATCH_UP_UNTIL - done) / (CATCH_UP_UNTIL - CATCH_UP_FROM)
  // Fractions are inexact: a hair above a whole second is that second.
  return Math.ceil(job.lagSeconds * Math.max(0, Math.min(1, left)) - 1e-6)
}
