import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/migration/event.ts'
import type { Migration } from '../../src/migration/migration.ts'
import type { Card, Store, Tx } from '../../src/store/store.ts'
import { engines, open } from '../support/engines.ts'
import { ENDED, LOOK, REQUEST, WATCH, sampleMigration } from '../support/sample-migration.ts'

const AT = '2029-01-01T00:00:00.000Z'
const LATER = '2029-01-01T00:00:01.000Z'
const NO_CARD: Card = { number: 0, postingSince: undefined, hash: undefined, shown: undefined }
const ATTEMPTED: Event = { type: 'attempted', request: 1, token: 'attempt-1', before: {} }
const { operation, requester, reason, rule, expiresAt } = REQUEST
const REQUESTED: Event = { type: 'requested', operation, requester, reason, rule, expiresAt }
const EXPIRED: Event = { type: 'expired', request: 1 }

describe.each(engines)('a store on $engine', ({ place }) => {
  test('returns a new migration as it was inserted, without a card or a history', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    expect(await insert(store, m)).toEqual({ inserted: true })
    expect(await store.row(m.id)).toEqual({ migration: m, card: NO_CARD })
    expect(await store.undelivered(m.id)).toEqual([])
    expect(await store.row('another')).toBeUndefined()
    expect(await store.undelivered('another')).toEqual([])
  })

  test('recognises a form that was already submitted, even after its migration ended', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m, 'form')
    const again = sampleMigration({ job: m.job })
    expect(await insert(store, again, 'form')).toMatchObject({ same: { migration: m } })
    await save(store, { ...m, ended: ENDED })
    expect(await insert(store, again, 'form')).toMatchObject({ same: { migration: { id: m.id } } })
    expect(await store.row(again.id)).toBeUndefined()
  })

  test('lets one live migration hold a job, and the next one only after its end', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    const { job } = m
    await insert(store, m)
    const next = sampleMigration({ job })
    expect(await insert(store, next)).toMatchObject({ heldBy: { migration: m } })
    expect(await store.row(next.id)).toBeUndefined()
    await save(store, { ...m, ended: ENDED })
    expect(await store.liveByJob(job)).toBeUndefined()
    expect(await store.latestByJob(job.account, job.id)).toMatchObject({ migration: { id: m.id } })
    expect(await insert(store, next)).toEqual({ inserted: true })
    expect(await store.liveByJob(job)).toMatchObject({ migration: next })
    expect(await store.latestByJob(job.account, job.id)).toMatchObject({ migration: next })
  })

  test('tells jobs of one id apart by account and region', async () => {
    const store = await open(await place())
    const here = sampleMigration()
    const { job } = here
    const elsewhere = sampleMigration({ job: { ...job, region: 'ap-shanghai' } })
    const others = sampleMigration({ job: { ...job, account: 'another' } })
    for (const m of [here, elsewhere, others]) {
      expect(await insert(store, m)).toEqual({ inserted: true })
    }
    for (const m of [here, elsewhere, others]) {
      expect(await store.liveByJob(m.job)).toMatchObject({ migration: m })
    }
    expect(await store.liveByJob({ ...job, region: 'ap-beijing' })).toBeUndefined()
    expect(await store.latestByJob('another', job.id)).toMatchObject({ migration: others })
    expect(await store.latestByJob('a third', job.id)).toBeUndefined()
    expect(await store.latestByJob(job.account, 'dts-nothing')).toBeUndefined()
  })

  test('finds in any region the live migration of a job, or else the one begun last', async () => {
    const store = await open(await place())
    const live = sampleMigration()
    const { account, id } = live.job
    const ended = sampleMigration({ job: { ...live.job, region: 'ap-shanghai' }, ended: ENDED })
    await insert(store, live, live.id, AT)
    await insert(store, ended, ended.id, LATER)
    expect(await store.latestByJob(account, id)).toMatchObject({ migration: { id: live.id } })
    await save(store, { ...live, ended: ENDED })
    expect(await store.latestByJob(account, id)).toMatchObject({ migration: { id: ended.id } })
  })

  test('names the one holder to all who ask for a job at the same moment', async () => {
    const store = await open(await place())
    const { job } = sampleMigration()
    const all = Array.from({ length: 8 }, () => sampleMigration({ job }))
    const outcomes = await Promise.all(all.map((m) => insert(store, m)))
    expect(outcomes.filter((outcome) => 'inserted' in outcome)).toHaveLength(1)
    const holder = await store.liveByJob(job)
    expect(outcomes.filter((outcome) => 'heldBy' in outcome)).toEqual(
      Array.from({ length: 7 }, () => ({ heldBy: holder })),
    )
  })

  test('accepts a form that is submitted several times at the same moment once', async () => {
    const store = await open(await place())
    const { job } = sampleMigration()
    const all = Array.from({ length: 4 }, () => sampleMigration({ job }))
    const outcomes = await Promise.all(all.map((m) => insert(store, m, 'form')))
    expect(outcomes.filter((outcome) => 'inserted' in outcome)).toHaveLength(1)
    expect(outcomes.filter((outcome) => 'same' in outcome)).toHaveLength(3)
  })

  test('lists what has to be watched, the oldest first, until it ends', async () => {
    const store = await open(await place())
    const [younger, older] = [sampleMigration(), sampleMigration()]
    await insert(store, younger, younger.id, LATER)
    await insert(store, older, older.id, AT)
    expect(await store.watched()).toEqual([])
    for (const m of [younger, older]) await save(store, { ...m, watch: WATCH })
    expect((await store.watched()).map(({ id }) => id)).toEqual([older.id, younger.id])
    expect(await store.rows([younger.id, older.id])).toHaveLength(2)
    await save(store, { ...older, watch: WATCH, ended: ENDED })
    expect(await store.watched()).toEqual([{ id: younger.id, savedAt: LATER }])
    expect(await store.watched(LATER)).toHaveLength(1)
    expect(await store.watched(`${LATER}+`)).toEqual([])
    const [row] = await store.rows([younger.id])
    expect(row?.migration).toEqual({ ...younger, watch: WATCH })
    expect(await store.row(older.id)).toMatchObject({ migration: { ended: ENDED } })
    await expect(save(store, sampleMigration())).rejects.toThrow('no migration')
  })

  test('keeps what the thread has to say in order, each entry until it is delivered', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    const ended = { ...m, ended: ENDED }
    await insert(store, m)
    await store.transact(async (tx) => {
      await tx.lock(m.id)
      await tx.append(m, AT, REQUESTED, 'requested')
      await tx.append(m, AT, ATTEMPTED, undefined)
      await tx.append({ ...m, watch: WATCH }, LATER, { type: 'observed', look: LOOK }, 'ready')
      await tx.append(ended, LATER, EXPIRED, 'ended')
    })
    const entry = { migrationId: m.id, postingSince: undefined }
    const all = [
      { ...entry, seq: 1, event: REQUESTED, news: 'requested', after: m },
      {
        ...entry,
        seq: 3,
        event: { type: 'observed', look: LOOK },
        news: 'ready',
        after: { ...m, watch: WATCH },
      },
      { ...entry, seq: 4, event: EXPIRED, news: 'ended', after: ended },
    ]
    expect(await store.undelivered(m.id)).toEqual(all)
    await store.posting(m.id, 1, AT)
    await store.posting(m.id, 3, AT)
    await store.posting(m.id, 3, undefined)
    const [first, ...others] = all
    expect(await store.undelivered(m.id)).toEqual([{ ...first, postingSince: AT }, ...others])
    await store.delivered(m.id, 3, LATER)
    expect((await store.undelivered(m.id)).map(({ seq }) => seq)).toEqual([1, 4])
    for (const seq of [1, 4]) await store.delivered(m.id, seq, LATER)
    expect(await store.undelivered(m.id)).toEqual([])
  })

  test('remembers the card beside the migration', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const shown = { channel: 'C1', ts: '1.2' }
    const cards: Card[] = [
      { ...NO_CARD, postingSince: AT },
      { number: 1, postingSince: undefined, hash: 'h', shown },
      { number: 1, postingSince: undefined, hash: undefined, shown: undefined },
    ]
    for (const card of cards) {
      await store.saveCard(m.id, card)
      expect(await store.row(m.id)).toEqual({ migration: m, card })
      await save(store, m)
      expect(await store.row(m.id)).toEqual({ migration: m, card })
    }
  })

  test('does not know what a card shows that two bots drew at once', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const hash = async () => (await store.row(m.id))?.card.hash
    for (const known of ['before', undefined]) {
      await store.saveCard(m.id, { ...NO_CARD, number: 1, hash: known })
      for (const name of ['one', 'another']) {
        await store.drawing(m.id, AT, LATER)
        await store.drawing(m.id, AT, LATER)
        await store.drawn(m.id, name)
        expect(await hash()).not.toBe(name)
      }
      // By then all edits have arrived.
      await store.drawing(m.id, LATER, LATER)
      await store.drawn(m.id, 'alone')
      expect(await hash()).toBe('alone')
      await store.drawn(m.id, 'late')
      expect(await hash()).toBeUndefined()
    }
  })

  test('rolls everything back when the work throws', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const other = sampleMigration()
    const failing = store.transact(async (tx) => {
      await tx.lock(m.id)
      await tx.save({ ...m, ended: ENDED }, LATER)
      await tx.append(m, LATER, EXPIRED, 'ended')
      await tx.insert(other, 'other', AT)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await store.row(m.id)).toEqual({ migration: m, card: NO_CARD })
    expect(await store.undelivered(m.id)).toEqual([])
    expect(await store.row(other.id)).toBeUndefined()
  })

  test('lets those who lock one migration go one after the other', async () => {
    const store = await open(await place())
    const m = sampleMigration()
    await insert(store, m)
    const increase = async (tx: Tx): Promise<void> => {
      const row = await tx.lock(m.id)
      await sleep(1)
      const number = (row?.migration.request?.number ?? 0) + 1
      const to = { ...m, request: { ...REQUEST, number } }
      await tx.save(to, LATER)
      await tx.append(to, LATER, ATTEMPTED, 'approved')
    }
    await Promise.all(Array.from({ length: 20 }, () => store.transact(increase)))
    expect(await store.row(m.id)).toMatchObject({ migration: { request: { number: 21 } } })
    const counted = (await store.undelivered(m.id)).map(({ seq, after }) => [
      seq,
      after.request?.number,
    ])
    expect(counted).toEqual(Array.from({ length: 20 }, (_, n) => [n + 1, n + 2]))
  })

  test('keeps everything when it is closed and opened again', async () => {
    const where = await place()
    const first = await open(where)
    const m = sampleMigration({ watch: WATCH })
    await insert(first, m)
    await first.transact((tx) => tx.append(m, AT, EXPIRED, 'ended'))
    await first.saveCard(m.id, { ...NO_CARD, hash: 'h', shown: { channel: 'C1', ts: '1.2' } })
    const [row, entries] = [await first.row(m.id), await first.undelivered(m.id)]
    await first.close()
    const second = await open(where)
    expect(row).toMatchObject({ migration: m, card: { hash: 'h' } })
    expect(await second.row(m.id)).toEqual(row)
    expect(await second.undelivered(m.id)).toEqual(entries)
    expect(await second.rows([m.id])).toEqual([row])
  })

  test('can be closed twice, and then rejects every call', async () => {
    const store = await open(await place())
    await Promise.all([store.close(), store.close()])
    await expect(store.watched()).rejects.toThrow()
  })
})

function insert(store: Store, m: Migration, form: string = m.id, at = AT) {
  return store.transact((tx) => tx.insert(m, form, at))
}

function save(store: Store, m: Migration) {
  return store.transact((tx) => tx.save(m, LATER))
}
