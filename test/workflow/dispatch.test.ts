import { pino } from 'pino'
import { expect, test } from 'vitest'
import { RULES } from '../../src/bot.ts'
import type { Event } from '../../src/migration/event.ts'
import { createDispatch } from '../../src/workflow/dispatch.ts'
import { engines, open } from '../support/engines.ts'
import { LOOK, WATCH, sampleMigration } from '../support/sample-migration.ts'

const NOW = Date.parse('2029-01-02T00:00:00.000Z')

test('what a paused bot saw is not written down once it is no longer fresh', async () => {
  const store = await open(await engines[0].place())
  const m = sampleMigration({ watch: WATCH })
  await store.transact((tx) => tx.insert(m, 'form', '2029'))
  let monotonic = 0
  const clock = { now: () => NOW, monotonic: () => monotonic }
  const dispatch = createDispatch({ store, rules: RULES, clock, log: pino({ level: 'silent' }) })
  const look = { ...LOOK, at: new Date(NOW).toISOString(), status: 'success' as const }
  const seen: Event = { type: 'observed', look }
  const fresh = { wall: NOW + 1, monotonic: 40_000 }

  monotonic = 40_000
  expect(await dispatch(m.id, seen, fresh)).toBeUndefined()
  expect((await store.row(m.id))?.migration).toEqual(m)
  monotonic = 39_999
  expect(await dispatch(m.id, seen, fresh)).toMatchObject({ ended: { ending: { how: 'done' } } })
})
