import type { Job, JobStatus, Look } from '../../src/dts/job.ts'
import type { Random } from '../chaos/random.ts'
import { HOUR, MINUTE, SECOND } from './scheduler.ts'

/** What its DTS, of 2018-03-30, can do. */
export const SIMULATED = ['start', 'cutOver', 'stop'] as const
export type SimulatedOperation = (typeof SIMULATED)[number]

/** One run of a job, from the start that DTS accepted. Times are true times. */
export type Run = {
  by: 'bot' | 'console'
  acceptedAt: number
  /** When the status begins to show it: a little after DTS accepted it, or at the time of the job. */
  begins: number
  duration: number
  /** Milliseconds after it began. */
  failsAfter: number | undefined
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
      .filter((status) => status === 'success' || status === 'failed')
  }

  #statusIn(run: Run, now: number): JobStatus {
    const { turn } = run
    if (now < run.begins) {
      return this.#showsCountdown && now > run.acceptedAt ? 'readyRun' : 'checkPass'
    }
    if (turn && now >= turn.at && turn.at < this.#endOf(run)) {
      if (turn.to === 'cutOver') return now < turn.ends ? 'completing' : 'success'
      return now < turn.ends ? 'stopping' : 'failed'
    }
    if (run.failsAfter !== undefined && now >= run.begins + run.failsAfter) return 'failed'
    if (now < run.begins + run.duration) return 'running'
    return this.#isIncremental ? 'readyComplete' : 'success'
  }

  /** When it ends by itself, if nobody does anything. */
  #endOf({ begins, duration, failsAfter }: Run): number {
    return begins + (failsAfter ?? (this.#isIncremental ? Infinity : duration))
  }

  /** Whether DTS takes the call now. */
  allows(operation: SimulatedOperation, now: number): boolean {
    const status = this.status(now)
    if (operation === 'start') return status === 'checkPass' && !this.run
    return operation === 'cutOver'
      ? status === 'readyComplete'
      : status === 'running' || status === 'readyComplete'
  }

  take(operation: SimulatedOperation, now: number, by: Run['by']): void {
    const random = this.#random
    const shows = now + random.between(0, random.chance(0.4) ? 50 * SECOND : 3 * SECOND)
    if (operation !== 'start') {
      if (this.run) {
        this.run.turn = {
          to: operation,
          at: shows,
          ends: shows + random.between(SECOND, 5 * MINUTE),
        }
      }
      return
    }
    const begins = Math.max(shows, this.expectedAt ?? 0)
    const duration = random.between(MINUTE, random.chance(0.05) ? 3 * HOUR : 15 * MINUTE)
    const failsAfter = random.chance(0.15) ? random.between(1, duration) : undefined
    this.run = { by, acceptedAt: now, begins, duration, failsAfter }
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
      ref: { account: 'default', region: REGION, id: this.id, apiVersion: '2018-03-30' },
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
    return run && Math.min(100, Math.floor(((now - run.begins) / run.duration) * 100))
  }

  #progress(now: number): Pick<Look, 'status' | 'statusCode' | 'percent' | 'startedAt'> {
    const status = this.status(now)
    const started = this.runs.findLast(({ begins }) => begins <= now)
    const percent = this.percent(now)
    return {
      status,
      statusCode: status,
      ...(status === 'running' && percent !== undefined ? { percent } : {}),
      ...(started ? { startedAt: new Date(started.begins).toISOString() } : {}),
    }
  }
}
