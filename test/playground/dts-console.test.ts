import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { expect, onTestFinished, test } from 'vitest'

import type { JobSpec } from '../../playground/dts/job.ts'
import { startDts } from '../../playground/dts/server.ts'

const credential = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }

/** A simulator that stands still, its console over HTTP, and a client of its API. */
async function start(...jobs: JobSpec[]) {
  const dts = await startDts({ credentials: [credential], jobs, speed: 0 })
  onTestFinished(() => dts.close())
  const answer = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${dts.url}/_control/${path}`, init)
    const body: unknown = await response.json()
    return { status: response.status, body }
  }
  const client = new CommonClient(new URL(dts.url).host, '2018-03-30', {
    credential,
    region: 'ap-guangzhou',
    profile: { language: 'en-US', httpProfile: { protocol: 'http://' } },
  })
  return {
    dts,
    get: (path: string) => answer(path),
    post: (path: string, body: object) =>
      answer(path, { method: 'POST', body: JSON.stringify(body) }),
    call: (action: string, JobId: string) => client.request(action, { JobId }),
  }
}

test.for(['mysql', 'redis', 'mongodb', 'postgresql'])('a sample of %s', async (database) => {
  const { dts, post, call } = await start()
  const { status, body } = await post('addSample', { database, story: 'immediate' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ from: database, to: database, status: 4, expectAt: null })
  const [job] = dts.jobs
  expect(await call('DescribeMigrateJobs', job?.id ?? '')).toMatchObject({
    JobList: [{ SrcDatabaseType: database, DstDatabaseType: database, Status: 4 }],
  })
})

test('a sample of each story', async () => {
  const { dts, post, call } = await start()
  const stories = ['immediate', 'timed', 'running', 'notChecked', 'failsCheck', 'failsHalfWay']
  for (const story of stories) await post('addSample', { database: 'mysql', story })
  expect(dts.jobs.map((job) => job.status)).toEqual([4, 4, 7, 1, 1, 4])
  const [, timed, , notChecked, failsCheck, failsHalfWay] = dts.jobs.map((job) => job.id)
  expect(dts.job(timed ?? '')?.expectAt).toBeGreaterThan(dts.now())

  await call('CreateMigrateCheckJob', notChecked ?? '')
  await call('CreateMigrateCheckJob', failsCheck ?? '')
  await call('StartMigrateJob', failsHalfWay ?? '')
  dts.skip(600_000)
  expect(dts.job(notChecked ?? '')?.status).toBe(4)
  expect(dts.job(failsCheck ?? '')?.status).toBe(5)
  expect(dts.job(failsHalfWay ?? '')).toMatchObject({ status: 10, percent: 50 })
})

test('going from change to change, one sees a whole migration', async () => {
  const { dts, post, call } = await start({ id: 'dts-life' })
  await call('StartMigrateJob', 'dts-life')
  const seen: string[] = []
  const go = async () => {
    const { status, body } = await post('skipToNext', {})
    if (status !== 200) return body
    const job = body as { status: number; step: number }
    seen.push(`${job.status}.${job.step}`)
    return go()
  }
  expect(await go()).toEqual({ error: 'Nothing is under way, so nothing will change.' })
  expect(seen).toEqual(['6.0', '7.1', '7.2', '7.3', '7.4', '7.5', '7.6', '8.6'])
  await call('CompleteMigrateJob', 'dts-life')
  await go()
  expect(dts.job('dts-life')?.status).toBe(9)
})

test.for<[string, JobSpec, number[]]>([
  ['a check', { status: 3 }, [4]],
  ['a check that fails', { status: 3, checkFails: { message: 'no binlog' } }, [5]],
  ['a stop', { status: 11 }, [10]],
  ['a completion', { status: 12 }, [9]],
  ['a full copy', { status: 7, progress: 0.95, migrateType: 2 }, [9]],
  [
    'a ready job that breaks',
    { status: 8, fails: { at: 1.5, code: 'NetworkError', message: 'the source is gone' } },
    [10],
  ],
  ['a job that waits for people', { status: 4 }, []],
])('the next change of %s', async ([, spec, statuses]) => {
  const { dts, post } = await start(spec)
  for (const status of statuses) {
    expect(await post('skipToNext', {})).toMatchObject({ status: 200, body: { status } })
  }
  const before = dts.now()
  expect((await post('skipToNext', {})).status).toBe(400)
  expect(dts.now()).toBe(before)
})

test('of several jobs the first to change is gone to', async () => {
  const { dts, post } = await start(
    { id: 'dts-slow', status: 3, checkMs: 60_000 },
    { id: 'dts-fast', status: 3, checkMs: 1000 },
  )
  expect(await post('skipToNext', {})).toMatchObject({ body: { id: 'dts-fast', status: 4 } })
  expect(dts.job('dts-slow')?.status).toBe(3)
})

test('a timed start is seen to wait, and gone to', async () => {
  const { get, post, call } = await start({ id: 'dts-timed', expectInMs: 3_600_000 })
  const state = async () => (await get('state')).body
  expect(await state()).toMatchObject({ jobs: [{ status: 4, startHidden: false }] })
  await call('StartMigrateJob', 'dts-timed')
  expect(await state()).toMatchObject({ jobs: [{ status: 4, startHidden: true }] })
  expect(await post('skipToNext', {})).toMatchObject({ body: { status: 6, startHidden: false } })
})

test('the log says what was asked, how it was answered, and how long that took', async () => {
  const { dts, get, post, call } = await start({ id: 'dts-logged' })
  const { RequestId } = (await call('StartMigrateJob', 'dts-logged')) as { RequestId: string }
  await post('fault', { kind: 'error', code: 'InternalError.LockError' })
  await expect(call('DescribeMigrateJobs', 'dts-logged')).rejects.toThrow('Locks are in conflict.')
  const took = () => dts.requests.map(({ ms }) => ms)
  await expect.poll(took).toEqual([expect.any(Number), expect.any(Number)])

  expect((await get('log')).body).toMatchObject({
    requests: [
      { action: 'StartMigrateJob', requestId: RequestId, outcome: 'ok', ms: took()[0] },
      { action: 'DescribeMigrateJobs', outcome: 'InternalError.LockError', ms: took()[1] },
    ],
  })
  expect((await get('log?last=1')).body).toMatchObject({
    requests: [{ action: 'DescribeMigrateJobs' }],
  })
})

test('a call that hangs has no duration until its connection ends', async () => {
  const { dts, post, call } = await start({ id: 'dts-hangs' })
  await post('fault', { kind: 'timeoutBefore' })
  const held = expect(call('StartMigrateJob', 'dts-hangs')).rejects.toThrow()
  await expect.poll(() => dts.requests[0]).toMatchObject({ outcome: 'timeoutBefore', ms: null })
  await dts.close()
  await held
  await expect.poll(() => dts.requests[0]?.ms).toEqual(expect.any(Number))
})

test('the error codes to choose from', async () => {
  const { get } = await start()
  const { body } = await get('codes')
  expect(body).toMatchObject({
    codes: expect.arrayContaining([
      { code: 'InternalError.LockError', en: 'Locks are in conflict.', zh: '锁冲突。' },
      expect.objectContaining({ code: 'RequestLimitExceeded' }),
    ]),
  })
})

test.for<[string, object, string]>([
  ['addSample', { database: 'oracle', story: 'immediate' }, 'database: '],
  ['addSample', { database: 'mysql', story: 'comedy' }, 'story: '],
  ['addSample', { database: 'mysql' }, 'story: '],
  ['skipToNext', { ms: 5 }, 'ms'],
])('%s refuses %j', async ([path, body, sentence]) => {
  const { dts, post } = await start()
  expect(await post(path, body)).toEqual({
    status: 400,
    body: { error: expect.stringContaining(sentence) },
  })
  expect(dts.jobs).toEqual([])
})

test.for(['0', '-1', '1.5', 'all', ''])('the last "%s" calls are refused', async (last) => {
  const { get } = await start()
  expect(await get(`log?last=${last}`)).toEqual({
    status: 400,
    body: { error: expect.stringMatching(/^last: /) },
  })
})
