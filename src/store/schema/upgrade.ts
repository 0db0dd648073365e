import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StoreError } from '../store-error.ts'
import type { Tables } from '../tables.ts'
import { steps } from './steps.ts'

const TABLE = 'schema_steps'

/**
 * Takes the schema to the newest step, each step in a transaction. Processes that start together
 * wait for one another. `schema`: PostgreSQL's, which `db` uses too. Throws StoreError when the schema is from a newer release.
 */
export async function upgrade<T>(db: Kysely<T>, schema?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => steps },
    migrationTableName: TABLE,
    migrationLockTableName: 'schema_steps_lock',
    ...(schema ? { migrationTableSchema: schema } : {}),
  })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  refuseNewer(await stepsDone(db, schema).catch(() => []))
  throw error
}

/** For those who only read: throws StoreError unless the schema is the one of this release. */
export async function requireNewest(db: Kysely<Tables>, schema?: string): Promise<void> {
  const done = await stepsDone<Tables>(db, schema)
  refuseNewer(done)
  if (Object.keys(steps).every((name) => done.includes(name))) return
  throw new StoreError(
    'The database is that of an older release. Start the bot of this release, which upgrades it.',
  )
}

function refuseNewer(done: string[]): void {
  const unknown = done.filter((name) => !(name in steps))
  if (unknown.length === 0) return
  throw new StoreError(
    `The database was upgraded by a newer release (schema step ${unknown.join(', ')}). ` +
      'Run that release or a later one, or restore a backup from before the upgrade.',
  )
}

async function stepsDone<T>(db: Kysely<T>, schema: string | undefined): Promise<string[]> {
  const table = sql.table(schema ? `${schema}.${TABLE}` : TABLE)
  const done = await sql<{ name: string }>`select name from ${table}`.execute(db)
  return done.rows.map((step) => step.name)
}
