import { unescape } from 'node:querystring'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { DatabaseError, type Pool } from 'pg'
import type { Engine } from './engine.ts'
import type { Logger } from 'pino'
import { newPool } from './postgres-pool.ts'
import { openPostgresQueue } from './queue-postgres.ts'
import { upgrade } from './schema/upgrade.ts'
import { StoreError } from './store-error.ts'
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
    throw asStoreError(error, place, url)
  }
}

const SCHEMA = 'dts'

/** One process after the other: `if not exists` alone fails where two create it at the same moment. */
function createSchema(db: Kysely<Tables>): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${SCHEMA}))`.execute(tx)
    await sql`create schema if not exists ${sql.id(SCHEMA)}`.execute(tx)
  })
}

/**
 * The driver verifies the server's certificate in every one of these modes, and warns in eight lines
 * that it will not for ever. Asked for what it does, it says nothing.
 */
function verifyingTls(url: string): string {
  return url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
}

function poolOf(url: string, place: string, log: Logger): Pool {
  try {
    return newPool(url, place, log)
  } catch (error) {
    throw asStoreError(error, place, url)
  }
}

/** Serialization failure, deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const RETRY = ['40001', '40P01']

/** Host, port and database of the URL, for people: without user and password. */
function placeOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new StoreError('DATABASE_URL is not a postgresql:// URL.')
  }
  const host = url.searchParams.get('host') ?? (url.hostname || 'localhost')
  const port = url.searchParams.get('port') ?? (url.port || '5432')
  return `PostgreSQL at ${host}:${port}${url.pathname}`
}

function asStoreError(error: unknown, place: string, url: string): StoreError {
  if (error instanceof StoreError) return error
  if (error instanceof DatabaseError) return new StoreError(refusal(error, place))
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}, ` : ''
  return new StoreError(
    `${place} cannot be used (${code}${withoutPassword(String(error), url)}). ` +
      'Check DATABASE_URL and that the server runs.',
  )
}

function withoutPassword(text: string, url: string): string {
  const { password = '', searchParams } = URL.parse(url) ?? {}
  const spellings = [password, unescape(password), searchParams?.get('password') ?? '']
  return spellings
    .filter((spelling) => spelling !== '')
    .reduce((safe, spelling) => safe.replaceAll(spelling, '***'), text)
}

function refusal(error: DatabaseError, place: string): string {
  const said = `${place} refused: ${error.message} (${error.code}).`
  const advice = ADVICE[error.code ?? '']
  return advice === undefined ? said : `${said} ${advice}`
}

const ADVICE: Record<string, string> = {
  '28P01': 'Check the user and the password in DATABASE_URL.',
  '28000': 'Check the user and the password in DATABASE_URL.',
  '3D000': 'Create the database first.',
  '42501': 'The user must be allowed to create tables and a schema in this database.',
}
