import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { type Store, openStore } from '../../src/store/store.ts'
import { engines } from '../support/engines.ts'
import { REQUEST, sampleMigration } from '../support/sample-migration.ts'

const step = fc.record({
  key: fc.constantFrom(0, 1, 2),
  /** Milliseconds from now that the work is sent for. */
  delay: fc.constantFrom(0, 0, 0, 5, 20),
  after: fc.constantFrom('go on', 'go on', 'pause', 'roll back', 'open again'),
})
const plan = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  /** How long each run takes, in milliseconds, and whether it asks for another. */
  runs: fc.infiniteStream(fc.tuple(fc.constantFrom(0, 1, 6), fc.constantFrom(true, false, false))),
})

test('a run that sees it follows every send, and no key runs twice at once', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ steps, runs }) => {
      const where = await engines[0].place()
      const keys = [sampleMigration(), sampleMigration(), sampleMigration()]
      const sent: Array<{ key: string; seq: number; at: number }> = []
      const done: Array<{ key: string; seq: number; begun: number }> = []
      const running = new Set<string>()
      const together: string[] = []
      let alarms = 0

      const start = async (): Promise<Store> => {
        const store = await openStore(where)
        const handler = async (key: string) => {
          if (running.has(key)) together.push(key)
          running.add(key)
          const begun = Date.now()
          const seq = (await store.row(key))?.migration.request?.number ?? 0
          const [milliseconds, again] = runs.next().value
          await sleep(milliseconds)
          running.delete(key)
          done.push({ key, seq, begun })
          if (again && alarms++ < 10) return 3
        }
        await store.work({
          send: handler,
          expire: handler,
          watch: handler,
          compare: handler,
          publish: handler,
        })
        return store
      }

      let store = await start()
      for (const m of keys) await store.transact((tx) => tx.insert(m, m.id, '2029'))
      for (const { key, delay, after } of steps) {
        const m = keys[key] ?? sampleMigration()
        const at = new Date(Date.now() + delay)
        const seq = REQUEST.number + sent.filter((other) => other.key === m.id).length + 1
        const sending = store.transact(async (tx) => {
          await tx.save({ ...m, request: { ...REQUEST, number: seq } }, '2029')
          await tx.send({ queue: 'publish', key: m.id, at })
          if (after === 'roll back') throw new Error('rolled back')
        })
        if (after === 'roll back') await expect(sending).rejects.toThrow('rolled back')
        else {
          await sending
          sent.push({ key: m.id, seq, at: at.getTime() })
        }
        if (after === 'pause') await sleep(3)
        if (after === 'open again') {
          await store.close()
          store = await start()
        }
      }
      const covered = ({ key, seq, at }: (typeof sent)[number]) =>
        done.some((run) => run.key === key && run.seq >= seq && run.begun >= at)
      await vi.waitFor(() => expect(sent.filter((one) => !covered(one))).toEqual([]), {
        timeout: 5_000,
        interval: 5,
      })
      await store.close()
      expect(together).toEqual([])
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('hundreds of runs that only touch the file let everything else happen in between', async () => {
  const store = await openStore(await engines[0].place())
  const keys = Array.from({ length: 300 }, (_, n) => `key-${n}`)
  await store.transact(async (tx) => {
    for (const key of keys) await tx.send({ queue: 'expire', key })
  })
  let runs = 0
  let othersAt: number | undefined
  const handler = async (key: string): Promise<void> => {
    if (++runs === 1) setImmediate(() => (othersAt = runs))
    await store.row(key)
  }
  await store.work({
    send: handler,
    expire: handler,
    watch: handler,
    compare: handler,
    publish: handler,
  })
  await expect.poll(() => runs).toBe(keys.length)
  expect(othersAt).toBeLessThan(20)
  await store.close()
})
