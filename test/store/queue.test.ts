import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Migration } from '../../src/migration/migration.ts'
import type { Handlers, QueueName, Send, Store } from '../../src/store/store.ts'
import { type Place, engines, open } from '../support/engines.ts'
import { REQUEST, sampleMigration } from '../support/sample-migration.ts'

const DAYS = 3 * 86_400_000
const FAR = new Date('2100-01-01T00:00:00.000Z')

describe.each(engines)('the queue on $engine', ({ place }) => {
  test('runs work of every queue with its key', async () => {
    const store = await open(await place())
    const ran: string[] = []
    await store.work({
      send: async (key) => void ran.push(`send ${key}`),
      expire: async (key) => void ran.push(`expire ${key}`),
      watch: async (key) => void ran.push(`watch ${key}`),
      compare: async (key) => void ran.push(`compare ${key}`),
      publish: async (key) => void ran.push(`publish ${key}`),
    })
    await store.transact(async (tx) => {
      for (const queue of ['send', 'expire', 'watch', 'compare', 'publish'] as const) {
        await tx.send({ queue, key: `${queue}:1 ✓` })
      }
    })
    const all = ['send', 'expire', 'watch', 'compare', 'publish'].map((one) => `${one} ${one}:1 ✓`)
    await until(() => expect(ran.toSorted()).toEqual(all.toSorted()))
  })

  test('runs work when it is due, not before', async () => {
    const store = await open(await place())
    const at = new Date(Date.now() + 1_200)
    const ran: number[] = []
    await store.work(only('expire', async () => void ran.push(Date.now())))
    await send(store, { queue: 'expire', key: 'a', at }, { queue: 'expire', key: 'b', at: FAR })
    await until(() => expect(ran).toHaveLength(1))
    expect(ran[0]).toBeGreaterThanOrEqual(at.getTime())
  })

  test('keeps its waits when the clock was days ahead and is set back', async () => {
    const store = await open(await place())
    let runs = 0
    const ahead = (): void => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DAYS })
    const back = (): void => void vi.useRealTimers()
    onTestFinished(back)
    const handler = async () => {
      if (++runs !== 1) return
      ahead()
      return 200
    }
    await store.work({ ...only('watch', handler), expire: async () => void runs++ })
    await send(store, { queue: 'watch', key: 'all' })
    await until(() => expect(runs).toBe(1))
    await send(store, { queue: 'expire', key: 'a', at: new Date(Date.now() + 200) })
    back()
    await until(() => expect(runs).toBe(3))
  })

  test('keeps both times that one key was sent for', async () => {
    const where = await place()
    const store = await open(where)
    let runs = 0
    await store.work(only('expire', async () => void runs++))
    await send(store, { queue: 'expire', key: 'a', at: FAR }, { queue: 'expire', key: 'a' })
    await until(() => expect(runs).toBe(1))
    await store.close()
    expect(await waiting(where)).toBe(1)
  })

  test('runs at once what was due in the past', async () => {
    const store = await open(await place())
    const ran: string[] = []
    await store.work(only('send', async (key) => void ran.push(key)))
    await send(store, { queue: 'send', key: 'a', at: new Date(0) })
    await until(() => expect(ran).toEqual(['a']))
  })

  test('sends nothing from a transaction that rolls back', async () => {
    const where = await place()
    const store = await open(where)
    const ran: string[] = []
    await store.work(only('watch', async (key) => void ran.push(key)))
    const failing = store.transact(async (tx) => {
      await tx.send({ queue: 'watch', key: 'rolled back' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await store.close()
    expect(await waiting(where)).toBe(0)
    expect(ran).toEqual([])
  })

  test('retries a handler that throws, later each time', async () => {
    const where = await place()
    const store = await open(where)
    const times: number[] = []
    const handler = async () => {
      times.push(Date.now())
      if (times.length < 3) throw new Error('token not-a-real-secret')
    }
    await store.work(only('send', handler))
    await send(store, { queue: 'send', key: 'a' })
    await until(() => expect(times).toHaveLength(3), 20_000)
    const [first = 0, second = 0, third = 0] = times
    expect(second - first).toBeGreaterThanOrEqual(990)
    expect(third - second).toBeGreaterThanOrEqual(1_990)
    expect(where.lines.filter((line) => line.includes('"key":"a"'))).toHaveLength(2)
    await store.close()
    expect(await waiting(where)).toBe(0)
  })

  test('runs again after the wait that a handler returns, and then no more', async () => {
    const where = await place()
    const store = await open(where)
    const ran: number[] = []
    const handler = async () => {
      ran.push(Date.now())
      if (ran.length === 1) return 500
    }
    await store.work(only('watch', handler))
    await send(store, { queue: 'watch', key: 'all' })
    await until(() => expect(ran).toHaveLength(2))
    const [first = 0, second = 0] = ran
    expect(second - first).toBeGreaterThanOrEqual(490)
    await store.close()
    expect(await waiting(where)).toBe(0)
  })

  test('keeps one alarm for each key, however often the key is sent', async () => {
    const where = await place()
    const store = await open(where)
    let runs = 0
    const handler = async () => {
      runs++
      return FAR.getTime() - Date.now() + runs
    }
    await store.work(only('watch', handler))
    for (let n = 1; n <= 4; n++) {
      await send(store, { queue: 'watch', key: 'all' })
      await until(() => expect(runs).toBe(n))
    }
    await store.close()
    expect(await waiting(where)).toBe(1)
  })

  test('keeps an alarm when a later run sets none', async () => {
    const where = await place()
    const store = await open(where)
    let runs = 0
    await store.work(only('watch', async () => (++runs === 1 ? DAYS : undefined)))
    for (let n = 1; n <= 2; n++) {
      await send(store, { queue: 'watch', key: 'all' })
      await until(() => expect(runs).toBe(n))
    }
    await store.close()
    expect(await waiting(where)).toBe(1)
  })

  test('runs a key once more when it was sent while it ran', async () => {
    const where = await place()
    const store = await open(where)
    const gate = Promise.withResolvers<void>()
    let sent = 0
    const seen: number[] = []
    const handler = async () => {
      seen.push(sent)
      await gate.promise
    }
    await store.work(only('publish', handler))
    await send(store, { queue: 'publish', key: 'a' })
    await until(() => expect(seen).toEqual([0]))
    for (sent = 1; sent <= 5; sent++) await send(store, { queue: 'publish', key: 'a' })
    gate.resolve()
    await until(() => expect(seen).toEqual([0, 6]))
    await store.close()
    expect(await waiting(where)).toBe(0)
    expect(seen).toEqual([0, 6])
  })

  test('works on several keys at once', async () => {
    const store = await open(await place())
    const gate = Promise.withResolvers<void>()
    const begun: string[] = []
    await store.work(
      only('publish', async (key) => {
        begun.push(key)
        await gate.promise
      }),
    )
    const keys = ['a', 'b', 'c', 'd']
    await send(store, ...keys.map((key) => ({ queue: 'publish' as const, key })))
    await until(() => expect(begun.toSorted()).toEqual(keys))
    gate.resolve()
  })

  test('never runs one key twice at once, and shows each run what was committed', async () => {
    const where = await place()
    const first = await open(where)
    // Two processes, as far as PostgreSQL can tell.
    const second = where.databaseUrl === undefined ? first : await open(where)
    const all = Array.from({ length: 5 }, () => sampleMigration())
    for (const m of all) await first.transact((tx) => tx.insert(m, m.id, '2029'))
    const running = new Set<string>()
    const together: string[] = []
    const seen = new Map<string, number>()
    const handlers = only('publish', async (key) => {
      if (running.has(key)) together.push(key)
      running.add(key)
      const row = await first.row(key)
      seen.set(key, row?.migration.request?.number ?? 0)
      await sleep(Math.random() * 5)
      running.delete(key)
    })
    await first.work(handlers)
    if (second !== first) await second.work(handlers)
    const increase = (store: Store, m: Migration) =>
      store.transact(async (tx) => {
        const row = await tx.lock(m.id)
        const number = (row?.migration.request?.number ?? 0) + 1
        await tx.save({ ...m, request: { ...REQUEST, number } }, '2029')
        await tx.send({ queue: 'publish', key: m.id })
      })
    const rounds = Array.from({ length: 30 }, (_, n) => (n % 2 ? first : second))
    await Promise.all(rounds.flatMap((store) => all.map((m) => increase(store, m))))
    await until(() => expect([...seen.values()]).toEqual(all.map(() => 31)), 20_000)
    // The last of them may have been sent while the run that has seen it was under way.
    if (where.databaseUrl !== undefined) {
      await until(async () => expect(await waiting(where)).toBe(0), 20_000)
    }
    await Promise.all([first.close(), second.close()])
    expect(together).toEqual([])
    expect(await waiting(where)).toBe(0)
  }, 60_000)

  test('waits for the work in hand when it closes, and does not repeat it', async () => {
    const where = await place()
    const store = await open(where)
    const gate = Promise.withResolvers<void>()
    const log: string[] = []
    await store.work(
      only('send', async () => {
        log.push('begun')
        await gate.promise
        await store.watched()
        log.push('done')
      }),
    )
    await send(store, { queue: 'send', key: 'a' })
    await until(() => expect(log).toEqual(['begun']))
    const closed = store.close().then(() => log.push('closed'))
    gate.resolve()
    await closed
    expect(log).toEqual(['begun', 'done', 'closed'])
    expect(await waiting(where)).toBe(0)
  })

  test('runs what was left when the store is opened again', async () => {
    const where = await place()
    const first = await open(where)
    await send(first, { queue: 'send', key: 'left' })
    await first.close()
    const second = await open(where)
    const ran: string[] = []
    await second.work(only('send', async (key) => void ran.push(key)))
    await until(() => expect(ran).toEqual(['left']))
  })
})

describe('the queue on postgres only', () => {
  const { place } = engines[1]

  test('stores nothing that a handler throws', async () => {
    const where = await place()
    const store = await open(where)
    const thrower = async () => {
      throw Object.assign(new Error('password not-a-real-secret'), { body: 'not-a-real-secret' })
    }
    await store.work(only('send', thrower))
    await send(store, { queue: 'send', key: 'a' })
    await until(async () => {
      const rows = await query(
        where,
        `select output::text from dts_queue.job where retry_count > 0
        or state = 'retry'`,
      )
      expect(JSON.stringify(rows)).toContain('The handler failed')
    })
    const all = await query(where, 'select j::text from dts_queue.job j')
    expect(JSON.stringify(all)).not.toContain('not-a-real-secret')
  })

  test('survives the loss of its connections, idle or within a transaction', async () => {
    const where = await place()
    const store = await open(where)
    const ran: string[] = []
    await store.work(only('publish', async (key) => void ran.push(key)))
    const killAll = () =>
      query(
        where,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
    const cut = store.transact(async (tx) => {
      await tx.send({ queue: 'publish', key: 'cut' })
      await killAll()
      await tx.send({ queue: 'publish', key: 'cut' })
    })
    await expect(cut).rejects.toThrow()
    await killAll()
    await until(() => store.watched())
    await until(() => send(store, { queue: 'publish', key: 'after' }))
    await until(() => expect(ran).toContain('after'), 20_000)
    expect(ran).not.toContain('cut')
  })

  test('retries a transaction after a deadlock', async () => {
    const store = await open(await place())
    const [a, b] = [sampleMigration(), sampleMigration()]
    for (const m of [a, b]) await store.transact((tx) => tx.insert(m, m.id, '2029'))
    const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let tries = 0
    const crossing = (first: string, then: string, mine: typeof one, theirs: typeof two) =>
      store.transact(async (tx) => {
        tries++
        await tx.lock(first)
        mine.resolve()
        await theirs.promise
        await tx.lock(then)
        await tx.send({ queue: 'publish', key: first })
      })
    await Promise.all([crossing(a.id, b.id, one, two), crossing(b.id, a.id, two, one)])
    // The second try of one may come between the locks of the other, so that there is a third.
    expect(tries).toBeGreaterThan(2)
    const ran: string[] = []
    await store.work(only('publish', async (key) => void ran.push(key)))
    await until(() => expect(ran.toSorted()).toEqual([a.id, b.id].toSorted()))
  })
})

function only(queue: QueueName, handler: Handlers[QueueName]): Handlers {
  const idle = async () => {}
  return { send: idle, expire: idle, watch: idle, compare: idle, publish: idle, [queue]: handler }
}

async function send(store: Store, ...works: Send[]): Promise<void> {
  await store.transact(async (tx) => {
    for (const work of works) await tx.send(work)
  })
}

function until(check: () => unknown, timeout = 10_000): Promise<unknown> {
  return vi.waitFor(check, { timeout, interval: 20 })
}

/** How many pieces of work wait, or run, at a place. On SQLite the store must be closed. */
async function waiting(where: Place): Promise<number> {
  if (where.databaseUrl === undefined) {
    using database = new DatabaseSync(join(where.dataDir, 'dts.sqlite'))
    return Number(database.prepare('select count(*) as n from due').get()?.['n'])
  }
  const rows = await query(
    where,
    "select count(*)::int as n from dts_queue.job where name like 'dts-%' and state <= 'active'",
  )
  return Number(rows[0]?.n)
}

async function query(where: Place, text: string): Promise<Array<Record<string, unknown>>> {
  const client = new Client({ connectionString: where.databaseUrl })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
