import { DatabaseSync } from 'node:sqlite'
import { createPrivately } from './private-file.ts'

/**
 * Makes this process the only bot of a folder until it releases the lock or ends, however it ends: the
 * operating system's lock, by way of SQLite, on a file that stays empty. The database itself is left
 * open to readers. Throws SQLite's error, `SQLITE_BUSY` where another process has the lock.
 */
export function takeLock(file: string): () => void {
  createPrivately(file)
  const lock = new DatabaseSync(file)
  try {
    // Nothing ever reaches the file, so that a full disk keeps nobody from starting.
    lock.exec('pragma journal_mode = memory')
    lock.exec('begin exclusive')
    // Of a file that it may not write SQLite takes no lock, and does not say so before the first write.
    lock.exec('pragma user_version = 1')
  } catch (error) {
    lock.close()
    throw error
  }
  return () => lock.close()
}
