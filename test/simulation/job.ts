import type { ApiVersion, Job, JobStatus, Look } from '../../src/dts/job.ts'
import { OPERATIONS } from '../../src/migration/operations.ts'
import type { Random } from '../chaos/random.ts'
import { type Hold, holdAt, momentOf, pausedIn, retriedIn, workedIn } from './holds.ts'
import { HOUR, MINUTE, SECOND } from './scheduler.ts'

/** What its DTS can do; from `pause` on only with jobs of 2021-12-06. */
export const SIMULATED = ['start', 'cutOver', 'stop', 'pause', 'continue', 'retry'] as const
export type SimulatedOperation = (typeof SIMULATED)[number]

/** One run of a job, from the start that DTS accepted. Times are true times. */
export type Run = {
  by: 'bot' | 'console'
  acceptedAt: number
  /** When the status begins to show it: a little after DTS accepted it, or at the time of the job. */
  begins: number
  duration: number
  /** Milliseconds of work after it began. */
  failsAfter: number | undefined
  /** It may be retried, once. */
  isResumable: boolean
  holds: Hold[]
  turn?: { to: 'cutOver' | 'stop'; at: number; ends: number }
}

export const REGION = 'ap-guangzhou'

/** A job at the simulated DTS. What it is doing is a function of what was done to it and the time. */
export class SimulatedJob {
  readonly id: string
  /** Counts the changes of its configuration. */
  version = 1
  isDeleted = false
  readonly rest: JobStatus = 'checkPass'
  /** When somebody last undid in the console what was done to it. */
  undoneAt = 0
  run: Run | undefined
  readonly runs: Run[] = []
  readonly createdAt: number
  readonly apiVersion: ApiVersion
  readonly #random: Random
  readonly #isIncremental: boolean
  /** Whether a start whose time has not come shows in the status. */
  readonly #showsCountdown: boolean
  expectedAt: number | undefined
  /** When somebody last set another time in the console. */
  timeSetAt = 0

  constructor(number: number, now: number, random: Random) {
    this.id = `dts-${String(number).padStart(8, '0')}`
    this.createdAt = now
    this.#random = random
    this.apiVersion = random.chance(0.5) ? '2021-12-06' : '2018-03-30'
    this.#isIncremental = random.chance(0.4)
    this.#showsCountdown = random.chance(0.3)
    if (random.chance(0.45)) {
      const most = random.chance(0.2) ? 12 * HOUR : 2 * HOUR
      this.expectedAt = now + random.between(5 * MINUTE, most)
    }
  }

  status(now: number): JobStatus {
    return this.run ? this.#statusIn(this.run, now) : this.rest
  }

  /** How the runs have ended so far, also those before somebody set the job back. */
  endings(now: number): JobStatus[] {
    return this.runs
      .map((run) => this.#statusIn(run, now))
      .filter((status) => ['success', 'failed', 'canceled'].includes(status))
  }

  #statusIn(run: Run, now: number): JobStatus {
    const { turn } = run
    if (now < run.begins) {
      return this.#showsCountdown && now > run.acceptedAt ? 'readyRun' : 'checkPass'
    }
    if (turn && now >= turn.at && turn.at < this.#endOf(run)) {
      if (turn.to === 'cutOver') return now < turn.ends ? 'completing' : 'success'
      if (now < turn.ends) return 'stopping'
      return this.#isNew ? 'canceled' : 'failed'
    }
    const worked = workedIn(run, now)
    const held = holdAt(run, now)
    if (breaks(run, worked)) return run.isResumable ? 'resumableError' : 'failed'
    if (held && (worked < run.duration || this.#isIncremental)) return held
    if (worked < run.duration) return 'running'
    return this.#isIncremental ? 'readyComplete' : 'success'
  }

  get #isNew(): boolean {
    return this.apiVersion === '2021-12-06'
  }

  /** When it ends by itself, if nobody does anything. */
  #endOf(run: Run): number {
    const { duration, failsAfter = Infinity, isResumable } = run
    if (breaks(run, failsAfter)) return isResumable ? Infinity : momentOf(run, failsAfter)
    return this.#isIncremental ? Infinity : momentOf(run, duration)
  }

  /** Whether DTS takes the call now. */
  allows(operation: SimulatedOperation, now: number): boolean {
    const status = this.status(now)
    const isUnderWay = status === 'running' || status === 'readyComplete'
    switch (operation) {
      case 'start':
        return status === 'checkPass' && !this.run
      case 'cutOver':
        return status === 'readyComplete'
      case 'stop':
        return isUnderWay || status === 'paused' || status === 'resumableError'
      case 'pause':
        return this.#isNew && isUnderWay && !pausedIn(this.run)
      case 'continue':
        return status === 'paused'
      case 'retry':
        return status === 'resumableError'
    }
  }

