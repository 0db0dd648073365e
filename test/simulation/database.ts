import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Engine } from '../../src/store/engine.ts'
import { NodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts'
import { upgrade } from '../../src/store/schema/upgrade.ts'
import type { Tables } from '../../src/store/tables.ts'
import type { Machine, Surroundings } from './machine.ts'

/** One database for all bots: real SQLite, in memory, which prepares each statement once. */
export class Database {
  readonly kysely: Kysely<Tables>
  readonly #sqlite = new DatabaseSync(':memory:')
  readonly #prepared = new Map<string, StatementSync>()
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
    const database = new Proxy(this.#sqlite, {
      get: (target, name) => {
        if (name === 'prepare') return (sql: string) => this.prepare(sql)
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    this.kysely = new Kysely<Tables>({ dialect: new NodeSqliteDialect({ database }) })
  }

  async open(): Promise<void> {
    await upgrade(this.kysely)
    this.#sqlite.exec(
      'create table work (queue text, key text, stamp integer, run_at real, attempts integer,' +
        ' alarm integer, number integer, primary key (queue, key, stamp)) without rowid;' +
        ' create index work_by_time on work (run_at)',
    )
  }

  close(): Promise<void> {
    return this.kysely.destroy()
  }

  prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.#sqlite.prepare(sql)
    const columns = statement.columns()
    statement.columns = () => columns
    this.#prepared.set(sql, statement)
    return statement
  }

  /**
   * What a bot asks of the database. The link may be slow, frozen, or lost: before the work, or after
   * it, so that it is done and the bot is not told.
   */
  async ask<T>(machine: Machine, work: () => Promise<T> | T): Promise<T> {
    const { life, name } = machine
    const { time, random, chaos } = this.#around
    const isSlow = chaos.strikes('slowDatabase', name)
    const isLost = chaos.strikes('lostDatabase', name)
    const isDone = !isLost || random.chance(0.5)
    await machine.runs(life)
    await time.sleep(isSlow ? random.between(10, 8_000) : 1)
    await machine.reaches(life)
    await machine.runs(life)
    const result = isDone ? await work() : undefined
    await time.sleep(isSlow ? random.between(10, 8_000) : 1)
    await machine.reaches(life)
    await machine.runs(life)
    if (isLost) throw new Error('Connection terminated unexpectedly')
    return result as T
  }

  engine(queue: Engine['queue']): Engine {
    return { db: this.kysely, queue, locksRows: false, deservesRetry: () => false }
  }
}
