import { closeSync, openSync } from 'node:fs'

/**
 * Creates an empty file for its user alone; SQLite would make it readable by everybody. One that is
 * there is not even opened: closing it would release the locks that this process holds on it.
 */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600))
  } catch {
    // There already, or SQLite says better what is wrong with it.
  }
}
