import { expect, test } from 'vitest'
import { newestJobs } from '../../src/dts/newest.ts'
import { PLACE, failure } from './open-dts.ts'
import { rawItem } from './raw-details.ts'
import { rawJob } from './raw-jobs.ts'
import { type Says, fails, says, twoVersions } from './two-versions.ts'

const first = (...ids: string[]) => says({ JobList: ids.map((JobId) => rawJob({ JobId })) })
const second = (...ids: string[]) => says({ JobList: ids.map((JobId) => rawItem({ JobId })) })
const DENIES = fails('UnauthorizedOperation.NotEnoughPrivileges')
const RETIRED = fails('ActionOffline')
const CUT: Says = (response) => response.destroy()

async function newest(limit: number, ...answers: [Says, Says]) {
  await using world = await twoVersions(...answers)
  const jobs = await newestJobs(world.dts, PLACE, limit, {})
  return jobs.map(({ ref }) => `${ref.id} ${ref.apiVersion.slice(0, 4)}`)
}

test('the newest of both versions are offered in turn, each job once, as of the first', async () => {
  const both = [first('dts-aaaa', 'dts-same'), second('dts-same', 'dts-bbbb', 'dts-cccc')] as const
  const all = ['dts-aaaa 2018', 'dts-same 2018', 'dts-bbbb 2021', 'dts-cccc 2021']
  expect(await newest(100, ...both)).toEqual(all)
  expect(await newest(3, ...both)).toEqual(all.slice(0, 3))
})

test.each([
  ['denies its list', DENIES],
  ['is retired', RETIRED],
  ['cannot be reached', CUT],
])('a version that %s does not hide the jobs of the other', async (_, fault) => {
  expect(await newest(9, fault, second('dts-bbbb'))).toEqual(['dts-bbbb 2021'])
  expect(await newest(9, first('dts-aaaa'), fault)).toEqual(['dts-aaaa 2018'])
})

test('without any job the reason is given, unless a version is retired and the other has none', async () => {
  const DENIED = { code: 'UnauthorizedOperation.NotEnoughPrivileges' }
  expect(await newest(9, first(), second())).toEqual([])
  expect(await newest(9, RETIRED, second())).toEqual([])
  expect(await failure(newest(9, DENIES, second()))).toMatchObject(DENIED)
  expect(await failure(newest(9, RETIRED, DENIES))).toMatchObject(DENIED)
  expect(await failure(newest(9, RETIRED, fails('NoSuchVersion')))).toMatchObject({
    retired: '2018-03-30',
  })
})
