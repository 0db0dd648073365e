import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { NodeSqliteDialect } from './node-sqlite-dialect.ts'
import { requireNewest } from './schema/upgrade.ts'
import { asStoreError, codeOf } from './sqlite-error.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Runs `read` in one read transaction on the bot's file, also while the bot runs. Throws StoreError. */
export async function readSqlite<T>(
  dataDir: string,
  read: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const file = join(dataDir, 'dts.sqlite')
  if (!existsSync(file)) throw new StoreError(`There is no ${file}. Is DATA_DIR that of the bot?`)
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: PATIENCE_MS })
    await using db = new Kysely<Tables>({ dialect: new NodeSqliteDialect({ database }) })
    return await db.transaction().execute(async (trx) => {
      await requireNewest(trx)
      return read(trx)
    })
  } catch (error) {
    throw refusal(error, file)
  }
}

/** Milliseconds: a bot that starts may hold its readers up. */
const PATIENCE_MS = 5_000

function refusal(error: unknown, file: string): StoreError {
  switch (codeOf(error)) {
    // "No such table".
    case 1:
      return new StoreError(`${file} has no tables of the bot. Is DATA_DIR that of the bot?`)
    case 8:
    case 14:
      return new StoreError(`${file} cannot be opened. Run this as the bot's user.`)
    default:
      return asStoreError(error, file)
  }
}
