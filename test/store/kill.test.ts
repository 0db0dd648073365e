import { once } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { engines, open } from '../support/engines.ts'
import { startStoreChild } from '../support/start-store-child.ts'

describe.each(engines)('kill -9 on $engine', ({ place }) => {
  test('loses none of the work in hand', async () => {
    const where = await place()
    const before = await open(where)
    await before.transact((tx) => tx.send({ queue: 'send', key: 'in hand' }))
    await before.transact((tx) => tx.send({ queue: 'send', key: 'later', at: soon() }))
    await before.close()

    const { child, line } = startStoreChild(where)
    await line('begun in hand')
    child.kill('SIGKILL')
    await once(child, 'exit')

    const after = await open(where)
    const ran: string[] = []
    const handler = async (key: string) => void ran.push(key)
    await after.work({
      send: handler,
      expire: handler,
      watch: handler,
      compare: handler,
      publish: handler,
    })
    const wait = { timeout: 90_000, interval: 100 }
    await vi.waitFor(() => expect(ran.toSorted()).toEqual(['in hand', 'later']), wait)
  }, 120_000)
})

test('a second process cannot open the SQLite file until the first one is gone', async () => {
  const where = await engines[0].place()
  const { child, line } = startStoreChild(where)
  await line('open')
  await expect(openStore(where)).rejects.toThrow(
    /dts\.sqlite is in use by another process.*DATABASE_URL/,
  )
  child.kill('SIGKILL')
  await once(child, 'exit')
  const store = await open(where)
  expect(await store.watched()).toEqual([])
})

function soon(): Date {
  return new Date(Date.now() + 3_000)
}
