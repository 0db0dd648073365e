import { Kysely, PostgresDialect, sql } from 'kysely'
import { DatabaseError, type Pool } from 'pg'
import type { Engine } from './engine.ts'
import type { Logger } from 'pino'
import { SCHEMA, asStoreError, placeOf, verifyingTls } from './postgres-place.ts'
import { newPool } from './postgres-pool.ts'
import { openPostgresQueue } from './queue-postgres.ts'
import { upgrade } from './schema/upgrade.ts'
import type { Tables } from './tables.ts'

/** Opens the database of `url`. Throws StoreError, which never tells the URL's password. */
export async function openPostgres(url: string, log: Logger): Promise<Engine> {
  const place = placeOf(url)
  const strict = verifyingTls(url)
  const pool = poolOf(strict, place, log)
  // Whatever else lives in this database, our tables are in a schema of their own.
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(SCHEMA)
  try {
    await createSchema(db)
    await upgrade(db, SCHEMA)
    return {
      db,
      queue: await openPostgresQueue(strict, db, log),
      locksRows: true,
      deservesRetry: (error) => error instanceof DatabaseError && RETRY.includes(`${error.code}`),
    }
  } catch (error) {
    await db.destroy().catch(() => {})
    throw asStoreError(error, { place, url })
  }
}

/** One process after the other: `if not exists` alone fails where two create it at the same moment. */
function createSchema(db: Kysely<Tables>): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${SCHEMA}))`.execute(tx)
    await sql`create schema if not exists ${sql.id(SCHEMA)}`.execute(tx)
  })
}

function poolOf(url: string, place: string, log: Logger): Pool {
  try {
    return newPool(url, place, log)
  } catch (error) {
    throw asStoreError(error, { place, url })
  }
}

/** Serialization failure, deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const RETRY = ['40001', '40P01']
