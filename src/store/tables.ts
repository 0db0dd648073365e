/**
 * What the tables hold, on both engines. Times are ISO 8601 text in UTC, flags are 0 or 1, and
 * `body`, `happening` and `state` are JSON text.
 */
export type Tables = {
  migrations: MigrationTable
  happenings: HappeningTable
  due: DueTable
}

type MigrationTable = {
  id: string
  job_id: string
  region: string
  live: number
  watched: number
  /** Who asked, with which form: a form that is submitted twice is the same ask. */
  ask_key: string
  version: number
  body: string
  card_channel: string | null
  card_ts: string | null
  card_hash: string | null
  created_at: string
  updated_at: string
}

type HappeningTable = {
  migration_id: string
  seq: number
  at: string
  happening: string
  state: string
  said_at: string | null
  said_ts: string | null
  saying_since: string | null
}

/** Work that waits. Used on SQLite only; on PostgreSQL pg-boss keeps it. */
type DueTable = {
  queue: string
  key: string
  /** Counts the waiting rows of one queue and key: a run covers those up to the one it saw. */
  stamp: number
  run_at: string
  attempts: number
  /** 1: asked for by the handler itself; the next run of the key replaces it. */
  alarm: number
}
