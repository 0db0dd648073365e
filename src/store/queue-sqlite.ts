import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { systemTimer } from '../clock.ts'
import {
  SHUTDOWN_MS,
  QUEUES,
  type Handlers,
  type Queue,
  type QueueName,
  type Send,
} from './queue.ts'
import type { Tables } from './tables.ts'

const AT_ONCE = 8

/** A longer nap would not notice that the clock was set or that the machine slept. */
const LONGEST_NAP_MS = 30_000

/** After the database itself failed, so that a full disk does not become a busy loop. */
const TROUBLE_MS = 1_000

type Work = { queue: QueueName; key: string }

/** What a run answers for: the rows of its key up to `stamp` that were due at `cutoff`. */
type Taken = Work & { stamp: number; cutoff: string; attempts: number }

/**
 * The queue of a single process: the table `due` and one timer. Nothing is claimed, because nobody
 * else is there; a row goes away after the run that covers it, so kill -9 loses nothing.
 */
export class SqliteQueue implements Queue {
  readonly #db: Kysely<Tables>
  readonly #log: Logger
  readonly #timer: typeof systemTimer
  readonly #running = new Map<string, { work: Work; done: Promise<void> }>()
  #handlers: Handlers | undefined
  #endNap = (): void => {}
  #looking: Promise<void> | undefined
  #lookAgain = false
  #stopped = false

  constructor(db: Kysely<Tables>, log: Logger, timer = systemTimer) {
    this.#db = db
    this.#log = log
    this.#timer = timer
  }

  async send(trx: Kysely<Tables>, { queue, key, at }: Send): Promise<void> {
    const now = this.#now()
    await addDue(trx, { queue, key }, { at: at?.toISOString() ?? now, now, alarm: 0 })
  }

  async work(handlers: Handlers): Promise<void> {
    this.#handlers = handlers
    this.wake()
  }

