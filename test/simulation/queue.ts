import type { Handlers, Queue, QueueName, Send } from '../../src/store/queue.ts'
import type { Database } from './database.ts'
import type { Machine, Surroundings } from './machine.ts'
import { SECOND } from './scheduler.ts'

type Work = { queue: QueueName; key: string }
type Worker = { machine: Machine; life: number; handlers: Handlers; running: number }
type Claim = { worker: Worker; overlap?: Overlap }

/** While a bot that lost its work to another one may still be doing it. */
export type Overlap = Work & { from: number; until: number; life: number; machine: Machine }
type Row = { stamp: number; runAt: number; attempts: number; alarm: boolean }
type Waiting = Work & { rows: Row[] }
type Taken = Work & { stamp: number; attempts: number; cutoff: number }

const AT_ONCE = 8
/** A holder that nobody hears from loses its work after this, also when it is only paused. */
const TAKEN_OVER = [15 * SECOND, 20 * SECOND] as const
/** And one that takes too long after this, although it is alive. */
const EXPIRES: Record<QueueName, number> = {
  send: 40 * SECOND,
  expire: 60 * SECOND,
  watch: 60 * SECOND,
  compare: 60 * SECOND,
  publish: 60 * SECOND,
}

/**
 * A queue for any number of bots with the contract of src/store/queue.ts. What waits and who works on
 * what is remembered by the database, which counts time by its own clock.
 */
export class SharedQueue {
  readonly #database: Database
  readonly #around: Surroundings
  readonly #workers = new Set<Worker>()
  readonly #claims = new Map<string, Claim>()
  /** The first that was sent comes first: keys are random, so they must not decide. */
  readonly #waiting = new Map<string, Waiting>()
  readonly overlaps: Overlap[] = []
  #pollAt = Infinity

  constructor(database: Database, around: Surroundings) {
    this.#database = database
    this.#around = around
  }

  /** The part of a bot in one of its lives. */
  of(machine: Machine): Queue {
    const { life } = machine
    return {
      // At once, not with the commit: nothing that was sent is rolled back here.
      send: async (_, { queue, key, at }: Send) => {
        const wait = at ? Math.max(0, at.getTime() - machine.clock.now()) : 0
        this.#add({ queue, key }, this.#around.time.now + wait, false)
      },
      wake: () => this.poll(),
      work: async (handlers) => {
        this.#workers.add({ machine, life, handlers, running: 0 })
        this.poll()
      },
      stop: async () => {},
    }
  }

