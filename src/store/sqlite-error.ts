import { StoreError } from './store-error.ts'

/** What SQLite says about a file, as a sentence for operators. */
export function asStoreError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error
  const say = SAY[codeOf(error)]
  if (say !== undefined) return new StoreError(say(file))
  return new StoreError(`${file} cannot be opened: ${String(error)}`)
}

export function isBusy(error: unknown): boolean {
  return codeOf(error) === 5
}

export function damaged(file: string): string {
  return `${file} is damaged. Restore it from a backup.`
}

export const ANOTHER_FOLDER = 'Set DATA_DIR to a folder that this user may write to.'

/** The low byte of SQLite's result codes: https://sqlite.org/rescode.html */
export function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
}

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
