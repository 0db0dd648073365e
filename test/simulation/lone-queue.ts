import { SqliteQueue } from '../../src/store/queue-sqlite.ts'
import type { Handlers, Queue } from '../../src/store/queue.ts'
import type { Timer } from '../../src/clock.ts'
import { log } from './bot.ts'
import type { Database } from './database.ts'
import type { Machine, Surroundings } from './machine.ts'
import { SECOND } from './scheduler.ts'

/** How often the queue looks whether its clock was set. */
const NAP = 30 * SECOND

/** The real queue of the only process on SQLite, in one life of its machine. */
export function loneQueue(machine: Machine, database: Database, around: Surroundings): Queue {
  const timer = timerOf(machine, database, around)
  const queue = new SqliteQueue(database.kysely, log, timer)
  return {
    send: (trx, work) => queue.send(trx, work),
    wake: () => queue.wake(),
    work: (handlers) => queue.work(interrupted(handlers, machine, database)),
    stop: () => queue.stop(),
  }
}

/** The machine may stop between taking the work and doing it, and before the work is put away. */
function interrupted(handlers: Handlers, machine: Machine, database: Database): Handlers {
  const around =
    (work: (key: string) => Promise<number | void>) =>
    async (key: string): Promise<number | void> => {
      await database.ask(machine, () => {})
      const next = await work(key)
      await database.ask(machine, () => {})
      return next
    }
  const { send, expire, watch, compare, publish } = handlers
  return {
    send: around(send),
    expire: around(expire),
    watch: around(watch),
    compare: around(compare),
    publish: around(publish),
  }
}

/** Rings by the time of the machine. Naps in which nothing can happen are one long nap. */
function timerOf(machine: Machine, database: Database, { time, random }: Surroundings): Timer {
  const { life } = machine
  return {
    now: machine.clock.now,
    after(milliseconds, ring) {
      let isOver = false
      const rings = (): boolean => {
        if (isOver || machine.life !== life) return false
        isOver = true
        void machine.runs(life).then(ring)
        return true
      }
      const left = database.firstDue() - machine.clock.now() - milliseconds
      const more = milliseconds < NAP || left < 0 ? 0 : Math.floor(left / NAP) * NAP
      if (more < Infinity) time.after(milliseconds + more, rings)
      machine.whenSet = () => time.after(random.between(0, NAP), rings)
      return () => {
        isOver = true
      }
    },
  }
}
