import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { ListedJob, Look } from '../../src/dts/job.ts'
import type { Context, Dispatch } from '../../src/workflow/context.ts'
import { createWatch } from '../../src/workflow/watch.ts'
import { SNAPSHOT } from '../support/sample-migration.ts'
import { lookOf, running, sample } from '../support/watched.ts'

const PLACE = { account: 'default', region: 'ap-guangzhou', apiVersion: '2021-12-06' } as const
const NO_CARD = { number: 0, postingSince: undefined, hash: undefined, shown: undefined }
const MINUTE = 60_000

type Asked = { lists: number; singles: string[] }

/** A watcher of jobs in a list that `shift` changes before each page is cut out of it. */
function createWatcher(
  watched: string[],
  list: string[],
  { shift = () => {}, pause = async () => {}, seen = {}, known = {} }: Partial<Surroundings> = {},
) {
  const events: [id: string, type: string, status: string | undefined][] = []
  const asked: Asked = { lists: 0, singles: [] }
  const jobOf = (id: string): ListedJob & { snapshot: typeof SNAPSHOT } => {
    const look = { ...lookOf('readyComplete', 0), at: new Date().toISOString(), ...seen }
    return { ref: { ...PLACE, id }, snapshot: SNAPSHOT, look }
  }
  const dts = {
    describeJobs: async (
      _: unknown,
      _version: unknown,
      page: { offset: number; limit: number },
    ) => {
      await pause()
      shift(list)
      const jobs = list.slice(page.offset, page.offset + page.limit).map(jobOf)
      const total = list.length
      await pause()
      asked.lists++
      return { total, jobs }
    },
    describeJob: async ({ id }: { id: string }) => {
      asked.singles.push(id)
      return list.includes(id) ? jobOf(id) : undefined
    },
  }
  const rows = watched.map((id) => {
    const watch = { ...running, look: { ...lookOf('running', 0), ...known } }
    return { migration: { ...sample, id, job: { ...PLACE, id }, watch }, card: NO_CARD }
  })
  const store = {
    watched: async () => watched.map((id) => ({ id, savedAt: '2026-01-01T00:00:00.000Z' })),
    rows: async (ids: string[]) => rows.filter(({ migration }) => ids.includes(migration.id)),
  }
  const clock = { now: () => Date.now(), monotonic: () => performance.now() }
  const dispatch: Dispatch = async (id, event) => {
    events.push([id, event.type, event.type === 'observed' ? event.look.status : undefined])
    return undefined
  }
  const log = pino({ level: 'silent' })
  const parts = { store, dts, clock, log, watchEvery: MINUTE } as unknown as Context
  return { watch: createWatch(parts, dispatch), events, asked }
}

type Surroundings = {
  shift: (list: string[]) => void
  pause: () => Promise<void>
  seen: Partial<Look>
  known: Partial<Look>
}

const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `dts-${prefix}${10_000 + index}`)

test('a list that shifts while it is read hides no watched job', async () => {
  const shifts = fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 6 }))
  const size = fc.integer({ min: 3, max: 400 })
  await fc.assert(
    fc.asyncProperty(shifts, size, size, fc.scheduler(), async (moves, mine, others, scheduler) => {
      const watched = ids('mine', mine)
      const list = [...watched, ...ids('other', others)]
      // Mixed, the same way each time.
      list.sort((a, b) => a.slice(-3).localeCompare(b.slice(-3)) || a.localeCompare(b))
      let born = 0
      const shift = (jobs: string[]): void => {
        for (const move of moves.shift() ?? []) {
          if (move < 0) jobs.push(`dts-new${born++}`)
          else remove(jobs, Math.floor(move * jobs.length))
        }
      }
      const pause = (): Promise<void> => scheduler.schedule(Promise.resolve())
      const { watch, events } = createWatcher(watched, list, { shift, pause })
      await scheduler.waitFor(watch())

      expect(events.filter(([, type]) => type !== 'observed')).toEqual([])
      expect(new Set(events.map(([id]) => id))).toEqual(new Set(watched))
    }),
    { numRuns: 100 },
  )
})

/** The first from there that nobody watches. */
function remove(jobs: string[], from: number): void {
  const at = jobs.findIndex((id, index) => index >= from && !id.startsWith('dts-mine'))
  if (at >= 0) jobs.splice(at, 1)
}

test('a list that does not shift shows every job, and none is asked for by itself', async () => {
  const watched = ids('mine', 950)
  const { watch, events, asked } = createWatcher(watched, [...watched, ...ids('other', 50)])
  await watch()
  expect(events).toHaveLength(950)
  expect(asked).toEqual({ lists: 11, singles: [] })
})

test('a job that the list shows no more is missing, and only that one', async () => {
  const watched = ids('mine', 150)
  const { watch, events } = createWatcher(watched, watched.slice(1))
  await watch()
  expect(events.filter(([, type]) => type === 'missing')).toEqual([
    [watched[0], 'missing', undefined],
  ])
})

test('what the row knows already is not said again', async () => {
  const watched = ids('mine', 150)
  const known = { at: new Date().toISOString() }
  const { watch, events, asked } = createWatcher(watched, watched, {
    known,
    seen: { status: 'running' },
  })
  await watch()
  expect(events).toEqual([])
  expect(asked.lists).toBe(3)
})

test('of very many jobs that only progress, some are said at once and the rest later', async () => {
  const watched = ids('mine', 900)
  const known = { at: new Date(Date.now() - 10 * MINUTE).toISOString() }
  const { watch, events } = createWatcher(watched, watched, {
    known,
    seen: { status: 'running', percent: 99 },
  })
  await watch()
  expect(events.length).toBeGreaterThan(10)
  expect(events.length).toBeLessThan(100)
})
