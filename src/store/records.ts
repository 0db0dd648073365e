import type { Kysely, Selectable } from 'kysely'
import { isWatched, type Happening, type Migration, type State } from '../migration.ts'
import type { Tables } from './tables.ts'

/** A migration as it is stored. `version` grows with each save; `card` is its one message. */
export type Row = { migration: Migration; version: number; card: Card | undefined }

/** `hash` is of what the card shows. */
export type Card = { channel: string; ts: string; hash: string }

/** One line of a migration's history, with the state after it. `seq` counts from 1. */
export type Entry = {
  migrationId: string
  seq: number
  at: string
  happening: Happening
  state: State
  /** When somebody began to say it in the thread, if that did not come to an end yet. */
  sayingSince: string | undefined
  said: boolean
}

type Db = Kysely<Tables>

/** What became of an insert: see `Tx.insert`. */
export type Inserted = { inserted: true } | { same: Row } | { heldBy: Row }

/** Inserts the migration, unless the form was already taken or another one holds the job. */
export async function insertMigration(
  db: Db,
  m: Migration,
  askKey: string,
  at: string,
): Promise<Inserted> {
  // A holder may end between the conflict and the look at it.
  for (let tries = 0; tries < 5; tries++) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('migrations')
      .values({
        ...columns(m),
        id: m.id,
        ask_key: askKey,
        version: 1,
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return { inserted: true }
    const same = await rowWhere(db, 'ask_key', askKey)
    if (same !== undefined) return { same }
    const heldBy = await liveByJob(db, m.job.id)
    if (heldBy !== undefined) return { heldBy }
  }
  throw new Error(`Migration ${m.id} cannot be inserted: its id is taken.`)
}

export async function saveMigration(db: Db, m: Migration, at: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('migrations')
    .set((e) => ({ ...columns(m), version: e('version', '+', 1), updated_at: at }))
    .where('id', '=', m.id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`There is no migration ${m.id} to save.`)
}

/** The caller holds the lock on the migration, so nobody else counts at the same time. */
export async function appendHappening(
  db: Db,
  id: string,
  at: string,
  happening: Happening,
  state: State,
): Promise<void> {
  const last = await db
    .selectFrom('happenings')
    .select((e) => e.fn.max('seq').as('seq'))
    .where('migration_id', '=', id)
    .executeTakeFirst()
  await db
    .insertInto('happenings')
    .values({
      migration_id: id,
      seq: (last?.seq ?? 0) + 1,
      at,
      happening: JSON.stringify(happening),
      state: JSON.stringify(state),
      said_at: null,
      said_ts: null,
      saying_since: null,
    })
    .execute()
}

export async function rowById(db: Db, id: string, lock: boolean): Promise<Row | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where('id', '=', id)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  return row && toRow(row)
}

export async function liveByJob(db: Db, jobId: string): Promise<Row | undefined> {
  const latest = await latestByJob(db, jobId)
  return latest?.migration.state.at === 'ended' ? undefined : latest
}

/** The live one if there is one, else the one that was asked for last. */
export async function latestByJob(db: Db, jobId: string): Promise<Row | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('live', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toRow(row)
}

export async function watchedRows(db: Db): Promise<Row[]> {
  const rows = await db
    .selectFrom('migrations')
    .selectAll()
    .where('watched', '=', 1)
    .orderBy('created_at')
    .execute()
  return rows.map(toRow)
}

/** Oldest first. */
export async function entries(db: Db, id: string, which: 'all' | 'unsaid'): Promise<Entry[]> {
  const rows = await db
    .selectFrom('happenings')
    .selectAll()
    .where('migration_id', '=', id)
    .$if(which === 'unsaid', (query) => query.where('said_at', 'is', null))
    .orderBy('seq')
    .execute()
  return rows.map(toEntry)
}

/** Notes how far the saying of one entry has come. */
export async function markEntry(
  db: Db,
  id: string,
  seq: number,
  mark: Partial<Pick<Tables['happenings'], 'said_at' | 'said_ts' | 'saying_since'>>,
): Promise<void> {
  await db
    .updateTable('happenings')
    .set(mark)
    .where((e) => e.and({ migration_id: id, seq }))
    .execute()
}

export async function saveCard(db: Db, id: string, { channel, ts, hash }: Card): Promise<void> {
  await db
    .updateTable('migrations')
    .set({ card_channel: channel, card_ts: ts, card_hash: hash })
    .where('id', '=', id)
    .execute()
}

async function rowWhere(db: Db, column: 'ask_key', value: string): Promise<Row | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where(column, '=', value)
    .executeTakeFirst()
  return row && toRow(row)
}

function columns(m: Migration) {
  return {
    job_id: m.job.id,
    region: m.job.region,
    live: m.state.at === 'ended' ? 0 : 1,
    watched: isWatched(m) ? 1 : 0,
    body: JSON.stringify(m),
  }
}

function toRow(row: Selectable<Tables['migrations']>): Row {
  const { card_channel: channel, card_ts: ts, card_hash: hash } = row
  const shown = channel !== null && ts !== null && hash !== null
  const migration: Migration = JSON.parse(row.body)
  return { migration, version: row.version, card: shown ? { channel, ts, hash } : undefined }
}

function toEntry(row: Selectable<Tables['happenings']>): Entry {
  return {
    migrationId: row.migration_id,
    seq: row.seq,
    at: row.at,
    happening: JSON.parse(row.happening),
    state: JSON.parse(row.state),
    sayingSince: row.saying_since ?? undefined,
    said: row.said_at !== null,
  }
}
