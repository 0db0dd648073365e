import { describe, expect, test } from 'vitest'
import type { Dts } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import { DtsError } from '../../src/dts/errors.ts'
import { endpointFrom } from '../../src/dts/request.ts'
import { answer, answeringServer } from './answering-server.ts'
import { expectedAuthorization } from './expected-authorization.ts'
import { JOB, KEY, PLACE, failure, openDts, serverSaying } from './open-dts.ts'
import { rawJob } from './raw-jobs.ts'

describe('the request', () => {
  const JobId = JOB.id
  const calls: [string, (dts: Dts) => Promise<unknown>, string, object][] = [
    [
      'describeJob',
      (dts) => dts.describeJob(JOB),
      'DescribeMigrateJobs',
      { JobId, Offset: 0, Limit: 100 },
    ],
    [
      'a page',
      (dts) => dts.describeJobs(PLACE, '2018-03-30', { offset: 200, limit: 100 }),
      'DescribeMigrateJobs',
      { Offset: 200, Limit: 100 },
    ],
    [
      'a page, oldest first',
      (dts) =>
        dts.describeJobs(PLACE, '2018-03-30', { offset: 0, limit: 20, order: 'oldestFirst' }),
      'DescribeMigrateJobs',
      { Offset: 0, Limit: 20, Order: 'CreateTime', OrderSeq: 'ASC' },
    ],
    [
      'a page, newest first, out of range',
      (dts) =>
        dts.describeJobs(PLACE, '2018-03-30', { offset: -5, limit: 1000, order: 'newestFirst' }),
      'DescribeMigrateJobs',
      { Offset: 0, Limit: 100, Order: 'CreateTime', OrderSeq: 'DESC' },
    ],
    ['startJob', (dts) => dts.startJob(JOB), 'StartMigrateJob', { JobId }],
    ['createCheck', (dts) => dts.createCheck(JOB), 'CreateMigrateCheckJob', { JobId }],
    ['describeCheck', (dts) => dts.describeCheck(JOB), 'DescribeMigrateCheckJob', { JobId }],
    ['completeJob', (dts) => dts.completeJob(JOB), 'CompleteMigrateJob', { JobId }],
    [
      'completeJob at once',
      (dts) => dts.completeJob(JOB, 'immediately'),
      'CompleteMigrateJob',
      { JobId, CompleteMode: 'immediately' },
    ],
    [
      'completeJob once in sync',
      (dts) => dts.completeJob(JOB, 'waitForSync'),
      'CompleteMigrateJob',
      { JobId, CompleteMode: 'waitForSync' },
    ],
    ['stopJob', (dts) => dts.stopJob(JOB), 'StopMigrateJob', { JobId }],
  ]

  test.each(calls)('of %s is documented, signed and sent once', async (_, call, action, params) => {
    await using server = await serverSaying({ Response: { RequestId: 'r' } })
    await call(openDts(server.url))

    expect(server.heard).toHaveLength(1)
    const [heard] = server.heard
    expect(heard?.path).toBe('POST /')
    expect(JSON.parse(heard?.body ?? '')).toEqual(params)
    expect(heard?.headers).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': action,
      'x-tc-version': '2018-03-30',
      'x-tc-region': PLACE.region,
      'x-tc-language': 'en-US',
      'x-tc-traceid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(heard?.headers).not.toHaveProperty('x-tc-token')
    expect(heard?.headers.authorization).toBe(heard && expectedAuthorization(heard))
  })

  test('carries the token, the chosen language and a new trace id each time', async () => {
    await using server = await serverSaying({ Response: { RequestId: 'r' } })
    const credentials = fromValues({ ...KEY, token: 'not-a-real-token' })
    const dts = openDts(server.url, { credentials, language: 'zh-CN' })
    await dts.startJob(JOB)
    await dts.startJob(JOB)

    const headers = server.heard.map((heard) => heard.headers)
    expect(headers[0]).toMatchObject({ 'x-tc-token': 'not-a-real-token', 'x-tc-language': 'zh-CN' })
    expect(headers[0]?.['x-tc-traceid']).not.toBe(headers[1]?.['x-tc-traceid'])
  })

  test('reuses connections', async () => {
    await using server = await serverSaying({ Response: { RequestId: 'r' } })
    const dts = openDts(server.url)
    for (let number = 0; number < 10; number++) await dts.startJob(JOB)
    expect(server.heard).toHaveLength(10)
    expect(server.sockets.size).toBeLessThanOrEqual(2)
  })

  test.each(['', 'orders', 'dts-1kl0iy0v\r\nx: y'])(
    'is not sent for a malformed job id: %j',
    async (id) => {
      await using server = await serverSaying({ Response: {} })
      const dts = openDts(server.url)
      const job = { ...JOB, id }
      const calls = [
        dts.describeJob(job),
        dts.startJob(job),
        dts.createCheck(job),
        dts.describeCheck(job),
        dts.completeJob(job),
        dts.stopJob(job),
      ]
      for (const error of await Promise.all(calls.map(failure))) {
        expect(error).toBeInstanceOf(TypeError)
      }
      expect(server.heard).toHaveLength(0)
    },
  )

  test.each([
    ['a malformed region', { region: 'ap-guangzhou\r\nx: y' }],
    ['an account of another client', { account: 'other' }],
  ])('is not sent for %s', async (_, elsewhere) => {
    await using server = await serverSaying({ Response: {} })
    const dts = openDts(server.url)
    const job = { ...JOB, ...elsewhere }
    expect(await failure(dts.startJob(job))).toBeInstanceOf(TypeError)
    expect(
      await failure(dts.describeJobs(job, '2018-03-30', { offset: 0, limit: 1 })),
    ).toBeInstanceOf(TypeError)
    expect(server.heard).toHaveLength(0)
  })
})

