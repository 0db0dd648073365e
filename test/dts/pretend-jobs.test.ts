import { expect, onTestFinished, test } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import { seedJobs } from '../../playground/dts/seed-jobs.ts'
import { startDts } from '../../playground/dts/server.ts'
import type { Endpoint } from '../../src/dts/job.ts'
import { KEY, PLACE, openDts } from './open-dts.ts'

/** The snapshots of a pretend DTS's jobs, as the real client reads them. */
async function snapshots(jobs: readonly JobSpec[]) {
  const world = await startDts({ credentials: [KEY], jobs })
  onTestFinished(() => world.close())
  const list = await openDts(world.url).describeJobs(PLACE, '2018-03-30', { offset: 0, limit: 100 })
  return new Map(list.jobs.map(({ ref, snapshot }) => [ref.id, snapshot]))
}

test('every job for newcomers says from where to where', async () => {
  const jobs = await snapshots(seedJobs)
  const shown = seedJobs.filter(
    ({ region, knownTo = ['2018-03-30'] }) =>
      region === undefined && knownTo.includes('2018-03-30'),
  )
  expect(jobs.size).toBe(shown.length)
  for (const { source, target } of jobs.values()) {
    expect(where(source)).toMatch(/^(cdb|ins)-[a-z0-9]{8}$|^192\.0\.2\.\d+:\d+$/)
    expect(where(target)).toMatch(/^(cdb|cynosdbmysql|crs|cmgo|postgres)-[a-z0-9]{8}$/)
    expect(source.region ?? target.region).toBe('ap-guangzhou')
  }
  const ends = [...jobs.values()].flatMap(({ source, target }) => [where(source), where(target)])
  expect(new Set(ends).size).toBe(ends.length)
})

test('one of them names its databases, and one has a source outside the cloud', async () => {
  const jobs = await snapshots(seedJobs)
  expect(jobs.get('dts-3catalog')).toMatchObject({
    wholeInstance: false,
    databases: { names: ['catalog', 'prices'], total: 2, tables: 2 },
  })
  expect(jobs.get('dts-4billing')?.source).toMatchObject({
    access: 'extranet',
    instance: undefined,
    host: '192.0.2.40:5432',
  })
})

test('a job of which only the kinds are given has both ends, always the same ones', async () => {
  const jobs: JobSpec[] = [
    { id: 'dts-p1a1n000', target: { database: 'cynosdbmysql' } },
    { id: 'dts-0uts1de0', source: { database: 'redis', access: 'extranet' } },
    { id: 'dts-g1ven000', source: { info: { Ip: '192.0.2.9' } }, target: { info: { Ip: '' } } },
  ]
  const once = await snapshots(jobs)
  expect(once.get('dts-p1a1n000')).toMatchObject({
    source: { instance: expect.stringMatching(/^cdb-[a-z0-9]{8}$/) },
    target: { instance: expect.stringMatching(/^cynosdbmysql-[a-z0-9]{8}$/) },
  })
  expect(once.get('dts-0uts1de0')?.source.host).toMatch(/^192\.0\.2\.\d+:6379$/)
  expect(once.get('dts-g1ven000')?.source).toMatchObject({ host: '192.0.2.9', instance: undefined })
  expect(once.get('dts-g1ven000')?.target).toMatchObject({ host: undefined, instance: undefined })
  expect(await snapshots(jobs)).toEqual(once)
})

function where({ instance, host }: Endpoint): string {
  return instance ?? host ?? ''
}
