import { Kysely, PostgresDialect } from 'kysely'
import { DatabaseError, Pool } from 'pg'
import { SCHEMA, asStoreError, placeOf, verifyingTls } from './postgres-place.ts'
import { IMPATIENT } from './postgres-pool.ts'
import { requireNewest } from './schema/upgrade.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Runs `read` in one read-only transaction, on a standby too. Throws StoreError without the password. */
export async function readPostgres<T>(
  url: string,
  read: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const place = placeOf(url)
  try {
    await using db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: poolOf(url) }) })
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        await requireNewest(trx, SCHEMA)
        return read(trx.withSchema(SCHEMA))
      })
  } catch (error) {
    if (error instanceof DatabaseError && error.code === NO_TABLE) {
      throw new StoreError(`${place} has no tables of the bot. Is DATABASE_URL that of the bot?`)
    }
    throw asStoreError(error, { place, url, advice: ADVICE })
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const NO_TABLE = '42P01'
const ADVICE = { 42501: "The user must be allowed to read the tables of the schema 'dts'." }

function poolOf(url: string): Pool {
  const pool = new Pool({
    ...IMPATIENT,
    connectionString: verifyingTls(url),
    application_name: 'dts-bot history',
    max: 1,
  })
  // Whoever waits for an answer hears of a lost connection by its error.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}
