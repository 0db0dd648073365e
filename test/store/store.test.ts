import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Store, Tx } from '../../src/store/store.ts'
import { engines, open } from '../support/engines.ts'
import { ENDED, STARTED, sampleMigration } from '../support/sample-migration.ts'

const AT = '2029-01-01T00:00:00.000Z'
const LATER = '2029-01-01T00:00:01.000Z'

describe.each(engines)('a store on $engine', ({ place }) => {
  test('gives back what was inserted, as version 1, with the happening "asked"', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    expect(await insert(store, m)).toEqual({ inserted: true })
    expect(await store.row(m.id)).toEqual({ migration: m, version: 1, card: undefined })
    expect(await store.history(m.id)).toEqual([
      {
        migrationId: m.id,
        seq: 1,
        at: AT,
        happening: { type: 'asked' },
        state: { at: 'asking' },
        sayingSince: undefined,
        said: false,
      },
    ])
    expect(await store.row('another')).toBeUndefined()
    expect(await store.history('another')).toEqual([])
  })

  test('knows a form that was already taken, even after its migration ended', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m, 'form')
    const again = sampleMigration({ job: m.job })
    expect(await insert(store, again, 'form')).toMatchObject({ same: { migration: m } })
    await save(store, { ...m, state: ENDED })
    expect(await insert(store, again, 'form')).toMatchObject({ same: { migration: { id: m.id } } })
    expect(await store.row(again.id)).toBeUndefined()
  })

  test('lets one live migration hold a job, and the next one only after its end', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const next = sampleMigration({ job: m.job })
    expect(await insert(store, next)).toMatchObject({ heldBy: { migration: m } })
    expect(await store.history(next.id)).toEqual([])
    await save(store, { ...m, state: ENDED })
    expect(await store.liveByJob(m.job.id)).toBeUndefined()
    expect(await store.latestByJob(m.job.id)).toMatchObject({ migration: { id: m.id } })
    expect(await insert(store, next)).toEqual({ inserted: true })
    expect(await store.liveByJob(m.job.id)).toMatchObject({ migration: next })
    expect(await store.latestByJob(m.job.id)).toMatchObject({ migration: next })
    expect(await store.latestByJob('dts-nothing')).toBeUndefined()
  })

  test('names the one holder to all who ask for a job at the same moment', async () => {
    const store = await open(await place())
    const { job } = sampleMigration()
    const all = Array.from({ length: 8 }, () => sampleMigration({ job }))
    const outcomes = await Promise.all(all.map((m) => insert(store, m)))
    expect(outcomes.filter((outcome) => 'inserted' in outcome)).toHaveLength(1)
    const holder = await store.liveByJob(job.id)
    expect(outcomes.filter((outcome) => 'heldBy' in outcome)).toEqual(
      Array.from({ length: 7 }, () => ({ heldBy: holder })),
    )
  })

  test('takes a form that is submitted twice at the same moment once', async () => {
    const store = await open(await place())
    const { job } = sampleMigration()
    const all = Array.from({ length: 4 }, () => sampleMigration({ job }))
    const outcomes = await Promise.all(all.map((m) => insert(store, m, 'form')))
    expect(outcomes.filter((outcome) => 'inserted' in outcome)).toHaveLength(1)
    expect(outcomes.filter((outcome) => 'same' in outcome)).toHaveLength(3)
  })

  test('grows the version with each save and follows the state', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    expect(await store.watched()).toEqual([])
    await save(store, { ...m, state: STARTED })
    expect(await store.watched()).toMatchObject([{ migration: { id: m.id }, version: 2 }])
    await save(store, { ...m, state: ENDED })
    expect(await store.watched()).toEqual([])
    expect(await store.row(m.id)).toMatchObject({ version: 3, migration: { state: ENDED } })
    await expect(save(store, sampleMigration())).rejects.toThrow('no migration')
  })

  test('keeps the history in order, and what was said of it', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    await store.transact(async (tx) => {
      await tx.lock(m.id)
      await tx.append(m.id, AT, { type: 'attempted', earlierStart: '' }, m.state)
      await tx.append(m.id, LATER, { type: 'accepted', requestId: 'r' }, STARTED)
    })
    await store.said(m.id, 2, LATER, '1.2')
    await store.saying(m.id, 1, AT)
    await store.saying(m.id, 3, AT)
    await store.notSaid(m.id, 3)
    expect(await store.history(m.id)).toMatchObject([
      { seq: 1, sayingSince: AT, said: false },
      {
        seq: 2,
        sayingSince: undefined,
        said: true,
        happening: { type: 'attempted', earlierStart: '' },
      },
      { seq: 3, sayingSince: undefined, said: false, state: STARTED, at: LATER },
    ])
    expect((await store.unsaid(m.id)).map((entry) => entry.seq)).toEqual([1, 3])
    await store.said(m.id, 1, LATER, undefined)
    expect((await store.unsaid(m.id)).map((entry) => entry.seq)).toEqual([3])
  })

  test('remembers the card beside the migration, without a new version', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const card = { channel: 'C1', ts: '1.2', hash: 'h' }
    await store.cardShown(m.id, card)
    expect(await store.row(m.id)).toEqual({ migration: m, version: 1, card })
    await save(store, m)
    expect(await store.row(m.id)).toEqual({ migration: m, version: 2, card })
  })

  test('rolls everything back when the work throws', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const other = sampleMigration()
    const failing = store.transact(async (tx) => {
      await tx.lock(m.id)
      await tx.save({ ...m, reason: 'changed' }, LATER)
      await tx.append(m.id, LATER, { type: 'attempted', earlierStart: '' }, m.state)
      await tx.insert(other, 'other', AT)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await store.row(m.id)).toEqual({ migration: m, version: 1, card: undefined })
    expect(await store.history(m.id)).toHaveLength(1)
    expect(await store.row(other.id)).toBeUndefined()
  })

  test('lets those who lock one migration go one after the other', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const increase = async (tx: Tx) => {
      const row = await tx.lock(m.id)
      if (row === undefined) throw new Error('gone')
      await sleep(1)
      const ask = { ...m.ask, number: row.migration.ask.number + 1 }
      await tx.save({ ...m, ask }, LATER)
      await tx.append(m.id, LATER, { type: 'attempted', earlierStart: '' }, m.state)
    }
    await Promise.all(Array.from({ length: 20 }, () => store.transact(increase)))
    expect(await store.row(m.id)).toMatchObject({ version: 21, migration: { ask: { number: 21 } } })
    expect((await store.history(m.id)).map((entry) => entry.seq)).toEqual(
      Array.from({ length: 21 }, (_, index) => index + 1),
    )
  })

  test('keeps everything when it is closed and opened again', async () => {
    const where = await place()
    const first = await open(where)
    const m = sampleMigration()
    await insert(first, m)
    await save(first, { ...m, state: STARTED })
    await first.cardShown(m.id, { channel: 'C1', ts: '1.2', hash: 'h' })
    const [row, history] = [await first.row(m.id), await first.history(m.id)]
    await first.close()
    const second = await open(where)
    await second.ping()
    expect(await second.row(m.id)).toEqual(row)
    expect(await second.history(m.id)).toEqual(history)
    expect(await second.watched()).toEqual([row])
  })

  test('answers to a ping until it is closed, which may be said twice', async () => {
    const store = await open(await place())
    await store.ping()
    await Promise.all([store.close(), store.close()])
    await expect(store.ping()).rejects.toThrow()
  })
})

function insert(store: Store, m: ReturnType<typeof sampleMigration>, form: string = m.id) {
  return store.transact((tx) => tx.insert(m, form, AT))
}

function save(store: Store, m: ReturnType<typeof sampleMigration>) {
  return store.transact((tx) => tx.save(m, LATER))
}
