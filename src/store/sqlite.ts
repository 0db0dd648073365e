import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Engine } from './engine.ts'
import type { Logger } from 'pino'
import { NodeSqliteDialect } from './node-sqlite-dialect.ts'
import { createPrivately } from './private-file.ts'
import { SqliteQueue } from './queue-sqlite.ts'
import { upgrade } from './schema/upgrade.ts'
import { ANOTHER_FOLDER, asStoreError, damaged, isBusy } from './sqlite-error.ts'
import { takeLock } from './sqlite-lock.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Opens `dts.sqlite` in `dataDir`, which is created if need be. Throws StoreError. */
export async function openSqlite(dataDir: string, log: Logger): Promise<Engine> {
  makeFolder(dataDir)
  const file = join(dataDir, 'dts.sqlite')
  const opened = openFile(file, join(dataDir, 'dts.lock'))
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(opened) })
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

/** The database, and what releases the lock once it is closed. Nothing is read before the lock is held. */
function openFile(file: string, lockFile: string): { database: DatabaseSync; closed: () => void } {
  let database: DatabaseSync | undefined
  let release = (): void => {}
  try {
    // SQLite's other files follow this one.
    createPrivately(file)
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: PATIENCE_MS })
    release = lock(lockFile, file)
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    database.exec('begin immediate; commit')
    // A file that lost its end opens, and would fail at whatever was there.
    const check = database.prepare('pragma quick_check(1)').get()
    if (check?.['quick_check'] !== 'ok') throw new StoreError(damaged(file))
    return { database, closed: release }
  } catch (error) {
    database?.close()
    release()
    throw asStoreError(error, file)
  }
}

function lock(lockFile: string, file: string): () => void {
  try {
    return takeLock(lockFile)
  } catch (error) {
    throw asStoreError(error, isBusy(error) ? file : lockFile)
  }
}

/**
 * Milliseconds, in which the process does nothing else. Readers hold nobody up but for the moment in
 * which one of them finds the file as a crash left it.
 */
const PATIENCE_MS = 1_000
