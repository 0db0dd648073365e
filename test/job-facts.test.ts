import { expect, test } from 'vitest'
import { type JobFacts, type Seen, changes, isNews } from '../src/job-facts.ts'
import { SEEN, sampleMigration } from './support/sample-migration.ts'

const job: JobFacts = { ...sampleMigration().job, runMode: 'timed' }
const seen: Seen = { ...SEEN, percent: 10, secondsBehind: 3 }

test('a job that is the same has no changes', () => {
  expect(changes(job, structuredClone(job))).toEqual([])
})

test.each<[Partial<JobFacts>, string, string, string]>([
  [{ name: 'orders-2' }, 'name', 'orders', 'orders-2'],
  [
    { source: { ...job.source, engine: 'mariadb' } },
    'source',
    'mysql cvm ins-1 ap-beijing',
    'mariadb cvm ins-1 ap-beijing',
  ],
  [
    { target: { ...job.target, instance: undefined } },
    'target',
    'mysql cdb cdb-1 ap-guangzhou',
    'mysql cdb ap-guangzhou',
  ],
  [
    { runMode: 'immediate', expectTime: undefined },
    'run mode',
    'timed, 2029-01-01 08:00:00',
    'immediate',
  ],
  [
    { expectTime: '2029-01-02 08:00:00' },
    'run mode',
    'timed, 2029-01-01 08:00:00',
    'timed, 2029-01-02 08:00:00',
  ],
  [{ migrateType: 'fullAndIncrement' }, 'migration type', 'full', 'fullAndIncrement'],
  [{ wholeInstance: true }, 'objects', 'named objects', 'whole instance'],
  [{ overridesRoot: true }, 'overrides root', 'no', 'yes'],
  [{ targetReadOnly: true }, 'target read-only', 'no', 'yes'],
])('%j is shown as a change', (change, what, was, is) => {
  const now = { ...job, ...change, digest: 'd2' }
  expect(changes(job, now)).toEqual([{ what, was, is }])
  expect(changes(now, job)).toEqual([{ what, was: is, is: was }])
})

test('every change is named, in the order of the card', () => {
  const now: JobFacts = { ...job, targetReadOnly: true, name: 'x', migrateType: 'structure' }
  expect(changes(job, now).map(({ what }) => what)).toEqual([
    'name',
    'migration type',
    'target read-only',
  ])
})

test('what is not shown is no change that people would see', () => {
  expect(changes(job, { ...job, digest: 'd2' })).toEqual([])
})

test('a look that shows the same a moment later is no news', () => {
  expect(isNews(seen, { ...seen, at: '2029-01-01T00:00:59.999Z' })).toBe(false)
})

test('a minute is news by itself', () => {
  expect(isNews(seen, { ...seen, at: '2029-01-01T00:01:00.000Z' })).toBe(true)
})

test('a look from before is no news', () => {
  expect(isNews(seen, { ...seen, at: '2028-12-31T00:00:00.000Z' })).toBe(false)
})

test.each<Partial<Seen>>([
  { status: 'readyComplete' },
  { statusCode: '8' },
  { stepNow: 2 },
  { stepAll: 7 },
  { stepName: 'import' },
  { percent: 11 },
  { percent: undefined },
  { secondsBehind: undefined },
  { secondsBehind: 4 },
  { megabytesBehind: 1 },
])('%j is news', (change) => {
  expect(isNews(seen, { ...seen, ...change })).toBe(true)
})

test.each<Partial<Seen>>([{ errors: ['broken'] }, { requestId: 'request-3' }])(
  '%j is not shown, so it is no news',
  (change) => {
    expect(isNews(seen, { ...seen, ...change })).toBe(false)
  },
)
