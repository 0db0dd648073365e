import { expect, test } from 'vitest'
import { attempt21, ids21 } from './dts-2021-client.ts'
import { attempt, codeOf, list, start } from './dts-client.ts'

/* Two versions of the pretend DTS over one set of jobs. */

test('each version shows the jobs that it knows, and acts on no other', async () => {
  const dts = await start(
    { id: 'dts-old', knownTo: ['2018-03-30'] },
    { id: 'dts-new', knownTo: ['2021-12-06'] },
    { id: 'dts-both' },
  )
  const old = (await list(dts)).JobList.map(({ JobId }) => JobId).toSorted()
  expect(old).toEqual(['dts-both', 'dts-old'])
  expect((await ids21(dts, {})).toSorted()).toEqual(['dts-both', 'dts-new'])
  expect(await attempt(dts, 'StartMigrateJob', 'dts-new')).toBe('ResourceNotFound.JobNotExist')
  const JobId = 'dts-old'
  expect(await attempt21(dts, 'StartMigrateJob', { JobId })).toBe('ResourceNotFound.JobNotExist')
  const none = 'ResourceNotFound.ResourceNotFoundError'
  for (const action of [
    'DescribeMigrationDetail',
    'DescribeMigrationCheckJob',
    'PauseMigrateJob',
  ]) {
    expect(await attempt21(dts, action, { JobId })).toBe(none)
  }
})

test('a version that was switched off answers ActionOffline until it is on again', async () => {
  const dts = await start()
  const retire = (body: object) =>
    fetch(`${dts.url}/_control/retire`, { method: 'POST', body: JSON.stringify(body) })
  expect((await retire({ version: '2018-03-30' })).status).toBe(200)
  expect(await codeOf(dts, {})).toBe('ActionOffline')
  expect(await attempt21(dts, 'DescribeMigrationJobs', {})).toBe('ok')
  dts.retire('2018-03-30', false)
  expect(await codeOf(dts, {})).toBe('ok')
  expect(await attempt21(dts, 'DescribeMigrateJobs', {})).toBe('InvalidAction')
  expect(await codeOf(dts, { action: 'PauseMigrateJob' })).toBe('InvalidAction')
  expect((await retire({ version: '2017-03-12' })).status).toBe(400)
})

test('a fault may name the version', async () => {
  const dts = await start({ id: 'dts-f' })
  dts.fault({
    kind: 'error',
    code: 'InternalError',
    action: 'StartMigrateJob',
    version: '2021-12-06',
  })
  expect(await attempt(dts, 'StartMigrateJob', 'dts-f')).toBe('ok')
  expect(await attempt21(dts, 'StartMigrateJob', { JobId: 'dts-f' })).toBe('InternalError')
  expect(dts.requests.map(({ version }) => version)).toEqual(['2018-03-30', '2021-12-06'])
})
