import { afterEach, expect, test, vi } from 'vitest'
import { createDts } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import { API_VERSIONS, type JobRef } from '../../src/dts/job.ts'
import { answeringServer } from './answering-server.ts'
import { JOB, JOB_2021, KEY, PLACE, failure, openDts } from './open-dts.ts'
import { rawDetail, rawItem } from './raw-details.ts'
import { rawJob } from './raw-jobs.ts'
import { type Says, fails, says, twoVersions } from './two-versions.ts'

const id = JOB.id
const ADDRESS = { ...PLACE, id }

const KNOWS_2018 = says({ TotalCount: 1, JobList: [rawJob()] })
const KNOWS_2021 = says(rawDetail({ JobId: id }))
const NOT_IN_2018 = says({ TotalCount: 0, JobList: [] })
const NOT_IN_2021 = fails('ResourceNotFound.ResourceNotFoundError')
const DENIES = fails('UnauthorizedOperation.NotEnoughPrivileges')
const CUT: Says = (response) => response.destroy()
const RETIRED = ['ActionOffline', 'InvalidAction', 'NoSuchVersion']

afterEach(() => {
  vi.useRealTimers()
})

test('a job that 2018-03-30 knows belongs to it, whoever else may know it', async () => {
  await using world = await twoVersions(KNOWS_2018, KNOWS_2021)
  expect(await world.dts.describeJob(ADDRESS)).toMatchObject({ ref: { apiVersion: '2018-03-30' } })
  expect(world.asked()).toEqual(['2018-03-30'])
})

test.each<[string, Says]>([
  ['says that it has no such job', NOT_IN_2018],
  ['cannot be reached', CUT],
  ['denies', DENIES],
  ...RETIRED.map((code) => [`says ${code}`, fails(code)] as [string, Says]),
])('a job that only 2021-12-06 knows belongs to it, if 2018-03-30 %s', async (_, first) => {
  await using world = await twoVersions(first, KNOWS_2021)
  const job = await world.dts.describeJob(ADDRESS)
  expect(job?.ref).toEqual({ ...ADDRESS, apiVersion: '2021-12-06' })
  expect(world.asked()).toEqual(['2018-03-30', '2021-12-06'])
})

test('a job is missing only if every version says so', async () => {
  await using world = await twoVersions(NOT_IN_2018, NOT_IN_2021)
  expect(await world.dts.describeJob(ADDRESS)).toBeUndefined()

  const CODE = { code: 'UnauthorizedOperation.NotEnoughPrivileges' }
  world.set.first = DENIES
  expect(await failure(world.dts.describeJob(ADDRESS))).toMatchObject(CODE)
  world.set.second = CUT
  expect(await failure(world.dts.describeJob(ADDRESS))).toMatchObject(CODE)
  world.set.first = NOT_IN_2018
  expect(await failure(world.dts.describeJob(ADDRESS))).toMatchObject({ kind: 'connection' })
})

test('a version that is slow is waited for, while the other is asked', async () => {
  let release = () => {}
  const slow: Says = (response) => {
    release = () => KNOWS_2018(response)
  }
  await using world = await twoVersions(slow, (response) => {
    KNOWS_2021(response)
    setTimeout(release, 50)
  })
  const job = await world.dts.describeJob(ADDRESS)
  expect(job?.ref.apiVersion).toBe('2018-03-30')
  expect(world.asked()).toEqual(['2018-03-30', '2021-12-06'])
})

test('a version that never answers does not hide the job that the other knows', async () => {
  await using world = await twoVersions(() => {}, KNOWS_2021)
  const signal = AbortSignal.timeout(2_000)
  const job = await world.dts.describeJob(ADDRESS, { signal })
  expect(job?.ref.apiVersion).toBe('2021-12-06')
})

test.each(RETIRED)('after %s only the other version is asked, for a minute', async (code) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  await using world = await twoVersions(fails(code), NOT_IN_2021)
  expect(await world.dts.describeJob(ADDRESS)).toBeUndefined()
  expect(await world.dts.describeJob(ADDRESS)).toBeUndefined()
  expect(world.asked()).toEqual(['2018-03-30', '2021-12-06', '2021-12-06'])

  const elsewhere = { ...ADDRESS, region: 'ap-tokyo' }
  expect(await world.dts.describeJob(elsewhere)).toBeUndefined()
  expect(world.asked().slice(3)).toEqual(['2018-03-30', '2021-12-06'])

  vi.advanceTimersByTime(60_000)
  world.set.first = KNOWS_2018
  expect(await world.dts.describeJob(ADDRESS)).toMatchObject({ ref: JOB })
})

test.each([
  ['is retired, too', fails('NoSuchVersion')],
  ['cannot be reached', CUT],
  ['denies', DENIES],
])('a retired version is asked all the same if the other %s', async (_, second) => {
  await using world = await twoVersions(fails('ActionOffline'), NOT_IN_2021)
  await world.dts.describeJob(ADDRESS)
  world.set.first = KNOWS_2018
  world.set.second = second
  expect(await world.dts.describeJob(ADDRESS)).toMatchObject({ ref: JOB })
  expect(world.asked().slice(2)).toEqual(['2021-12-06', '2018-03-30'])
})

test('if every version is retired, the first is asked again, and says so', async () => {
  await using world = await twoVersions(fails('ActionOffline'), fails('NoSuchVersion'))
  for (let time = 0; time < 2; time++) {
    expect(await failure(world.dts.describeJob(ADDRESS))).toMatchObject({
      code: 'ActionOffline',
      retired: '2018-03-30',
    })
  }
  expect(world.asked()).toHaveLength(4)
})

test.each<JobRef>([JOB, JOB_2021])('what names $apiVersion asks that alone', async (job) => {
  const listed = { TotalCount: 2, JobList: [rawItem(), rawJob()], ...rawDetail() }
  await using world = await twoVersions(says(listed), says(listed))
  const { dts } = world
  expect(await dts.describeJob(job)).toMatchObject({ ref: job })
  await dts.describeJobs(PLACE, job.apiVersion, { offset: 0, limit: 1 })
  await dts.startJob(job)
  await dts.createCheck(job)
  await dts.describeCheck(job)
  await dts.completeJob(job)
  await dts.stopJob(job)
  expect(new Set(world.asked())).toEqual(new Set([job.apiVersion]))
  expect(world.asked()).toHaveLength(7)
})

test('a job of a version that is no longer looked in is still asked about there', async () => {
  await using server = await answeringServer(KNOWS_2021)
  const dts = openDts(server.url, { versions: ['2018-03-30'] })
  expect(await dts.describeJob({ ...JOB_2021, id })).toMatchObject({
    ref: { apiVersion: '2021-12-06' },
  })
})

test('a retired version is named in the error, a refused call is not', async () => {
  await using server = await answeringServer(fails('ActionOffline'))
  const dts = openDts(server.url)
  expect(await failure(dts.describeJob(JOB))).toMatchObject({ retired: '2018-03-30' })
  expect(await failure(dts.startJob(JOB_2021))).toMatchObject({ retired: '2021-12-06' })
  await using other = await answeringServer(DENIES)
  expect(await failure(openDts(other.url).startJob(JOB))).toMatchObject({ retired: undefined })
})

test('a client looks in some version, and says in which', () => {
  const options = { endpoint: 'dts.example', credentials: fromValues(KEY), digestKey: 'key' }
  expect(() => createDts({ ...options, versions: [] })).toThrow(TypeError)
  expect(openDts('dts.example', { versions: API_VERSIONS }).versions).toEqual(API_VERSIONS)
})