  wake(): void {
    if (this.#handlers === undefined || this.#stopped) return
    this.#lookAgain = true
    this.#looking ??= this.#look(this.#handlers)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#endNap()
    await this.#looking
    const patience = new AbortController()
    const runs = [...this.#running.values()].map((run) => run.done)
    await Promise.race([
      Promise.all(runs),
      sleep(SHUTDOWN_MS, undefined, { signal: patience.signal }).catch(() => {}),
    ])
    patience.abort()
  }

  async #look(handlers: Handlers): Promise<void> {
    try {
      while (this.#lookAgain) {
        this.#lookAgain = false
        await this.#startWhatIsDue(handlers)
      }
    } catch (err) {
      this.#log.error({ err }, 'queue read failed')
      this.#napFor(TROUBLE_MS)
    } finally {
      this.#looking = undefined
    }
  }

  async #startWhatIsDue(handlers: Handlers): Promise<void> {
    const now = new Date(this.#timer.now())
    await setBack(this.#db, now)
    const running = [...this.#running.values()].map((run) => run.work)
    const due = await dueKeys(this.#db, now.toISOString(), running)
    const next = await nextTime(this.#db, now.toISOString())
    if (this.#stopped) return
    for (const work of due.slice(0, AT_ONCE - running.length)) {
      const name = `${work.queue} ${work.key}`
      const done = this.#run(handlers, work).finally(() => {
        this.#running.delete(name)
        this.wake()
      })
      this.#running.set(name, { work, done })
    }
    this.#napFor(next === undefined ? LONGEST_NAP_MS : Date.parse(next) - now.getTime())
  }

  #napFor(milliseconds: number): void {
    this.#endNap()
    if (this.#stopped) return
    this.#endNap = this.#timer.after(Math.min(milliseconds, LONGEST_NAP_MS), () => this.wake())
  }

  #now(): string {
    return new Date(this.#timer.now()).toISOString()
  }

  async #run(handlers: Handlers, work: Work): Promise<void> {
    // SQLite never waits for anything: without this, a thousand runs would be one long standstill.
    await new Promise<void>((resolve) => this.#timer.after(0, resolve))
    try {
      const taken = await take(this.#db, work, this.#now())
      try {
        const wait = await handlers[work.queue](work.key)
        await finish(this.#db, taken, wait, new Date(this.#timer.now()))
      } catch (err) {
        this.#log.warn({ err, ...work, attempts: taken.attempts + 1 }, 'work failed, retrying')
        await putBack(this.#db, taken, new Date(this.#timer.now()))
      }
    } catch (err) {
      this.#log.error({ err, ...work }, 'queue write failed')
      await new Promise<void>((resolve) => this.#timer.after(TROUBLE_MS, resolve))
    }
  }
}

/** Milliseconds to wait after a run that failed, when `attempts` had failed before it. */
function backoff(attempts: number): number {
  return Math.min(60, 2 ** attempts) * 1_000
}

type When = { at: string; now: string; alarm: 0 | 1 }

async function addDue(db: Kysely<Tables>, work: Work, { at, now, alarm }: When): Promise<void> {
  const last = await db
    .selectFrom('due')
    .select((e) => e.fn.max('stamp').as('stamp'))
    .where((e) => e.and(work))
    .executeTakeFirst()
  const stamp = (last?.stamp ?? 0) + 1
  await db
    .insertInto('due')
    .values({ ...work, stamp, run_at: at, sent_at: now, attempts: 0, alarm })
    .execute()
}

/** Work that was sent while the clock was ahead keeps its wait, counted from now. */
async function setBack(db: Kysely<Tables>, now: Date): Promise<void> {
  const ahead = await db
    .selectFrom('due')
    .select(['queue', 'key', 'stamp', 'run_at', 'sent_at'])
    .where('sent_at', '>', new Date(now.getTime() + 1_000).toISOString())
    .execute()
  for (const { queue, key, stamp, run_at, sent_at } of ahead) {
    const wait = Math.max(0, Date.parse(run_at) - Date.parse(sent_at))
    await db
      .updateTable('due')
      .set({
        run_at: new Date(now.getTime() + wait).toISOString(),
        sent_at: now.toISOString(),
      })
      .where((e) => e.and({ queue, key, stamp }))
      .execute()
  }
}

/** The keys that are due and not among `running`, the longest due first. */
async function dueKeys(db: Kysely<Tables>, now: string, running: Work[]): Promise<Work[]> {
  let query = db.selectFrom('due').select(['queue', 'key']).where('run_at', '<=', now)
  for (const work of running) query = query.where((e) => e.not(e.and(work)))
  const rows = await query.orderBy('run_at').limit(100).execute()
  const keys = new Map<string, Work>()
  for (const { queue, key } of rows) {
    const known = QUEUES.find((name) => name === queue)
    if (known !== undefined) keys.set(`${queue} ${key}`, { queue: known, key })
  }
  return [...keys.values()]
}

async function nextTime(db: Kysely<Tables>, now: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('due')
    .select('run_at')
    .where('run_at', '>', now)
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst()
  return row?.run_at
}

async function take(db: Kysely<Tables>, work: Work, cutoff: string): Promise<Taken> {
  const { stamp, attempts } = await db
    .selectFrom('due')
    .select((e) => [e.fn.max('stamp').as('stamp'), e.fn.max('attempts').as('attempts')])
    .where((e) => e.and(work))
    .where('run_at', '<=', cutoff)
    .executeTakeFirstOrThrow()
  return { ...work, stamp, attempts, cutoff }
}

async function finish(
  db: Kysely<Tables>,
  taken: Taken,
  wait: number | void,
  now: Date,
): Promise<void> {
  const { queue, key, stamp, cutoff } = taken
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('due')
      .where((e) => e.and({ queue, key }))
      .where('stamp', '<=', stamp)
      .where('run_at', '<=', cutoff)
      .execute()
    if (wait === undefined) return
    await trx
      .deleteFrom('due')
      .where((e) => e.and({ queue, key, alarm: 1 }))
      .execute()
    const at = new Date(now.getTime() + wait).toISOString()
    await addDue(trx, { queue, key }, { at, now: now.toISOString(), alarm: 1 })
  })
}

async function putBack(db: Kysely<Tables>, taken: Taken, now: Date): Promise<void> {
  const { queue, key, stamp, cutoff, attempts } = taken
  const at = new Date(now.getTime() + backoff(attempts)).toISOString()
  await db
    .updateTable('due')
    .set({ run_at: at, sent_at: now.toISOString(), attempts: attempts + 1 })
    .where((e) => e.and({ queue, key }))
    .where('stamp', '<=', stamp)
    .where('run_at', '<=', cutoff)
    .execute()
}
