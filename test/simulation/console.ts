import type { SimulatedDts } from './dts.ts'
import { SIMULATED, type SimulatedJob, type SimulatedOperation } from './job.ts'
import type { Surroundings } from './machine.ts'
import { HOUR, MINUTE } from './scheduler.ts'

type Meddling = SimulatedOperation | 'change' | 'reset' | 'delete' | 'time'
type Later = (within: number, then: () => void) => void

/** Where people change jobs behind the bot's back. */
export class Console {
  readonly #around: Surroundings
  readonly #dts: SimulatedDts
  readonly #later: Later

  constructor(around: Surroundings, dts: SimulatedDts, later: Later) {
    this.#around = around
    this.#dts = dts
    this.#later = later
  }

  /** Somebody who reads that the outcome is unknown goes to see, and may not only look. */
  goAndSee(text: string): void {
    const { random } = this.#around
    const job = this.#dts.jobs.get(/dts-\d+/.exec(text)?.[0] ?? '')
    if (!job) return
    this.#later(5 * MINUTE, () => {
      const isTimed = this.#mayDo(job).includes('time')
      if (!isTimed || random.chance(0.3)) return this.meddle(job)
      if (random.chance(0.7)) this.#setTime(job, undefined)
    })
  }

  meddle(job: SimulatedJob): void {
    const { random, time, chaos } = this.#around
    const { now } = time
    const [first, ...rest] = this.#mayDo(job)
    if (!first || !chaos.looms('console')) return
    const what = random.pick([first, ...rest])
    if (what !== 'time') chaos.struck('console', `${what} ${job.id}, which is ${job.status(now)}`)
    switch (what) {
      case 'change':
        this.#dts.change(job)
        break
      case 'reset':
        job.reset(now)
        break
      case 'delete':
        job.delete(now)
        break
      case 'time':
        this.#setTime(job, random.chance(0.5) ? undefined : now + random.between(MINUTE, 8 * HOUR))
        break
      default:
        job.take(what, now, 'console')
    }
    if (random.chance(0.5)) this.#later(2 * HOUR, () => this.meddle(job))
  }

  #setTime(job: SimulatedJob, expectedAt: number | undefined): void {
    const { time, chaos } = this.#around
    chaos.struck('console', `${job.id} is to run ${expectedAt ? 'at another time' : 'at once'}`)
    job.setTime(expectedAt, time.now)
    this.#dts.change(job)
  }

  /** What the console allows. */
  #mayDo(job: SimulatedJob): Meddling[] {
    const { now } = this.#around.time
    const operations = SIMULATED.filter((one) => job.allows(one, now))
    const isIdle = ['checkPass', 'success', 'failed', 'canceled'].includes(job.status(now))
    if (!isIdle || job.isDeleted) return operations
    const isTimed = job.expectedAt !== undefined
    return [
      ...operations,
      'change',
      'change',
      'reset',
      'delete',
      ...(isTimed ? (['time', 'time'] as const) : []),
    ]
  }
}
