/**
 * What the tables hold, on both engines. Times are ISO 8601 text in UTC, flags are 0 or 1, and
 * `body`, `event` and `after` are JSON text.
 */
export type Tables = {
  migrations: MigrationTable
  events: EventTable
  due: DueTable
}

type MigrationTable = {
  id: string
  account: string
  region: string
  job_id: string
  live: number
  watched: number
  /** Names the form that it came from: a form that is submitted twice is one request. */
  origin: string
  body: string
  /** How many cards were posted: 0 or 1, and one more for each that was deleted. */
  card_number: number
  card_posting_since: string | null
  card_channel: string | null
  card_ts: string | null
  /** Of what the card shows, or of what Slack rejected. */
  card_hash: string | null
  created_at: string
  updated_at: string
}

type EventTable = {
  migration_id: string
  seq: number
  at: string
  event: string
  /** Why the thread has to say something, if it has. */
  news: string | null
  /** The migration as the event left it. */
  after: string
  posting_since: string | null
  delivered_at: string | null
}

/** Work that waits. Used on SQLite only; on PostgreSQL pg-boss keeps it. */
type DueTable = {
  queue: string
  key: string
  /** Counts the waiting rows of one queue and key: a run covers those up to the one it saw. */
  stamp: number
  run_at: string
  /** When it was sent. Later than now: the clock was wrong then, and `run_at` is, too. */
  sent_at: string
  attempts: number
  /** 1: asked for by the handler itself; the next run of the key replaces it. */
  alarm: number
}
