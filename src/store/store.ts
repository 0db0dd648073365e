import { sql, type Kysely } from 'kysely'
import type { Happening, Migration, State } from '../migration.ts'
import type { Engine } from './engine.ts'
import type { Log } from './log.ts'
import { openPostgres } from './postgres.ts'
import type { Handlers, Send } from './queue.ts'
import * as records from './records.ts'
import type { Card, Entry, Inserted, Row } from './records.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

export type { Handlers, QueueName, Send } from './queue.ts'
export type { Card, Entry, Row } from './records.ts'
export { StoreError } from './store-error.ts'

/** Where to remember: PostgreSQL at `databaseUrl`, or else a SQLite file in `dataDir`. */
export type StoreOptions = { databaseUrl: string | undefined; dataDir: string; log: Log }

/** Times given to and taken from the store are ISO 8601 in UTC. */
export type Store = {
  /**
   * Runs `work` in one transaction, then wakes the queue; a throw rolls everything back. `work` may
   * run again after a deadlock, so it only touches its `tx`. Never await the store itself in it: on
   * SQLite that waits for the transaction to end.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  row(id: string): Promise<Row | undefined>
  liveByJob(jobId: string): Promise<Row | undefined>
  /** The live migration of the job, or else the one asked for last. */
  latestByJob(jobId: string): Promise<Row | undefined>
  /** Those that the watcher must look at, the oldest first. */
  watched(): Promise<Row[]>
  history(id: string): Promise<Entry[]>
  /** What was not yet said in the thread, in order. */
  unsaid(id: string): Promise<Entry[]>
  saying(id: string, seq: number, since: string): Promise<void>
  notSaid(id: string, seq: number): Promise<void>
  /** `ts` is Slack's id of the message that said it, if one did. */
  said(id: string, seq: number, at: string, ts: string | undefined): Promise<void>
  cardShown(id: string, card: Card): Promise<void>
  /** Begins to run what is due. */
  work(handlers: Handlers): Promise<void>
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  /** Takes no more work, waits for the work in hand (at most 5 s), and closes. */
  close(): Promise<void>
}

/** What can be done within one transaction. */
export type Tx = {
  /**
   * Inserts a new migration with its first happening, `asked`. Otherwise says that this very form
   * was already taken (`same`), or who holds the job.
   */
  insert(m: Migration, askKey: string, at: string): Promise<Inserted>
  /** Reads a migration that nobody else changes until the transaction ends. */
  lock(id: string): Promise<Row | undefined>
  save(m: Migration, at: string): Promise<void>
  /** Adds to the history of a migration that is locked. */
  append(id: string, at: string, happening: Happening, state: State): Promise<void>
  send(work: Send): Promise<void>
}

/** Opens the store and brings its schema up to date. Throws StoreError. */
export async function openStore({ databaseUrl, dataDir, log }: StoreOptions): Promise<Store> {
  const engine =
    databaseUrl === undefined
      ? await openSqlite(dataDir, log)
      : await openPostgres(databaseUrl, log)
  const { db, queue } = engine
  let closing: Promise<void> | undefined
  return {
    transact: (work) => transact(engine, work),
    row: (id) => records.rowById(db, id, false),
    liveByJob: (jobId) => records.liveByJob(db, jobId),
    latestByJob: (jobId) => records.latestByJob(db, jobId),
    watched: () => records.watchedRows(db),
    history: (id) => records.entries(db, id, 'all'),
    unsaid: (id) => records.entries(db, id, 'unsaid'),
    saying: (id, seq, since) => records.markEntry(db, id, seq, { saying_since: since }),
    notSaid: (id, seq) => records.markEntry(db, id, seq, { saying_since: null }),
    said: (id, seq, at, ts) =>
      records.markEntry(db, id, seq, { said_at: at, said_ts: ts ?? null, saying_since: null }),
    cardShown: (id, card) => records.saveCard(db, id, card),
    work: (handlers) => queue.work(handlers),
    ping: async () => {
      await sql`select 1`.execute(db)
    },
    close() {
      closing ??= close(engine)
      return closing
    },
  }
}

async function close({ db, queue }: Engine): Promise<void> {
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
    async insert(m, askKey, at) {
      const outcome = await records.insertMigration(trx, m, askKey, at)
      if ('inserted' in outcome) {
        await records.appendHappening(trx, m.id, at, { type: 'asked' }, m.state)
      }
      return outcome
    },
    lock: (id) => records.rowById(trx, id, locksRows),
    save: (m, at) => records.saveMigration(trx, m, at),
    append: (id, at, happening, state) => records.appendHappening(trx, id, at, happening, state),
    send: (work) => queue.send(trx, work),
  }
}
