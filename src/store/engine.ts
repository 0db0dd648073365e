import type { Kysely } from 'kysely'
import type { Queue } from './queue.ts'
import type { Tables } from './tables.ts'

/** What differs between SQLite and PostgreSQL. */
export type Engine = {
  db: Kysely<Tables>
  queue: Queue
  /** Whether a row must be locked by `for update`, or transactions wait for one another anyway. */
  locksRows: boolean
  /** Whether a transaction that ended with this error may succeed when it is tried again. */
  deservesRetry(error: unknown): boolean
}