  take(operation: SimulatedOperation, now: number, by: Run['by']): void {
    const random = this.#random
    const shows = now + random.between(0, random.chance(0.4) ? 50 * SECOND : 3 * SECOND)
    const { run } = this
    // What is done by hand may undo what the bot did.
    if (by === 'console' && PASSING.includes(operation)) this.undoneAt = now
    switch (operation) {
      case 'cutOver':
      case 'stop': {
        const ends = shows + random.between(SECOND, 5 * MINUTE)
        if (run) run.turn = { to: operation, at: shows, ends }
        return
      }
      case 'pause':
        run?.holds.push({ kind: 'pause', at: shows, until: Infinity })
        return
      case 'continue': {
        const paused = pausedIn(run)
        if (paused) paused.until = shows
        return
      }
      case 'retry':
        if (run) retriedIn(run, shows, shows + random.between(SECOND, MINUTE))
        return
      case 'start':
        return this.#begin(shows, now, by)
    }
  }

  #begin(shows: number, now: number, by: Run['by']): void {
    const random = this.#random
    const begins = Math.max(shows, this.expectedAt ?? 0)
    const duration = random.between(MINUTE, random.chance(0.05) ? 3 * HOUR : 15 * MINUTE)
    const failsAfter = random.chance(this.#isNew ? 0.4 : 0.15)
      ? random.between(1, duration)
      : undefined
    const isResumable = this.#isNew && random.chance(0.8)
    const run = { by, acceptedAt: now, begins, duration, failsAfter, isResumable, holds: [] }
    this.run = run
    this.runs.push(this.run)
  }

  /** Somebody sets the job back in the console, so that it can be started again. */
  reset(now: number): void {
    this.run = undefined
    this.undoneAt = now
  }

  delete(now: number): void {
    this.isDeleted = true
    this.undoneAt = now
  }

  /**
   * Somebody sets another time in the console, also for a start that waits for it. Undefined: at once.
   */
  setTime(expectedAt: number | undefined, now: number): void {
    this.expectedAt = expectedAt
    this.timeSetAt = now
    if (this.run && now < this.run.begins) this.run.begins = expectedAt ?? now
  }

  seen(now: number, at: string, requestId: string): Job {
    const timed = this.expectedAt !== undefined
    const when = this.expectedAt === undefined ? undefined : new Date(this.expectedAt).toISOString()
    const setup = {
      runMode: timed ? ('timed' as const) : ('immediate' as const),
      ...(when ? { expectTime: when, expectedAt: when } : {}),
    }
    const end = { engine: 'mysql', access: 'cdb' }
    return {
      ref: { account: 'default', region: REGION, id: this.id, apiVersion: this.apiVersion },
      snapshot: {
        ...setup,
        name: `${this.id} version ${this.version}.`,
        source: end,
        target: end,
        migrateType: this.#isIncremental ? 'fullAndIncrement' : 'full',
        wholeInstance: true,
        overridesRoot: false,
        targetReadOnly: false,
        digest: `version ${this.version}`,
      },
      look: { ...setup, at, requestId, errors: [], ...this.#progress(now) },
    }
  }

  /** How much is done; only of a job that runs. */
  percent(now: number): number | undefined {
    const { run } = this
    return run && Math.min(100, Math.floor((workedIn(run, now) / run.duration) * 100))
  }

  #progress(
    now: number,
  ): Pick<Look, 'status' | 'statusCode' | 'percent' | 'startedAt' | 'allowed'> {
    const status = this.status(now)
    const started = this.runs.findLast(({ begins }) => begins <= now)
    const percent = this.percent(now)
    return {
      status,
      statusCode: status,
      ...(status === 'running' && percent !== undefined ? { percent } : {}),
      ...(this.#isNew ? { allowed: this.#allowed(now) } : {}),
      ...(started ? { startedAt: new Date(started.begins).toISOString() } : {}),
    }
  }

  #allowed(now: number): Look['allowed'] {
    return SIMULATED.filter((one) => this.allows(one, now)).map((one) => OPERATIONS[one].action)
  }
}

const PASSING: SimulatedOperation[] = ['pause', 'continue', 'retry']

/** Whether an error has stopped it by then, which nobody has had retried. */
function breaks({ failsAfter, holds }: Run, worked: number): boolean {
  const isRetried = holds.some(({ kind }) => kind === 'error')
  return failsAfter !== undefined && worked >= failsAfter && !isRetried
}
