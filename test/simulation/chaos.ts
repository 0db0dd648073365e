import type { Random } from '../chaos/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from './scheduler.ts'
import type { Trace } from './trace.ts'

/** How often each thing goes wrong, where it can: a probability. */
const RATES = {
  /** At an await of a bot. */
  pause: 0.02,
  crash: 0.003,
  freeze: 0.004,
  setClock: 0.003,
  /** At a call. `slow`: on the way there, and once more on the way back. */
  slowDatabase: 0.3,
  lostDatabase: 0.02,
  slowDts: 0.25,
  errorOfDts: 0.1,
  lostDts: 0.16,
  slowSlack: 0.2,
  errorOfSlack: 0.06,
  lostSlack: 0.06,
  /** At something that people do. */
  duplicate: 0.3,
  late: 0.25,
  lostAck: 0.08,
  /** Minutes before calm, which begins with setting it right. */
  clockAhead: 0.25,
  /** At an approval that people saw taken: all bots go down. */
  outage: 0.06,
  /** At a job or a message that people see. */
  console: 0.35,
  deletedCard: 0.02,
  archived: 0.005,
} as const

export type Fault = keyof typeof RATES
const INTERRUPTIONS = ['crash', 'pause', 'freeze', 'setClock'] as const

/** What goes wrong, and how often it did. Each seed has its own taste, and some faults not at all. */
export class Chaos {
  readonly counts: Record<string, number> = {}
  calm = false
  readonly #random: Random
  readonly #trace: Trace
  readonly #rates = new Map<Fault, number>()
  /** Of all that may happen to a bot at an await. */
  readonly #interrupted: number

  constructor(random: Random, trace: Trace) {
    this.#random = random
    this.#trace = trace
    for (const [fault, rate] of Object.entries(RATES)) {
      const taste = random.pick([0, 0.3, 1, 1, 2, 4] as const)
      this.#rates.set(fault as Fault, Math.min(0.6, rate * taste))
    }
    if (this.#rates.get('setClock') === 0) this.#rates.set('clockAhead', 0)
    this.#interrupted = INTERRUPTIONS.reduce((all, one) => all + (this.#rates.get(one) ?? 0), 0)
  }

  strikes(fault: Fault, where = ''): boolean {
    if (!this.looms(fault)) return false
    this.struck(fault, where)
    return true
  }

  /** What happens to a bot at an await, if something does. */
  interruption(): (typeof INTERRUPTIONS)[number] | undefined {
    let left = this.#interrupted
    if (this.calm || !this.#random.chance(left)) return undefined
    return INTERRUPTIONS.find((one) => {
      const rate = this.#rates.get(one) ?? 0
      const is = this.#random.chance(rate / left)
      left -= rate
      return is
    })
  }

  /** Whether something goes wrong later on, if there is something left then to go wrong. */
  looms(fault: Fault): boolean {
    return !this.calm && this.#random.chance(this.#rates.get(fault) ?? 0)
  }

  /** Only what makes a difference to somebody is counted. */
  struck(fault: Fault, where = ''): void {
    this.counts[fault] = (this.counts[fault] ?? 0) + 1
    this.#trace.say(`! ${fault} ${where}`)
  }

  /** How long something lasts: mostly less than takeovers and deadlines, at times days. */
  span(): number {
    const random = this.#random
    const [from, to] = random.pick(SPANS)
    return random.chance(0.02) ? random.between(HOUR, 2 * DAY) : random.between(from, to)
  }
}

const SPANS = [
  [100, 2 * SECOND],
  [100, 2 * SECOND],
  [100, 5 * SECOND],
  [SECOND, 10 * SECOND],
  [SECOND, 15 * SECOND],
  [5 * SECOND, 30 * SECOND],
  [10 * SECOND, 2 * MINUTE],
  [10 * SECOND, 2 * MINUTE],
  [30 * SECOND, 5 * MINUTE],
  [MINUTE, 15 * MINUTE],
  [10 * MINUTE, 40 * MINUTE],
] as const
