import type { Random } from '../chaos/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from './scheduler.ts'
import type { Trace } from './trace.ts'

/** How often each thing goes wrong, where it can: a probability. */
const RATES = {
  /** At an await of a bot. */
  pause: 0.004,
  crash: 0.002,
  freeze: 0.002,
  setClock: 0.002,
  /** At a call. */
  slowDatabase: 0.15,
  lostDatabase: 0.01,
  slowDts: 0.25,
  errorOfDts: 0.08,
  lostDts: 0.08,
  slowSlack: 0.15,
  errorOfSlack: 0.05,
  lostSlack: 0.04,
  /** At something that people do. */
  duplicate: 0.25,
  late: 0.25,
  lostAck: 0.05,
  /** At a job or a message that people see. */
  console: 0.2,
  deletedCard: 0.02,
  archived: 0.01,
} as const

export type Fault = keyof typeof RATES

/** What goes wrong, and how often it did. Each seed has its own taste, and some faults not at all. */
export class Chaos {
  readonly counts: Record<string, number> = {}
  calm = false
  readonly #random: Random
  readonly #trace: Trace
  readonly #rates = new Map<Fault, number>()

  constructor(random: Random, trace: Trace) {
    this.#random = random
    this.#trace = trace
    for (const [fault, rate] of Object.entries(RATES)) {
      const taste = random.pick([0, 0.3, 1, 1, 2, 4] as const)
      this.#rates.set(fault as Fault, Math.min(0.6, rate * taste))
    }
  }

  strikes(fault: Fault, where = ''): boolean {
    if (this.calm || !this.#random.chance(this.#rates.get(fault) ?? 0)) return false
    this.counts[fault] = (this.counts[fault] ?? 0) + 1
    this.#trace.say(`! ${fault} ${where}`)
    return true
  }

  /** How long something lasts: mostly what takeovers and deadlines are about, at times for days. */
  span(): number {
    const [from, to] = this.#random.pick([
      [100, 5 * SECOND],
      [5 * SECOND, 30 * SECOND],
      [30 * SECOND, 5 * MINUTE],
      [30 * SECOND, 5 * MINUTE],
      [5 * MINUTE, 15 * MINUTE],
      [15 * MINUTE, 3 * HOUR],
      [3 * HOUR, 4 * DAY],
    ] as const)
    return this.#random.between(from, to)
  }
}
