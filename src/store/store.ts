import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { JobAddress } from '../dts/job.ts'
import type { Event, News } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import type { Engine } from './engine.ts'
import * as events from './events.ts'
import type { Entry } from './events.ts'
import { type Handlers, SHUTDOWN_MS, type Send } from './queue.ts'
import * as rows from './rows.ts'
import type { Card, Inserted, Marked, Row } from './rows.ts'
import type { Tables } from './tables.ts'

export type { Entry } from './events.ts'
export { type Handlers, type QueueName, RUN_MS, type Send } from './queue.ts'
export type { Card, Marked, Row } from './rows.ts'
export { StoreError } from './store-error.ts'

/** Where to remember: PostgreSQL at `databaseUrl`, or else a SQLite file in `dataDir`. */
export type StoreOptions = { databaseUrl: string | undefined; dataDir: string; log: Logger }

/** Times given to and taken from the store are ISO 8601 in UTC. */
export type Store = {
  /**
   * Runs `work` in one transaction, then wakes the queue; a throw rolls everything back. `work` may
   * run again after a deadlock, so it only touches its `tx`. Never await the store itself in it: on
   * SQLite that waits for the transaction to end.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  row(id: string): Promise<Row | undefined>
  /** The live migration of the job. */
  liveByJob(job: JobAddress): Promise<Row | undefined>
  /** In any region: the live migration of the job, or else the one begun last. */
  latestByJob(account: string, jobId: string): Promise<Row | undefined>
  /** Those that have not ended, the oldest first. */
  live(): Promise<Row[]>
  /** Those that the watcher must look at, the oldest first; with `since`, those saved from then on. */
  watched(since?: string): Promise<Marked[]>
  /** Without those that cannot be read, which are logged. */
  rows(ids: readonly string[]): Promise<Row[]>
  /** What the thread has not said yet, in order. */
  undelivered(id: string): Promise<Entry[]>
  /** Somebody begins to post an entry; undefined: Slack certainly did not take it. */
  posting(id: string, seq: number, since: string | undefined): Promise<void>
  delivered(id: string, seq: number, at: string): Promise<void>
  /** Not where more cards were posted than whoever saves knows of. */
  saveCard(id: string, card: Card): Promise<void>
  /** Saves a card that was just posted; false: another one was posted meanwhile, and that one stays. */
  savePosted(id: string, card: Card): Promise<boolean>
  /**
   * Somebody begins to edit the card at `now`: until `drawn`, nobody knows what it shows. An edit that
   * has not arrived at `until` never will.
   */
  drawing(id: string, now: string, until: string): Promise<void>
  /** What it shows now. Where another one drew or draws meanwhile, nobody knows. */
  drawn(id: string, hash: string): Promise<void>
  /** Begins to run what is due. */
  work(handlers: Handlers): Promise<void>
  /** Takes no more work, waits for the work in hand (at most 5 s), and closes. */
  close(): Promise<void>
}

/** What can be done within one transaction. */
export type Tx = {
  /**
   * Inserts a new migration. Otherwise says that this very form was already taken (`same`), or who
   * holds the job.
   */
  insert(m: Migration, origin: string, at: string): Promise<Inserted>
  /** Reads a migration that nobody else changes until the transaction ends. */
  lock(id: string): Promise<Row | undefined>
  save(m: Migration, at: string): Promise<void>
  /** Adds to the history of a migration that is locked or new. */
  append(after: Migration, at: string, event: Event, news: News | undefined): Promise<void>
  send(work: Send): Promise<void>
}

/** Opens the store and brings its schema up to date. Throws StoreError. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return storeOn(await openEngine(options), options.log)
}

/** The store on an engine whose schema is up to date. */
export function storeOn(engine: Engine, log: Logger): Store {
  const { db, queue } = engine
  let closing: Promise<void> | undefined
  return {
    transact: (work) => transact(engine, work),
    row: (id) => rows.rowById(db, id, false),
    liveByJob: (job) => rows.liveByJob(db, job),
    latestByJob: (account, jobId) => rows.latestByJob(db, account, jobId),
    live: () => rows.liveRows(db, log),
    watched: (since) => rows.watchedRows(db, since),
    rows: (ids) => rows.rowsById(db, ids, log),
    undelivered: (id) => events.undelivered(db, id),
    posting: (id, seq, since) => events.markEntry(db, id, seq, { posting_since: since ?? null }),
    delivered: (id, seq, at) =>
      events.markEntry(db, id, seq, { posting_since: null, delivered_at: at }),
    saveCard: async (id, card) => void (await rows.saveCard(db, id, card)),
    savePosted: (id, card) => rows.saveCard(db, id, card, card.number - 1),
    drawing: (id, now, until) => rows.markDrawing(db, id, now, until),
    drawn: (id, hash) => rows.markDrawn(db, id, hash),
    work: (handlers) => queue.work(handlers),
    close() {
      closing ??= close(engine)
      return closing
    },
  }
}

/** What is not used is not loaded. */
async function openEngine({ databaseUrl, dataDir, log }: StoreOptions): Promise<Engine> {
  if (databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres(databaseUrl, log)
  }
  const { openSqlite } = await import('./sqlite.ts')
  return openSqlite(dataDir, log)
}

/** A database that does not answer keeps nobody from ending: what is open there rolls back by itself. */
async function close(engine: Engine): Promise<void> {
  const patience = new AbortController()
  const { signal } = patience
  await Promise.race([closeEngine(engine), sleep(SHUTDOWN_MS + CLOSE_MS, undefined, { signal })])
  patience.abort()
}

/** Milliseconds to close what is at rest. */
const CLOSE_MS = 1_000

async function closeEngine({ db, queue }: Engine): Promise<void> {
  try {
    await queue.stop()
  } finally {
    await db.destroy()
  }
}

const TRIES = 5

async function transact<T>(engine: Engine, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      const result = await engine.db.transaction().execute((trx) => work(txOf(engine, trx)))
      engine.queue.wake()
      return result
    } catch (error) {
      if (tries === TRIES || !engine.deservesRetry(error)) throw error
    }
  }
}

function txOf({ queue, locksRows }: Engine, trx: Kysely<Tables>): Tx {
  return {
    insert: (m, origin, at) => rows.insertMigration(trx, m, origin, at),
    lock: (id) => rows.rowById(trx, id, locksRows),
    save: (m, at) => rows.saveMigration(trx, m, at),
    append: (after, at, event, news) => events.appendEvent(trx, after, at, event, news),
    send: (work) => queue.send(trx, work),
  }
}