  /** Nobody hears from the machine: if that lasts, others do its work. */
  silent(machine: Machine): void {
    const { time, random } = this.#around
    const { life } = machine
    for (const one of this.overlaps) {
      if (one.machine === machine && one.life !== life) one.until = Math.min(one.until, time.now)
    }
    time.after(random.between(...TAKEN_OVER), () => {
      if (machine.life === life && !machine.isSilent) return false
      return this.#release(({ worker }) => {
        return worker.machine === machine && (worker.life !== machine.life || machine.isSilent)
      })
    })
  }

  poll(): void {
    this.#pollBy(this.#around.time.now)
  }

  #pollBy(when: number): void {
    if (when >= this.#pollAt) return
    this.#pollAt = when
    this.#around.time.after(when - this.#around.time.now, () => {
      if (this.#pollAt !== when) return false
      this.#pollAt = Infinity
      return this.#startWhatIsDue()
    })
  }

  #startWhatIsDue(): boolean {
    const { now } = this.#around.time
    let next = Infinity
    const due: { runAt: number; work: Work }[] = []
    for (const { queue, key, rows } of this.#waiting.values()) {
      let first = Infinity
      for (const { runAt } of rows) {
        first = Math.min(first, runAt)
        if (runAt > now) next = Math.min(next, runAt)
      }
      if (first <= now) due.push({ runAt: first, work: { queue, key } })
    }
    if (next < Infinity) this.#pollBy(next)
    let started = false
    for (const { work } of due.toSorted((a, b) => a.runAt - b.runAt)) {
      if (this.#claims.has(nameOf(work))) continue
      const worker = this.#free()
      if (!worker) break
      started = true
      void this.#run(worker, work)
    }
    return started
  }

  #free(): Worker | undefined {
    for (const worker of this.#workers) {
      if (worker.life !== worker.machine.life) this.#workers.delete(worker)
    }
    const free = [...this.#workers].filter(
      ({ machine, running }) => !machine.isSilent && running < AT_ONCE,
    )
    const [first, ...rest] = free
    return first && this.#around.random.pick([first, ...rest])
  }

  async #run(worker: Worker, work: Work): Promise<void> {
    const { time, trace } = this.#around
    const { machine } = worker
    const claim: Claim = { worker }
    this.#claims.set(nameOf(work), claim)
    worker.running++
    time.after(EXPIRES[work.queue], () => this.#release((one) => one === claim))
    try {
      await this.#work(worker, work)
    } catch (error) {
      trace.say(`${machine.name} fails at ${nameOf(work)}: ${String(error)}`)
    }
    worker.running--
    if (claim.overlap) claim.overlap.until = time.now
    if (this.#claims.get(nameOf(work)) === claim) this.#claims.delete(nameOf(work))
    this.poll()
  }

  async #work({ machine, handlers }: Worker, work: Work): Promise<void> {
    const taken = await this.#database.ask(machine, () => this.#take(work))
    try {
      const wait = await handlers[work.queue](work.key)
      await this.#database.ask(machine, () => this.#finish(taken, wait))
    } catch (error) {
      await this.#database.ask(machine, () => this.#putBack(taken))
      throw error
    }
  }

  #take(work: Work): Taken {
    const cutoff = this.#around.time.now
    const due = this.#rowsOf(work).filter(({ runAt }) => runAt <= cutoff)
    const stamp = Math.max(0, ...due.map((row) => row.stamp))
    const attempts = Math.max(0, ...due.map((row) => row.attempts))
    return { ...work, stamp, attempts, cutoff }
  }

  #finish(taken: Taken, wait: number | void): void {
    const name = nameOf(taken)
    const rows = this.#rowsOf(taken).filter((row) => !isCovered(row, taken))
    const left = wait === undefined ? rows : rows.filter(({ alarm }) => !alarm)
    if (left.length > 0) this.#waiting.set(name, { ...taken, rows: left })
    else this.#waiting.delete(name)
    if (wait !== undefined) this.#add(taken, this.#around.time.now + wait, true)
  }

  #putBack(taken: Taken): void {
    const runAt = this.#around.time.now + Math.min(60, 2 ** taken.attempts) * SECOND
    for (const row of this.#rowsOf(taken)) {
      if (isCovered(row, taken)) Object.assign(row, { runAt, attempts: taken.attempts + 1 })
    }
    this.#pollBy(runAt)
  }

  #add({ queue, key }: Work, at: number, alarm: boolean): void {
    const work = { queue, key }
    const rows = this.#rowsOf(work)
    const stamp = 1 + Math.max(0, ...rows.map((row) => row.stamp))
    const runAt = Math.ceil(at)
    const row = { stamp, runAt, attempts: 0, alarm }
    this.#waiting.set(nameOf(work), { ...work, rows: [...rows, row] })
    this.#pollBy(runAt)
  }

  #rowsOf(work: Work): Row[] {
    return this.#waiting.get(nameOf(work))?.rows ?? []
  }

  #release(which: (claim: Claim) => boolean): boolean {
    let released = false
    for (const [name, claim] of this.#claims) {
      if (!which(claim)) continue
      this.#around.trace.say(`${claim.worker.machine.name} loses ${name}`)
      this.#claims.delete(name)
      this.#overlaps(name, claim)
      released = true
    }
    if (released) this.poll()
    return released
  }

  #overlaps(name: string, claim: Claim): void {
    const { machine, life } = claim.worker
    if (machine.life !== life) return
    const [queue, key = ''] = name.split(' ')
    const work = { queue: queue as QueueName, key }
    claim.overlap = { ...work, from: this.#around.time.now, until: Infinity, life, machine }
    this.overlaps.push(claim.overlap)
  }
}

/** Whether the run answers for it. */
function isCovered({ stamp, runAt }: Row, taken: Taken): boolean {
  return stamp <= taken.stamp && runAt <= taken.cutoff
}

function nameOf({ queue, key }: Work): string {
  return `${queue} ${key}`
}
