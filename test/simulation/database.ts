import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { NodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts'
import { upgrade } from '../../src/store/schema/upgrade.ts'
import type { Tables } from '../../src/store/tables.ts'
import type { Machine, Surroundings } from './machine.ts'
import { Reads } from './reads.ts'

/** Milliseconds; one is usual. */
const SLOW = [
  [50, 300],
  [50, 300],
  [300, 1_500],
  [1_500, 8_000],
] as const

/** Databases that an episode is done with: the next one empties and takes them. */
const idle: Opened[] = []

/** One database for all bots: real SQLite, in memory. */
export class Database {
  readonly kysely: Kysely<Tables>
  readonly reads = new Reads()
  readonly #opened: Opened
  readonly #around: Surroundings

  private constructor(opened: Opened, around: Surroundings) {
    this.#opened = opened
    this.#around = around
    this.kysely = opened.kysely
  }

  static async open(around: Surroundings): Promise<Database> {
    const opened = idle.pop() ?? new Opened()
    await opened.empty()
    return new Database(opened, around)
  }

  close(): void {
    idle.push(this.#opened)
  }

  /** When the first of what waits in the queue of a lone bot is due. */
  firstDue(): number {
    const first = this.#opened.prepare('select min(run_at) as at from due').get()
    return first?.['at'] ? Date.parse(String(first['at'])) : Infinity
  }

  /**
   * What a bot asks of the database. The link may be slow, frozen, or lost: before the work, or after
   * it, so that it is done and the bot is not told.
   */
  async ask<T>(machine: Machine, work: () => Promise<T> | T): Promise<T> {
    const { life, name } = machine
    const { time, random, chaos } = this.#around
    const between = ([from, to]: readonly [number, number]): number => random.between(from, to)
    const way = (): Promise<void> =>
      time.sleep(chaos.strikes('slowDatabase', name) ? between(random.pick(SLOW)) : 1)
    await machine.runs(life)
    const isLost = chaos.strikes('lostDatabase', name)
    const isDone = !isLost || random.chance(0.5)
    await way()
    await machine.reaches(life)
    await machine.runs(life)
    const result = isDone ? await work() : undefined
    await way()
    await machine.reaches(life)
    await machine.runs(life)
    if (isLost) throw new Error('Connection terminated unexpectedly')
    return result as T
  }
}

/** Upgraded once. It prepares each statement once. */
class Opened {
  readonly kysely: Kysely<Tables>
  readonly #sqlite = new DatabaseSync(':memory:')
  readonly #prepared = new Map<string, StatementSync>()
  #isUpgraded = false

  constructor() {
    const database = new Proxy(this.#sqlite, {
      get: (target, name) => {
        if (name === 'prepare') return (sql: string) => this.prepare(sql)
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    this.kysely = new Kysely<Tables>({ dialect: new NodeSqliteDialect({ database }) })
  }

  async empty(): Promise<void> {
    if (!this.#isUpgraded) await upgrade(this.kysely)
    this.#isUpgraded = true
    this.#sqlite.exec('delete from events; delete from migrations; delete from due')
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
}
