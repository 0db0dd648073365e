import { type Kysely, type Selectable, sql } from 'kysely'
import type { Logger } from 'pino'
import type { JobAddress } from '../dts/job.ts'
import { type Migration, isWatched } from '../migration/migration.ts'
import { StoredRowError, parseMigration } from './stored.ts'
import type { Tables } from './tables.ts'

/** A migration as it is stored, and its one message. */
export type Row = { migration: Migration; card: Card }

/**
 * `number` counts the cards that were posted, `postingSince` says that one may just have been. `hash`
 * is of what the card shows, or of what Slack rejected: then there is no `shown`.
 */
export type Card = {
  number: number
  postingSince: string | undefined
  hash: string | undefined
  shown: Shown | undefined
}

/** Slack's address of a message. */
export type Shown = { channel: string; ts: string }

type Db = Kysely<Tables>

/** What became of an insert: see `Tx.insert`. */
export type Inserted = { inserted: true } | { same: Row } | { heldBy: Row }

/** Inserts the migration, unless the form was already taken or another one holds the job. */
export async function insertMigration(
  db: Db,
  m: Migration,
  origin: string,
  at: string,
): Promise<Inserted> {
  // A holder may end between the conflict and the look at it.
  for (let tries = 0; tries < 5; tries++) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('migrations')
      .values({
        ...columns(m),
        id: m.id,
        origin,
        card_number: 0,
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return { inserted: true }
    const same = await rowByOrigin(db, origin)
    if (same !== undefined) return { same }
    const heldBy = await liveByJob(db, m.job)
    if (heldBy !== undefined) return { heldBy }
  }
  throw new Error(`Migration ${m.id} cannot be inserted: its id is taken`)
}

export async function saveMigration(db: Db, m: Migration, at: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('migrations')
    .set({ ...columns(m), updated_at: at })
    .where('id', '=', m.id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`There is no migration ${m.id} to save`)
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

export async function liveByJob(db: Db, job: JobAddress): Promise<Row | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where((e) => e.and({ account: job.account, region: job.region, job_id: job.id, live: 1 }))
    .executeTakeFirst()
  return row && toRow(row)
}

/** In any region: a live one if there is one, else the one that was begun last. */
export async function latestByJob(
  db: Db,
  account: string,
  jobId: string,
): Promise<Row | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where((e) => e.and({ account, job_id: jobId }))
    .orderBy('live', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toRow(row)
}

export async function liveRows(db: Db, log: Logger): Promise<Row[]> {
  const rows = await db
    .selectFrom('migrations')
    .selectAll()
    .where('live', '=', 1)
    .orderBy('created_at')
    .execute()
  return readable(rows, log)
}

/** `savedAt` changes when the migration is saved, unless that is twice within a millisecond. */
export type Marked = { id: string; savedAt: string }

export async function watchedRows(db: Db, since = ''): Promise<Marked[]> {
  return db
    .selectFrom('migrations')
    .select(['id', 'updated_at as savedAt'])
    .where('watched', '=', 1)
    .where('updated_at', '>=', since)
    .orderBy('created_at')
    .execute()
}

export async function rowsById(db: Db, ids: readonly string[], log: Logger): Promise<Row[]> {
  const rows = await db.selectFrom('migrations').selectAll().where('id', 'in', ids).execute()
  return readable(rows, log)
}

/** One row that cannot be read is logged, and hides no other. */
function readable(rows: Parameters<typeof toRow>[0][], log: Logger): Row[] {
  return rows.flatMap((row) => {
    try {
      return [toRow(row)]
    } catch (err) {
      if (!(err instanceof StoredRowError)) throw err
      log.error({ err, migration: row.id }, 'stored row unreadable')
      return []
    }
  })
}

/** False, and nothing is saved, where more than `atMost` cards were posted: somebody was paused meanwhile. */
export async function saveCard(
  db: Db,
  id: string,
  { number, postingSince, hash, shown }: Card,
  atMost = number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('migrations')
    .set({
      card_number: number,
      card_posting_since: postingSince ?? null,
      card_channel: shown?.channel ?? null,
      card_ts: shown?.ts ?? null,
      card_hash: hash ?? null,
    })
    .where('id', '=', id)
    .where('card_number', '<=', atMost)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** What stands in place of the hash while somebody draws the card: who, and until when (ISO, UTC). */
const ALONE = 'only'
const NOT_ALONE = 'more'

/** `until`: whatever is sent now has arrived by then, or never will. */
export async function markDrawing(db: Db, id: string, now: string, until: string): Promise<void> {
  const others = sql`substr(card_hash, 1, 5) in (${`${ALONE} `}, ${`${NOT_ALONE} `}) and substr(card_hash, 6) > ${now}`
  const mark = sql<string>`case when ${others} then ${`${NOT_ALONE} ${until}`} else ${`${ALONE} ${until}`} end`
  await db.updateTable('migrations').set({ card_hash: mark }).where('id', '=', id).execute()
}

/** The hash where only one draws. Where another drew meanwhile, none. */
export async function markDrawn(db: Db, id: string, hash: string): Promise<void> {
  const drawn = sql<string>`case substr(card_hash, 1, 5)
    when ${`${ALONE} `} then ${hash} when ${`${NOT_ALONE} `} then card_hash end`
  await db.updateTable('migrations').set({ card_hash: drawn }).where('id', '=', id).execute()
}

async function rowByOrigin(db: Db, origin: string): Promise<Row | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where('origin', '=', origin)
    .executeTakeFirst()
  return row && toRow(row)
}

function columns(m: Migration) {
  const { account, region, id } = m.job
  return {
    account,
    region,
    job_id: id,
    live: m.ended ? 0 : 1,
    watched: isWatched(m) ? 1 : 0,
    body: JSON.stringify(m),
  }
}

function toRow(row: Selectable<Tables['migrations']>): Row {
  const { card_channel: channel, card_ts: ts } = row
  return {
    migration: parseMigration(row.body, row.id),
    card: {
      number: row.card_number,
      postingSince: row.card_posting_since ?? undefined,
      hash: row.card_hash ?? undefined,
      shown: channel !== null && ts !== null ? { channel, ts } : undefined,
    },
  }
}
