import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Engine } from './engine.ts'
import type { Logger } from 'pino'
import { NodeSqliteDialect } from './node-sqlite-dialect.ts'
import { SqliteQueue } from './queue-sqlite.ts'
import { upgrade } from './schema/upgrade.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Opens `dts.sqlite` in `dataDir`, which is created if need be. Throws StoreError. */
export async function openSqlite(dataDir: string, log: Logger): Promise<Engine> {
  makeFolder(dataDir)
  const file = join(dataDir, 'dts.sqlite')
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect({ database: openFile(file) }) })
  try {
    await upgrade(db)
  } catch (error) {
    await db.destroy()
    throw asStoreError(error, file)
  }
  return {
    db,
    queue: new SqliteQueue(db, log),
    // The one connection is the lock: transactions queue up for it.
    locksRows: false,
    deservesRetry: () => false,
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
    throw new StoreError(`The folder ${dataDir} cannot be created (${code}). ${ANOTHER_FOLDER}`)
  }
}

function openFile(file: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    // SQLite would create it readable by everybody. Its other files follow this one.
    createPrivately(file)
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true })
    // EXCLUSIVE comes first: then WAL needs no shared memory, and the lock is held until the
    // process ends, however it ends.
    database.exec('pragma locking_mode = exclusive')
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    database.exec('begin immediate; commit')
    // A file that lost its end opens, and would fail at whatever was there.
    const check = database.prepare('pragma quick_check(1)').get()
    if (check?.['quick_check'] !== 'ok') throw new StoreError(damaged(file))
    return database
  } catch (error) {
    database?.close()
    throw asStoreError(error, file)
  }
}

function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch {
    // SQLite says better what is wrong with the file.
  }
}

function damaged(file: string): string {
  return `${file} is damaged. Restore it from a backup.`
}

const ANOTHER_FOLDER = 'Set DATA_DIR to a folder that this user may write to.'

/** The low byte of SQLite's result codes: https://sqlite.org/rescode.html */
const SAY: Record<number, (file: string) => string> = {
  5: (file) =>
    `${file} is in use by another process. One SQLite file serves one process: stop the other ` +
    'one, or set DATABASE_URL to run several on PostgreSQL.',
  8: (file) => `${file} cannot be written. ${ANOTHER_FOLDER}`,
  10: (file) =>
    `${file} cannot be read or written. The disk may be full or failing, or the folder may not be ` +
    `written. ${ANOTHER_FOLDER}`,
  11: damaged,
  13: (file) => `${file} cannot grow: the disk is full.`,
  14: (file) => `${file} cannot be opened. ${ANOTHER_FOLDER}`,
  26: (file) =>
    `${file} is not a SQLite database. Move it away, or set DATA_DIR to another folder.`,
}

function asStoreError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  const say = SAY[code]
  if (say !== undefined) return new StoreError(say(file))
  return new StoreError(`${file} cannot be opened: ${String(error)}`)
}
