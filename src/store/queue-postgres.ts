import type { Kysely } from 'kysely'
import { PgBoss, fromKysely, type JobWithMetadata } from 'pg-boss'
import type { Logger } from 'pino'
import { IMPATIENT } from './postgres-pool.ts'
import {
  QUEUES,
  RUN_MS,
  SHUTDOWN_MS,
  type Handlers,
  type Queue,
  type QueueName,
  type Send,
} from './queue.ts'
import type { Tables } from './tables.ts'

/** How many keys of a queue one process works on at once. Each is a worker that polls. */
const AT_ONCE: Record<QueueName, number> = { send: 4, expire: 2, watch: 1, compare: 2, publish: 4 }

/** An alarm is what a handler asked for itself; the next run of its key replaces it. */
type Data = { key: string; alarm: boolean }

const TEN_YEARS = 10 * 365 * 24 * 3600

/**
 * The queue of any number of processes, kept by pg-boss in its own schema of the same database.
 *
 * Policy `singleton` with a singletonKey: any number may wait, and a unique index allows one active
 * job for each key. (Group concurrency only looks before it claims, so two processes that look at
 * the same moment both go ahead; `short` drops a send while a job waits, even when that job begins
 * before the sender has committed.)
 */
export async function openPostgresQueue(
  url: string,
  db: Kysely<Tables>,
  log: Logger,
): Promise<Queue> {
  const boss = newBoss(url, log)
  try {
    await boss.start()
    for (const queue of QUEUES) await declare(boss, queue)
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    throw error
  }
  return {
    // A process whose clock is wrong asks for the right wait all the same.
    send: (trx, { queue, key, at }) => {
      const wait = at === undefined ? 0 : at.getTime() - Date.now()
      return send(boss, trx, { queue, key, wait })
    },
    wake: () => {},
    work: async (handlers) => {
      for (const queue of QUEUES) {
        for (let n = 0; n < AT_ONCE[queue]; n++) await addWorker(boss, db, log, queue, handlers)
      }
    },
    stop: () => boss.stop({ timeout: SHUTDOWN_MS }),
  }
}

function newBoss(url: string, log: Logger): PgBoss {
  const boss = new PgBoss({
    ...IMPATIENT,
    connectionString: url,
    application_name: 'dts-bot queue',
    schema: 'dts_queue',
    max: 6,
    useListenNotify: true,
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 10,
    maintenanceIntervalSeconds: 1800,
  })
  const quiet = onceInAWhile()
  boss.on('error', (err) => {
    if (quiet('code' in err ? String(err.code) : err.message)) log.error({ err }, 'queue failed')
  })
  boss.on('warning', ({ message, data }) => log.warn({ data }, message))
  return boss
}

/** In an outage every worker reports the same error at every poll: one line in 30 s is enough. */
function onceInAWhile(): (what: string) => boolean {
  const last = new Map<string, number>()
  return (what) => {
    const now = Date.now()
    if (now - (last.get(what) ?? 0) < 30_000) return false
    if (last.size > 100) last.clear()
    last.set(what, now)
    return true
  }
}

/** The heartbeat finds a process that died (15-20 s); the expiry finds a handler that hangs. */
async function declare(boss: PgBoss, queue: QueueName): Promise<void> {
  const options = {
    notify: true,
    expireInSeconds: (1.5 * RUN_MS) / 1000,
    heartbeatSeconds: 15,
    retryLimit: 2 ** 31 - 1,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    retentionSeconds: TEN_YEARS,
    deleteAfterSeconds: 3600,
  }
  await boss.createQueue(nameOf(queue), { ...options, policy: 'singleton' })
  await boss.updateQueue(nameOf(queue), options)
}

function nameOf(queue: QueueName): string {
  return `dts-${queue}`
}

async function send(
  boss: PgBoss,
  db: Kysely<Tables>,
  { queue, key, wait }: Pick<Send, 'queue' | 'key'> & { wait: number },
  alarm = false,
): Promise<void> {
  const data: Data = { key, alarm }
  // Counted by the database, from when the transaction began.
  const when = wait > 0 ? { startAfter: wait / 1000 } : {}
  const options = { ...when, singletonKey: key, db: fromKysely(db) }
  const id = await boss.send(nameOf(queue), data, options)
  if (id === null) throw new Error(`pg-boss did not take the work ${queue} ${key}`)
}

async function addWorker(
  boss: PgBoss,
  db: Kysely<Tables>,
  log: Logger,
  queue: QueueName,
  handlers: Handlers,
): Promise<void> {
  const options = {
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 2,
    heartbeatRefreshSeconds: 5,
  }
  const worker: { id?: string } = {}
  worker.id = await boss.work<Data>(nameOf(queue), options, async ([job]) => {
    if (job === undefined) return
    try {
      await run(boss, db, log, queue, job.data.key, handlers)
    } finally {
      // Look again at once: what waited for this key was passed over by everybody while it ran.
      if (worker.id !== undefined) boss.notifyWorker(worker.id)
    }
  })
}

/** One run, which also answers for the other jobs of its key that are due as it begins. */
async function run(
  boss: PgBoss,
  db: Kysely<Tables>,
  log: Logger,
  queue: QueueName,
  key: string,
  handlers: Handlers,
): Promise<void> {
  try {
    const waiting = await boss.findJobs<Data>(nameOf(queue), { key, queued: true })
    const now = Date.now()
    const wait = await handlers[queue](key)
    await db.transaction().execute(async (trx) => {
      await settle(boss, trx, queue, waiting, now)
      if (wait === undefined) return
      await drop(boss, trx, queue, waiting)
      await send(boss, trx, { queue, key, wait }, true)
    })
  } catch (err) {
    log.warn({ err, queue, key }, 'work failed, retrying')
    // pg-boss stores what is thrown here, and the error may hold what must not be stored.
    throw new Error('The handler failed. The log of the process says why.')
  }
}

type Waiting = JobWithMetadata<Data>[]

async function settle(
  boss: PgBoss,
  trx: Kysely<Tables>,
  queue: QueueName,
  waiting: Waiting,
  now: number,
): Promise<void> {
  const ids = waiting.filter((job) => job.startAfter.getTime() <= now).map((job) => job.id)
  if (ids.length === 0) return
  await boss.complete(nameOf(queue), ids, null, { includeQueued: true, db: fromKysely(trx) })
}

async function drop(
  boss: PgBoss,
  trx: Kysely<Tables>,
  queue: QueueName,
  waiting: Waiting,
): Promise<void> {
  const ids = waiting.filter((job) => job.data.alarm).map((job) => job.id)
  if (ids.length > 0) await boss.deleteJob(nameOf(queue), ids, { db: fromKysely(trx) })
}
