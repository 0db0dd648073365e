import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import {
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'

/** `closed` is called once the database is closed. */
type Options = { database: DatabaseSync; closed?: () => void }

/** Kysely's SQLite dialect on Node's own SQLite. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #options: Options

  constructor(options: Options) {
    super({ database: adapt(options.database) })
    this.#options = options
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#options)
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter()
  }
}

/** When the disk is full SQLite rolls back by itself, and a rollback on top would hide why. */
class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync
  readonly #closed: () => void

  constructor({ database, closed = () => {} }: Options) {
    super({ database: adapt(database) })
    this.#database = database
    this.#closed = closed
  }

  override async destroy(): Promise<void> {
    await super.destroy()
    this.#closed()
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection)
  }
}

/** SQLite can roll back DDL. Kysely does not use it by default, and a step could be left half done. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function adapt(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql): SqliteStatement {
      const known = prepared.get(sql)
      if (known) return known
      const statement = database.prepare(sql)
      const adapted: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      }
      if (prepared.size >= MOST_PREPARED) prepared.clear()
      prepared.set(sql, adapted)
      return adapted
    },
  }
}

/** The bot has about 40. Each takes memory that V8 knows nothing of, and so is in no hurry to free. */
const MOST_PREPARED = 100

/** node:sqlite itself throws at a value that it cannot bind. */
function values(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