describe('the answer', () => {
  test('describes a job, without addresses, users or passwords', async () => {
    const Response = { TotalCount: 1, JobList: [rawJob()], RequestId: 'r-1' }
    await using server = await serverSaying({ Response })
    const before = new Date().toISOString()
    const account = 'orders-team'
    const job = await openDts(server.url, { account }).describeJob({ ...JOB, account })

    expect(job?.ref).toEqual({ ...JOB, account })
    expect(job?.look).toMatchObject({ status: 'running', requestId: 'r-1' })
    expect(JSON.stringify(job)).not.toMatch(/10\.0\.0|migrator|not-a-real/)
    expect(job && before <= job.look.at && job.look.at <= new Date().toISOString()).toBe(true)
  })

  test('is dated when the bot asked, not when DTS answered', async () => {
    let received = ''
    await using server = await answeringServer((response) => {
      received = new Date().toISOString()
      const reply = () => answer(response, { Response: { TotalCount: 1, JobList: [rawJob()] } })
      setTimeout(reply, 20)
    })
    const job = await openDts(server.url).describeJob(JOB)
    expect(job && job.look.at <= received).toBe(true)
  })

  test.each([
    ['an empty list', { TotalCount: 0, JobList: [] }],
    ['no list', { TotalCount: 0, JobList: null }],
    ['other jobs', { TotalCount: 1, JobList: [rawJob({ JobId: 'dts-1kl0iy0v2' })] }],
    ['the error for it', { Error: { Code: 'ResourceNotFound.JobNotExist', Message: 'x' } }],
    ['the family of that error', { Error: { Code: 'ResourceNotFound', Message: 'x' } }],
  ])('means that there is no such job: %s', async (_, content) => {
    await using server = await serverSaying({ Response: { ...content, RequestId: 'r' } })
    expect(await openDts(server.url).describeJob(JOB)).toBeUndefined()
  })

  test.each([
    ['an unreadable entry', { TotalCount: 1, JobList: [{ JobName: 'x' }] }],
    ['a missing list', { TotalCount: 1 }],
    ['a list that is a text', { JobList: 'x' }],
  ])('does not mean that there is no such job: %s', async (_, content) => {
    await using server = await serverSaying({ Response: { ...content, RequestId: 'r' } })
    const error = await failure(openDts(server.url).describeJob(JOB))
    expect(error).toMatchObject({
      name: 'DtsUnreachableError',
      kind: 'unexpectedShape',
      sent: true,
    })
  })

  test('is searched for exactly the job that was asked for', async () => {
    const JobList = [rawJob({ JobId: `${JOB.id}2` }), { JobName: 'no id' }, rawJob({ Status: 4 })]
    await using server = await serverSaying({ Response: { TotalCount: 3, JobList } })
    const job = await openDts(server.url).describeJob(JOB)
    expect(job).toMatchObject({ ref: { id: JOB.id }, look: { statusCode: '4' } })
  })

  test('lists a page of jobs', async () => {
    const JobList = [rawJob(), rawJob({ JobId: 'dts-an0ther0' })]
    await using server = await serverSaying({
      Response: { TotalCount: '250', JobList, RequestId: 'r-1' },
    })
    const page = await openDts(server.url).describeJobs(PLACE, '2018-03-30', {
      offset: 0,
      limit: 2,
    })
    expect(page).toMatchObject({
      total: 250,
      jobs: [
        { ref: { ...PLACE, id: JOB.id }, look: { requestId: 'r-1' } },
        { ref: { ...PLACE, id: 'dts-an0ther0' }, look: { requestId: 'r-1' } },
      ],
    })
  })

  test('to an order is its RequestId, or an empty one', async () => {
    await using server = await answeringServer((response, { headers }) => {
      const isStart = headers['x-tc-action'] === 'StartMigrateJob'
      answer(response, { Response: isStart ? { RequestId: 'r-1' } : {} })
    })
    const dts = openDts(server.url)
    expect(await dts.startJob(JOB)).toEqual({ requestId: 'r-1' })
    expect(await dts.stopJob(JOB)).toEqual({ requestId: '' })
  })

  test('describes a check', async () => {
    const Response = { Status: 'running', CheckFlag: 3, Progress: '30', RequestId: 'r' }
    await using server = await serverSaying({ Response: { ...Response, ErrorMessage: '' } })
    expect(await openDts(server.url).describeCheck(JOB)).toEqual({
      state: 'running',
      percent: 30,
      message: undefined,
      requestId: 'r',
    })
  })

  test('that is an error throws DtsError, with our key masked', async () => {
    const Error = {
      Code: 'FailedOperation.StatusInConflict',
      Message: `no: ${KEY.secretKey} pwd=x`,
    }
    await using server = await serverSaying({ Response: { Error, RequestId: 'r-1' } })
    const error = await failure(openDts(server.url).startJob(JOB))
    expect(error).toBeInstanceOf(DtsError)
    expect(error).toMatchObject({
      code: 'FailedOperation.StatusInConflict',
      requestId: 'r-1',
      action: 'StartMigrateJob',
      traceId: server.heard[0]?.headers['x-tc-traceid'],
      reason: 'no: *** pwd=***',
    })
  })

  test('that is an error with a malformed code throws DtsError as well', async () => {
    await using server = await serverSaying({ Response: { Error: { Code: 'odd code!' } } })
    const error = await failure(openDts(server.url).startJob(JOB))
    expect(error).toMatchObject({ name: 'DtsError', code: 'Unknown', requestId: '', reason: '' })
  })
})

test('a person goes before the background', async () => {
  await using server = await serverSaying({ Response: { RequestId: 'r' } })
  const dts = openDts(server.url)
  const done: string[] = []
  const call = async (priority: 'person' | 'background') => {
    await dts.startJob(JOB, { priority })
    done.push(priority)
  }
  await Promise.all([...Array.from({ length: 45 }, () => call('background')), call('person')])
  expect(done.indexOf('person')).toBeLessThan(40)
  expect(done).toHaveLength(46)
})

test('an endpoint is a host or an http(s) URL', () => {
  expect(endpointFrom('dts.tencentcloudapi.com').href).toBe('https://dts.tencentcloudapi.com/')
  expect(endpointFrom('http://127.0.0.1:8080').host).toBe('127.0.0.1:8080')
  expect(() => endpointFrom('ftp://dts.tencentcloudapi.com')).toThrow(TypeError)
  expect(() => endpointFrom('not a host')).toThrow(TypeError)
  expect(() => endpointFrom('')).toThrow(TypeError)
})
