import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StoreError } from '../store-error.ts'
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
  const unknown = await unknownSteps(db, schema)
  if (unknown.length === 0) throw error
  throw new StoreError(
    `The database was upgraded by a newer release (schema step ${unknown.join(', ')}). ` +
      'Run that release or a later one, or restore a backup from before the upgrade.',
  )
}

async function unknownSteps<T>(db: Kysely<T>, schema: string | undefined): Promise<string[]> {
  const table = sql.table(schema ? `${schema}.${TABLE}` : TABLE)
  const done = await sql<{ name: string }>`select name from ${table}`
    .execute(db)
    .catch(() => ({ rows: [] }))
  return done.rows.map((step) => step.name).filter((name) => !(name in steps))
}
