import type { Kysely } from 'kysely'
import type { Event, News } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import { parseEvent, parseMigration, parseNews } from './stored.ts'
import type { Tables } from './tables.ts'

/** One line of a migration's history that the thread has to tell. `seq` counts from 1. */
export type Entry = {
  migrationId: string
  seq: number
  event: Event
  news: News
  /** The migration as the event left it. */
  after: Migration
  /** When the bot began to post it, if that did not come to an end yet. */
  postingSince: string | undefined
}

type Db = Kysely<Tables>

/** The caller holds the lock on the migration, so nobody else counts at the same time. */
export async function appendEvent(
  db: Db,
  after: Migration,
  at: string,
  event: Event,
  news: News | undefined,
): Promise<void> {
  const last = await db
    .selectFrom('events')
    .select((e) => e.fn.max('seq').as('seq'))
    .where('migration_id', '=', after.id)
    .executeTakeFirst()
  await db
    .insertInto('events')
    .values({
      migration_id: after.id,
      seq: (last?.seq ?? 0) + 1,
      at,
      event: JSON.stringify(event),
      news: news ?? null,
      after: JSON.stringify(after),
      posting_since: null,
      delivered_at: null,
    })
    .execute()
}

/** What the thread has not said yet, oldest first. */
export async function undelivered(db: Db, id: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('migration_id', '=', id)
    .where('news', 'is not', null)
    .where('delivered_at', 'is', null)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    migrationId: row.migration_id,
    seq: row.seq,
    event: parseEvent(row.event, `${row.migration_id}:${row.seq}`),
    news: parseNews(row.news ?? ''),
    after: parseMigration(row.after, row.migration_id),
    postingSince: row.posting_since ?? undefined,
  }))
}

/** Notes how far the delivery of one entry has come. */
export async function markEntry(
  db: Db,
  id: string,
  seq: number,
  mark: Partial<Pick<Tables['events'], 'posting_since' | 'delivered_at'>>,
): Promise<void> {
  await db
    .updateTable('events')
    .set(mark)
    .where((e) => e.and({ migration_id: id, seq }))
    .execute()
}
