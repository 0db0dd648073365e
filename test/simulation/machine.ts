import type { Random } from '../chaos/random.ts'
import type { Clock } from '../../src/clock.ts'
import type { Chaos } from './chaos.ts'
import { HOUR, MINUTE, SECOND, type Scheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

export type Surroundings = { time: Scheduler; random: Random; chaos: Chaos; trace: Trace }

/** Told when a machine comes up, and when nobody hears from it any more, or again. */
export type Neighbours = { up(): void; silent(): void; heard(): void }

const NEVER = new Promise<never>(() => {})

/**
 * What a bot runs on. It may be paused at every await, crash there, have wrong clocks, or be cut off
 * from the database. A crash forgets: what waited for an answer in an earlier life waits for ever.
 */
export class Machine {
  readonly name: string
  life = 0
  isUp = false
  isPaused = false
  isCutOff = false
  neighbours: Neighbours | undefined
  /** Called when its clock was set. */
  whenSet: () => void = () => {}
  /** The largest step of its wall clock. */
  mostSet = 0
  readonly clock: Clock
  readonly trueNow: () => number
  readonly #around: Surroundings
  #waiting: (() => void)[] = []
  #cutOff: (() => void)[] = []
  /** Milliseconds by which the wall clock is ahead, and for which the other one stood still. */
  #ahead = 0
  #stoodStill = 0
  #setBackAt = -Infinity
  #wrongUntil = -Infinity
  #runsSince = Infinity
  #pausedAt = 0
  #sleptAt = -Infinity
  #standsStill = false

  constructor(name: string, around: Surroundings) {
    this.name = name
    this.#around = around
    const { time } = around
    this.trueNow = () => time.now
    this.clock = {
      now: () => time.now + this.#ahead,
      monotonic: () => time.now - this.#stoodStill,
    }
  }

  /** How wrong the wall clock is. */
  get ahead(): number {
    return this.#ahead
  }

  /** When the wall clock was wrong last. */
  get lastWrong(): number {
    return this.#ahead === 0 ? this.#wrongUntil : Infinity
  }

  /** Since when nothing has stopped it, and it reaches the database. */
  get runsSince(): number {
    return this.isSilent ? Infinity : this.#runsSince
  }

  get isSilent(): boolean {
    return !this.isUp || this.isPaused || this.isCutOff
  }

  boot(): void {
    if (this.isUp) return
    this.isUp = true
    this.#runsSince = this.#around.time.now
    this.life++
    this.#around.trace.say(`${this.name} up`)
    this.neighbours?.up()
  }

  crash(downFor: number): void {
    if (!this.isUp) return
    this.#around.trace.say(`${this.name} crashes for ${downFor}`)
    this.isUp = false
    this.life++
    this.isPaused = false
    this.#standsStill = false
    this.isCutOff = false
    this.#waiting = []
    this.#cutOff = []
    this.neighbours?.silent()
    this.#around.time.after(downFor, () => this.boot())
  }

  pause(duration: number): void {
    if (!this.isUp || this.isPaused) return
    const { time, random, trace } = this.#around
    const standsStill = random.chance(0.4) && time.now - this.#setBackAt > MINUTE
    trace.say(`${this.name} pauses for ${duration}${standsStill ? ', as does its clock' : ''}`)
    this.isPaused = true
    this.#pausedAt = time.now
    this.#standsStill = standsStill
    const { life } = this
    this.neighbours?.silent()
    time.after(duration, () => {
      if (this.life !== life || !this.isPaused) return false
      this.wake()
      return true
    })
  }

  wake(): void {
    if (!this.isPaused) return
    const { time, trace } = this.#around
    trace.say(`${this.name} wakes`)
    if (this.#standsStill) {
      this.#stoodStill += time.now - this.#pausedAt
      this.#sleptAt = time.now
    }
    this.isPaused = false
    this.#runsSince = time.now
    this.#standsStill = false
    for (const go of this.#waiting.splice(0)) go()
    this.neighbours?.heard()
  }

  cutOff(duration: number): void {
    if (!this.isUp || this.isCutOff) return
    this.#around.trace.say(`${this.name} is cut off from the database for ${duration}`)
    this.isCutOff = true
    const { life } = this
    this.neighbours?.silent()
    this.#around.time.after(duration, () => this.life === life && this.reconnect())
  }

  reconnect(): void {
    if (!this.isCutOff) return
    this.isCutOff = false
    this.#runsSince = this.#around.time.now
    for (const go of this.#cutOff.splice(0)) go()
    this.neighbours?.heard()
  }

  /**
   * Not around a sleep that the monotonic clock does not count: both together hide all time from the
   * machine, and no deadline can see that.
   */
  setClock(ahead: number): boolean {
    const { time, trace } = this.#around
    if (ahead === this.#ahead || !this.#maySetClock()) return false
    trace.say(`${this.name} has its clock ahead by ${ahead}`)
    this.mostSet = Math.max(this.mostSet, Math.abs(ahead - this.#ahead))
    if (ahead < this.#ahead) this.#setBackAt = time.now
    this.#wrongUntil = time.now
    this.#ahead = ahead
    this.whenSet()
    return true
  }

  #maySetClock(): boolean {
    return !this.#standsStill && this.#around.time.now - this.#sleptAt >= MINUTE
  }

  /** Resolves when this life runs: now, when it wakes, or never. Every await of a bot ends here. */
  async runs(life: number): Promise<void> {
    if (life === this.life && !this.isPaused) this.#strike()
    if (life === this.life && this.isPaused) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (life !== this.life) await NEVER
  }

  /** Resolves when the database can be reached. */
  async reaches(life: number): Promise<void> {
    if (life === this.life && this.isCutOff) {
      await new Promise<void>((resolve) => this.#cutOff.push(resolve))
    }
    if (life !== this.life) await NEVER
  }

  #strike(): void {
    const { chaos, random } = this.#around
    const fault = chaos.interruption()
    if (!fault || (fault === 'freeze' && this.isCutOff)) return
    if (fault === 'setClock' && !this.#maySetClock()) return
    chaos.struck(fault, this.name)
    switch (fault) {
      case 'crash':
        return this.crash(chaos.span())
      case 'pause':
        return this.pause(chaos.span())
      case 'freeze':
        return this.cutOff(Math.min(HOUR, chaos.span()))
      case 'setClock': {
        const [from, to] = random.pick(STEPS)
        this.setClock(random.between(from, to) * (random.chance(0.5) ? 1 : -1))
        this.#around.time.after(MINUTE + chaos.span(), () => this.setClock(0))
      }
    }
  }
}

/** DTS refuses what is signed by a clock that is off by more than five minutes. */
const STEPS = [
  [0, 5 * SECOND],
  [SECOND, MINUTE],
  [MINUTE, 5 * MINUTE],
  [MINUTE, 5 * MINUTE],
  [5 * MINUTE, HOUR],
  [HOUR, 20 * HOUR],
] as const
