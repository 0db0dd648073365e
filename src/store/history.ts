/** What happened, for those who ask later. Reads while the bot runs, and changes nothing. */
import type { Kysely } from 'kysely'
import type { JobAddress } from '../dts/job.ts'
import type { Event, News } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import type { StoreOptions } from './store.ts'
import { StoredRowError, parseEvent, parseMigration, parseNews } from './stored.ts'
import type { Tables } from './tables.ts'

/** Those of a job (`dts-…`), of a migration, or all; `since`: ISO 8601 in UTC, inclusive. */
export type Wanted = {
  job?: string | undefined
  migration?: string | undefined
  since?: string | undefined
}

/** One entry. `seq` counts within the migration. Without `is`, this release cannot read the row. */
export type Recorded = {
  at: string
  migration: string
  seq: number
  job: JobAddress
  is?: { event: Event; news: News | undefined; after: Migration }
}

/** The oldest first. Throws StoreError. */
export async function readHistory(
  { databaseUrl, dataDir }: Pick<StoreOptions, 'databaseUrl' | 'dataDir'>,
  wanted: Wanted,
): Promise<Recorded[]> {
  const read = (db: Kysely<Tables>): Promise<Recorded[]> => recorded(db, wanted)
  if (databaseUrl !== undefined) {
    const { readPostgres } = await import('./postgres-reader.ts')
    return readPostgres(databaseUrl, read)
  }
  const { readSqlite } = await import('./sqlite-reader.ts')
  return readSqlite(dataDir, read)
}

async function recorded(
  db: Kysely<Tables>,
  { job, migration, since }: Wanted,
): Promise<Recorded[]> {
  const rows = await db
    .selectFrom('events')
    .innerJoin('migrations', 'migrations.id', 'events.migration_id')
    .select(['at', 'migration_id', 'seq', 'event', 'news', 'after'])
    .select(['account', 'region', 'job_id'])
    .$if(job !== undefined, (query) => query.where('job_id', '=', job ?? ''))
    .$if(migration !== undefined, (query) => query.where('migration_id', '=', migration ?? ''))
    .$if(since !== undefined, (query) => query.where('at', '>=', since ?? ''))
    .orderBy('at')
    .orderBy('migration_id')
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    at: row.at,
    migration: row.migration_id,
    seq: row.seq,
    job: { account: row.account, region: row.region, id: row.job_id },
    ...readable(row),
  }))
}

type Texts = Pick<Tables['events'], 'migration_id' | 'seq' | 'event' | 'news' | 'after'>

function readable({ migration_id: id, seq, event, news, after }: Texts): Pick<Recorded, 'is'> {
  try {
    return {
      is: {
        event: parseEvent(event, `${id}:${seq}`),
        news: news === null ? undefined : parseNews(news),
        after: parseMigration(after, id),
      },
    }
  } catch (error) {
    if (!(error instanceof StoredRowError)) throw error
    return {}
  }
}
