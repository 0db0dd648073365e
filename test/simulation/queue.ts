import type { Handlers, Queue, QueueName, Send } from '../../src/store/queue.ts'
import type { Database } from './database.ts'
import type { Machine, Surroundings } from './machine.ts'
import { SECOND } from './scheduler.ts'

type Work = { queue: QueueName; key: string }
type Worker = { machine: Machine; life: number; handlers: Handlers; running: number }
type Claim = { worker: Worker; overlap?: Overlap }

/** While a bot that lost its work to another one may still be doing it. */
export type Overlap = Work & { from: number; until: number; life: number; machine: Machine }
type Taken = Work & { stamp: number; attempts: number; cutoff: number }

const AT_ONCE = 8
/** A holder that nobody hears from loses its work after this, also when it is only paused. */
const TAKEN_OVER = [15 * SECOND, 20 * SECOND] as const
/** And one that takes too long after this, although it is alive. */
const EXPIRES: Record<QueueName, number> = {
  send: 40 * SECOND,
  expire: 60 * SECOND,
  watch: 60 * SECOND,
  publish: 60 * SECOND,
}

/**
 * A queue for any number of bots with the contract of src/store/queue.ts, kept in the table `work`
 * beside the rows. Who works on what is remembered by the database, which counts time by its own
 * clock.
 */
export class SharedQueue {
  readonly #database: Database
  readonly #around: Surroundings
  readonly #workers = new Set<Worker>()
  readonly #claims = new Map<string, Claim>()
  readonly overlaps: Overlap[] = []
  #pollAt = Infinity
  #sent = 0

  constructor(database: Database, around: Surroundings) {
    this.#database = database
    this.#around = around
  }

  /** The part of a bot in one of its lives. */
  of(machine: Machine): Queue {
    const { life } = machine
    return {
      send: async (_, { queue, key, at }: Send) => {
        const wait = at ? Math.max(0, at.getTime() - machine.clock.now()) : 0
        this.#add({ queue, key }, this.#around.time.now + wait, 0)
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
    const due = this.#all(
      'select queue, key from work where run_at <= ? group by queue, key order by min(run_at), min(number)',
      now,
    ) as Work[]
    let started = false
    for (const work of due) {
      if (this.#claims.has(nameOf(work))) continue
      const worker = this.#free()
      if (!worker) break
      started = true
      void this.#run(worker, { queue: work.queue, key: work.key })
    }
    const [next] = this.#all('select min(run_at) as at from work where run_at > ?', now)
    const at = (next as { at: number | null } | undefined)?.at
    if (at) this.#pollBy(Math.ceil(at))
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
      const next = await handlers[work.queue](work.key)
      const wait = next && Math.max(0, next.getTime() - machine.clock.now())
      await this.#database.ask(machine, () => this.#finish(taken, wait))
    } catch (error) {
      await this.#database.ask(machine, () => this.#putBack(taken))
      throw error
    }
  }

  #take(work: Work): Taken {
    const cutoff = this.#around.time.now
    const [row] = this.#all(
      'select max(stamp) as stamp, max(attempts) as attempts from work' +
        ' where queue = ? and key = ? and run_at <= ?',
      work.queue,
      work.key,
      cutoff,
    )
    const { stamp, attempts } = row as { stamp: number | null; attempts: number | null }
    return { ...work, stamp: stamp ?? 0, attempts: attempts ?? 0, cutoff }
  }

  #finish({ queue, key, stamp, cutoff }: Taken, wait: number | void): void {
    const { time } = this.#around
    this.#all(
      'delete from work where queue = ? and key = ? and stamp <= ? and run_at <= ?',
      queue,
      key,
      stamp,
      cutoff,
    )
    if (wait === undefined) return
    this.#all('delete from work where queue = ? and key = ? and alarm = 1', queue, key)
    this.#add({ queue, key }, time.now + wait, 1)
  }

  #putBack({ queue, key, stamp, cutoff, attempts }: Taken): void {
    const wait = Math.min(60, 2 ** attempts) * SECOND
    this.#all(
      'update work set run_at = ?, attempts = ? where queue = ? and key = ? and stamp <= ? and run_at <= ?',
      this.#around.time.now + wait,
      attempts + 1,
      queue,
      key,
      stamp,
      cutoff,
    )
    this.#pollBy(this.#around.time.now + wait)
  }

  #add({ queue, key }: Work, at: number, alarm: 0 | 1): void {
    this.#all(
      'insert into work select ?1, ?2, coalesce(max(stamp), 0) + 1, ?3, 0, ?4, ?5 from work' +
        ' where queue = ?1 and key = ?2',
      queue,
      key,
      at,
      alarm,
      // Keys are random, so they must not decide what comes first.
      this.#sent++,
    )
    this.#pollBy(Math.ceil(at))
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

  #all(sql: string, ...values: (string | number)[]): unknown[] {
    return this.#database.prepare(sql).all(...values)
  }
}

function nameOf({ queue, key }: Work): string {
  return `${queue} ${key}`
}
