import { type ClientBase, Pool } from 'pg'
import type { Logger } from 'pino'
import { StoreError } from './store-error.ts'

/**
 * How to find out that the other end is gone, when nobody refuses: a machine that lost its power, or a
 * server that accepts and never answers, must not hold anybody for ever. Milliseconds.
 */
export const IMPATIENT = {
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  query_timeout: 25_000,
}

/** Connections that keep what they commit, to a server that can be written. `place` is for people. */
export function newPool(url: string, place: string, log: Logger): Pool {
  const pool = new Pool({
    ...IMPATIENT,
    connectionString: url,
    application_name: 'dts-bot',
    max: 10,
    // A process that was cut off must not hold its locks for long.
    idle_in_transaction_session_timeout: 30_000,
    lock_timeout: 20_000,
    // The pool waits for it, although its types do not say so.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: (client) => prepare(client, place),
  })
  // A connection that is lost emits 'error': on the pool while it is idle, on the client while it
  // is in use. Unheard, either would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', (err) => log.warn({ err }, 'PostgreSQL connection lost'))
  })
  // The driver gives up a query that timed out, but not its connection: whoever got it next would wait
  // as long. Told to end while a query is open, it hangs up; the pool then makes a new one.
  pool.on('release', (_, client) => {
    if ('readyForQuery' in client && client.readyForQuery !== true) void client.end()
  })
  return pool
}

/**
 * What is acknowledged to people must survive a crash of the server, also where somebody has set it to
 * answer before it has written; stricter settings than `on` stay. A session that began while its server
 * was a standby, or out of room, may refuse to write for ever after. Throws StoreError.
 */
async function prepare(client: ClientBase, place: string): Promise<void> {
  const { rows } = await client.query<{ read_only: string }>(PREPARE)
  if (rows[0]?.read_only === 'on') throw new StoreError(`${place} can only be read at the moment.`)
}

const PREPARE = `select current_setting('transaction_read_only') as read_only,
  case when current_setting('synchronous_commit') = 'off'
    then set_config('synchronous_commit', 'on', false) end`
