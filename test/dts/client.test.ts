import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createDts } from '../../src/dts/client.ts'
import type { Dts, DtsOptions } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import { DtsError, DtsUnreachable } from '../../src/dts/errors.ts'
import { REGIONS, hostFor, isRegionId } from '../../src/dts/regions.ts'
import { endpointFrom } from '../../src/dts/request.ts'
import { answer, answeringServer } from './answering-server.ts'
import type { Heard } from './answering-server.ts'
import { rawJob } from './raw-jobs.ts'

const KEY = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-key', token: undefined }
const REGION = 'ap-guangzhou'
const JOB = 'dts-1kl0iy0v'

const opened: Dts[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((dts) => dts.close()))
})

function open(endpoint: string, options: Partial<DtsOptions> = {}): Dts {
  const dts = createDts({
    endpoint,
    version: '2018-03-30',
    credentials: fromValues(KEY),
    ...options,
  })
  opened.push(dts)
  return dts
}

async function answering(content: unknown, status?: number) {
  return answeringServer((response) => answer(response, content, status))
}

/** What a call threw. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
}

describe('what is sent', () => {
  const calls: [string, (dts: Dts) => Promise<unknown>, string, object][] = [
    [
      'describeJob',
      (dts) => dts.describeJob(REGION, JOB),
      'DescribeMigrateJobs',
      { JobId: JOB, Offset: 0, Limit: 100 },
    ],
    [
      'a page',
      (dts) => dts.describeJobs(REGION, { offset: 200, limit: 100 }),
      'DescribeMigrateJobs',
      { Offset: 200, Limit: 100 },
    ],
    [
      'a page, oldest first',
      (dts) => dts.describeJobs(REGION, { offset: 0, limit: 20, order: 'oldestFirst' }),
      'DescribeMigrateJobs',
      { Offset: 0, Limit: 20, Order: 'CreateTime', OrderSeq: 'ASC' },
    ],
    [
      'a page, newest first, out of bounds',
      (dts) => dts.describeJobs(REGION, { offset: -5, limit: 1000, order: 'newestFirst' }),
      'DescribeMigrateJobs',
      { Offset: 0, Limit: 100, Order: 'CreateTime', OrderSeq: 'DESC' },
    ],
    ['startJob', (dts) => dts.startJob(REGION, JOB), 'StartMigrateJob', { JobId: JOB }],
    ['createCheck', (dts) => dts.createCheck(REGION, JOB), 'CreateMigrateCheckJob', { JobId: JOB }],
    [
      'describeCheck',
      (dts) => dts.describeCheck(REGION, JOB),
      'DescribeMigrateCheckJob',
      { JobId: JOB },
    ],
    ['completeJob', (dts) => dts.completeJob(REGION, JOB), 'CompleteMigrateJob', { JobId: JOB }],
    [
      'completeJob at once',
      (dts) => dts.completeJob(REGION, JOB, 'immediately'),
      'CompleteMigrateJob',
      { JobId: JOB, CompleteMode: 'immediately' },
    ],
    [
      'completeJob in sync',
      (dts) => dts.completeJob(REGION, JOB, 'waitForSync'),
      'CompleteMigrateJob',
      { JobId: JOB, CompleteMode: 'waitForSync' },
    ],
    ['stopJob', (dts) => dts.stopJob(REGION, JOB), 'StopMigrateJob', { JobId: JOB }],
  ]

  test.each(calls)('%s', async (_, call, action, params) => {
    await using server = await answering({ Response: { RequestId: 'r' } })
    await call(open(server.url))

    expect(server.heard).toHaveLength(1)
    const [heard] = server.heard
    expect(heard?.path).toBe('POST /')
    expect(JSON.parse(heard?.body ?? '')).toEqual(params)
    expect(heard?.headers).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': action,
      'x-tc-version': '2018-03-30',
      'x-tc-region': REGION,
      'x-tc-language': 'en-US',
      'x-tc-traceid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(heard?.headers).not.toHaveProperty('x-tc-token')
    expect(heard?.headers.authorization).toBe(heard && expectedAuthorization(heard))
  })

  test('a token, another language, another trace for each call', async () => {
    await using server = await answering({ Response: { RequestId: 'r' } })
    const credentials = fromValues({ ...KEY, token: 'not-a-real-token' })
    const dts = open(server.url, { credentials, language: 'zh-CN' })
    await dts.startJob(REGION, JOB)
    await dts.startJob(REGION, JOB)

    const headers = server.heard.map((heard) => heard.headers)
    expect(headers[0]).toMatchObject({ 'x-tc-token': 'not-a-real-token', 'x-tc-language': 'zh-CN' })
    expect(headers[0]?.['x-tc-traceid']).not.toBe(headers[1]?.['x-tc-traceid'])
  })

  test('over connections that are kept', async () => {
    await using server = await answering({ Response: { RequestId: 'r' } })
    const dts = open(server.url)
    for (let number = 0; number < 10; number++) await dts.startJob(REGION, JOB)
    expect(server.heard).toHaveLength(10)
    expect(server.sockets.size).toBeLessThanOrEqual(2)
  })

  test('nothing for what cannot be a job id or a region', async () => {
    await using server = await answering({ Response: {} })
    const dts = open(server.url)
    for (const id of ['', 'orders', 'dts-1kl0iy0v\r\nx: y']) {
      expect(await failure(dts.startJob(REGION, id))).toBeInstanceOf(TypeError)
      expect(await failure(dts.describeJob(REGION, id))).toBeInstanceOf(TypeError)
      expect(await failure(dts.completeJob(REGION, id))).toBeInstanceOf(TypeError)
    }
    expect(await failure(dts.startJob('ap-guangzhou\r\nx: y', JOB))).toBeInstanceOf(TypeError)
    expect(server.heard).toHaveLength(0)
  })
})

describe('what comes back', () => {
  test('a job', async () => {
    const Response = { TotalCount: 1, JobList: [rawJob()], RequestId: 'r-1' }
    await using server = await answering({ Response })
    const job = await open(server.url).describeJob(REGION, JOB)
    expect(job).toMatchObject({ id: JOB, status: 'running', region: REGION, requestId: 'r-1' })
    expect(JSON.stringify(job)).not.toMatch(/10\.0\.0|migrator|not-a-real/)
  })

  test.each([
    ['an empty list', { TotalCount: 0, JobList: [] }],
    ['no list', { TotalCount: 0, JobList: null }],
    ['other jobs', { TotalCount: 1, JobList: [rawJob({ JobId: 'dts-1kl0iy0v2' })] }],
    ['the error for it', { Error: { Code: 'ResourceNotFound.JobNotExist', Message: 'x' } }],
    ['the family of that error', { Error: { Code: 'ResourceNotFound', Message: 'x' } }],
  ])('no job: %s', async (_, content) => {
    await using server = await answering({ Response: { ...content, RequestId: 'r' } })
    expect(await open(server.url).describeJob(REGION, JOB)).toBeUndefined()
  })

  test.each([
    ['an entry we cannot read', { TotalCount: 1, JobList: [{ JobName: 'x' }] }],
    ['a list that is missing', { TotalCount: 1 }],
    ['a list that is none', { JobList: 'x' }],
  ])('not taken for "no such job": %s', async (_, content) => {
    await using server = await answering({ Response: { ...content, RequestId: 'r' } })
    const error = await failure(open(server.url).describeJob(REGION, JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachable', kind: 'unexpectedShape', sent: true })
  })

  test('the job among others that look like it', async () => {
    const JobList = [rawJob({ JobId: `${JOB}2` }), { JobName: 'no id' }, rawJob({ Status: 4 })]
    await using server = await answering({ Response: { TotalCount: 3, JobList } })
    expect(await open(server.url).describeJob(REGION, JOB)).toMatchObject({
      id: JOB,
      statusCode: '4',
    })
  })

  test('a page of jobs', async () => {
    const JobList = [rawJob(), rawJob({ JobId: 'dts-an0ther0' })]
    await using server = await answering({
      Response: { TotalCount: '250', JobList, RequestId: 'r-1' },
    })
    const page = await open(server.url).describeJobs(REGION, { offset: 0, limit: 2 })
    expect(page).toMatchObject({
      total: 250,
      jobs: [
        { id: JOB, requestId: 'r-1' },
        { id: 'dts-an0ther0', requestId: 'r-1' },
      ],
    })
  })

  test('the RequestId of an order, or none', async () => {
    await using server = await answeringServer((response, { headers }) => {
      const isStart = headers['x-tc-action'] === 'StartMigrateJob'
      answer(response, { Response: isStart ? { RequestId: 'r-1' } : {} })
    })
    const dts = open(server.url)
    expect(await dts.startJob(REGION, JOB)).toEqual({ requestId: 'r-1' })
    expect(await dts.stopJob(REGION, JOB)).toEqual({ requestId: '' })
  })

  test('a check', async () => {
    const Response = {
      Status: 'running',
      CheckFlag: 3,
      Progress: '30',
      ErrorMessage: '',
      RequestId: 'r',
    }
    await using server = await answering({ Response })
    expect(await open(server.url).describeCheck(REGION, JOB)).toEqual({
      state: 'running',
      percent: 30,
      message: undefined,
      requestId: 'r',
    })
  })

  test('an error of DTS, without our key in it', async () => {
    const Error = {
      Code: 'FailedOperation.StatusInConflict',
      Message: `no: ${KEY.secretKey} pwd=x`,
    }
    await using server = await answering({ Response: { Error, RequestId: 'r-1' } })
    const error = await failure(open(server.url).startJob(REGION, JOB))
    expect(error).toBeInstanceOf(DtsError)
    expect(error).toMatchObject({
      code: 'FailedOperation.StatusInConflict',
      requestId: 'r-1',
      action: 'StartMigrateJob',
      traceId: server.heard[0]?.headers['x-tc-traceid'],
      reason: 'no: *** pwd=***',
    })
  })

  test('an error that is half there', async () => {
    await using server = await answering({ Response: { Error: { Code: 'odd code!' } } })
    const error = await failure(open(server.url).startJob(REGION, JOB))
    expect(error).toMatchObject({ name: 'DtsError', code: 'Unknown', requestId: '', reason: '' })
  })
})

describe('silence', () => {
  test.each([
    ['500', 'httpStatus', 500, { Response: { RequestId: 'r' } }],
    ['an error page', 'httpStatus', 502, '<html>Bad Gateway</html>'],
    ['HTML as success', 'notJson', 200, '<html>Welcome</html>'],
    ['half of a JSON', 'notJson', 200, '{"Response": {"RequestId": "r'],
    ['nothing', 'notJson', 200, ''],
    ['another shape', 'unexpectedShape', 200, '{"RequestId": "r"}'],
    ['a list', 'unexpectedShape', 200, '[1]'],
    ['null', 'unexpectedShape', 200, 'null'],
    ['an error without a code', 'unexpectedShape', 200, '{"Response": {"Error": {}}}'],
    [
      'nesting beyond reason',
      'unexpectedShape',
      200,
      `{"Response":{"a":${'['.repeat(9999)}${']'.repeat(9999)}}}`,
    ],
  ])('%s is %s', async (_, kind, status, content) => {
    await using server = await answering(content, status)
    const error = await failure(open(server.url).startJob(REGION, JOB))
    expect(error).toBeInstanceOf(DtsUnreachable)
    expect(error).toMatchObject({ kind, httpStatus: status, sent: true, action: 'StartMigrateJob' })
    expect(String(error)).not.toContain('html')
    expect(server.heard).toHaveLength(1)
  })

  test('a connection that breaks before the answer', async () => {
    await using server = await answeringServer((_response, _heard, socket) =>
      socket.resetAndDestroy(),
    )
    const error = await failure(open(server.url).startJob(REGION, JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachable', kind: 'connection', sent: true })
    expect(server.heard).toHaveLength(1)
  })

  test('it is closed in the middle of an answer that has no end', async () => {
    const begun = Promise.withResolvers<void>()
    await using server = await answeringServer((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"Response"', () => begun.resolve())
    })
    const dts = open(server.url, { timeouts: { body: 600_000 } })
    const call = failure(dts.startJob(REGION, JOB, { timeoutMs: 600_000 }))
    await begun.promise
    await dts.close()
    expect(await call).toMatchObject({ name: 'DtsUnreachable', kind: 'connection', sent: true })
  })

  test('a connection that breaks within the answer', async () => {
    await using server = await answeringServer((response, _heard, socket) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{"Response"', () => socket.destroy())
    })
    const error = await failure(open(server.url).startJob(REGION, JOB))
    expect(error).toMatchObject({ kind: 'connection', sent: true })
    expect(server.heard).toHaveLength(1)
  })

  test('a kept connection that the server has closed', async () => {
    await using server = await answeringServer((response, _heard, socket) => {
      response.once('finish', () => socket.destroy())
      answer(response, { Response: { RequestId: 'r' } })
    })
    const dts = open(server.url)
    await dts.startJob(REGION, JOB)
    const second = await dts.startJob(REGION, JOB).catch((error: unknown) => error)
    expect(second).toSatisfy((it) => it instanceof DtsUnreachable || 'requestId' in Object(it))
    expect(server.heard.length).toBeLessThanOrEqual(2)
  })

  test('no headers in time', async () => {
    await using server = await answeringServer(() => {})
    const dts = open(server.url, { timeouts: { headers: 100 } })
    const error = await failure(dts.startJob(REGION, JOB))
    expect(error).toMatchObject({ kind: 'timeout', sent: true, detail: 'UND_ERR_HEADERS_TIMEOUT' })
    expect(server.heard).toHaveLength(1)
  })

  test('no end of the body in time', async () => {
    await using server = await answeringServer((response) => void response.write('{'))
    const dts = open(server.url, { timeouts: { body: 100 } })
    const error = await failure(dts.startJob(REGION, JOB))
    expect(error).toMatchObject({ kind: 'timeout', sent: true, detail: 'UND_ERR_BODY_TIMEOUT' })
  })

  test('no answer within the time of the caller', async () => {
    await using server = await answeringServer(() => {})
    const error = await failure(open(server.url).startJob(REGION, JOB, { timeoutMs: 100 }))
    expect(error).toMatchObject({ kind: 'timeout', sent: true })
  })

  test('an answer without end', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    await using server = await answeringServer((response) => {
      const more = () => void (response.destroyed || response.write(chunk, more))
      more()
    })
    const error = await failure(open(server.url).startJob(REGION, JOB))
    expect(error).toMatchObject({ kind: 'tooLarge', sent: true })
  })
})

describe('certain that nothing was sent', () => {
  test('nobody listens', async () => {
    const port = await freePort()
    const error = await failure(open(`http://127.0.0.1:${port}`).startJob(REGION, JOB))
    expect(error).toMatchObject({ kind: 'connection', sent: false, detail: 'ECONNREFUSED' })
  })

  test('who listens does not speak TLS', async () => {
    await using server = await answering({ Response: {} })
    const error = await failure(open(`https://127.0.0.1:${server.port}`).startJob(REGION, JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachable', kind: 'connection', sent: false })
    expect(server.heard).toHaveLength(0)
  })

  test('who listens never answers the handshake', async () => {
    await using server = await silentServer()
    const dts = open(`https://127.0.0.1:${server.port}`, { timeouts: { connect: 100 } })
    const error = await failure(dts.startJob(REGION, JOB))
    expect(error).toMatchObject({ kind: 'timeout', sent: false, detail: 'UND_ERR_CONNECT_TIMEOUT' })
  })

  test('the time of the caller ends during the handshake', async () => {
    await using server = await silentServer()
    const dts = open(`https://127.0.0.1:${server.port}`, { timeouts: { connect: 1000 } })
    const error = await failure(dts.startJob(REGION, JOB, { timeoutMs: 50 }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
  })

  test('the time of the caller ends in the queue', async () => {
    await using server = await answering({ Response: { RequestId: 'r' } })
    const dts = open(server.url)
    const first = Array.from({ length: 20 }, () => dts.startJob(REGION, JOB))
    const error = await failure(dts.startJob(REGION, JOB, { timeoutMs: 100 }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
    await Promise.all(first)
    expect(server.heard).toHaveLength(20)
  })

  test('the time of the caller ends while every connection is busy', async () => {
    const held: (() => void)[] = []
    await using server = await answeringServer((response, { headers }) => {
      const reply = () => answer(response, { Response: { RequestId: 'r' } })
      if (headers['x-tc-action'] === 'StartMigrateJob') reply()
      else held.push(reply)
    })
    const dts = open(server.url)
    const busy = Array.from({ length: 64 }, () => dts.describeJobs(REGION, { offset: 0, limit: 1 }))
    await vi.waitFor(() => expect(held).toHaveLength(64), 10_000)

    const error = await failure(dts.startJob(REGION, JOB, { timeoutMs: 100 }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
    for (const reply of held) reply()
    await Promise.all(busy)
    await dts.startJob(REGION, JOB)
    const starts = server.heard.filter(
      ({ headers }) => headers['x-tc-action'] === 'StartMigrateJob',
    )
    expect(starts).toHaveLength(1)
  })

  test('there are no credentials', async () => {
    await using server = await answering({ Response: {} })
    const credentials = () => Promise.reject(new Error(`bad ${KEY.secretKey}`))
    const error = await failure(open(server.url, { credentials }).startJob(REGION, JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachable', kind: 'connection', sent: false })
    expect(shown(error)).not.toContain(KEY.secretKey)
    expect(server.heard).toHaveLength(0)
  })

  test('it is closed', async () => {
    await using server = await answering({ Response: {} })
    const dts = open(server.url)
    await dts.close()
    const error = await failure(dts.startJob(REGION, JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachable', kind: 'connection', sent: false })
    expect(server.heard).toHaveLength(0)
  })
})

test('a person is served before the background', async () => {
  await using server = await answering({ Response: { RequestId: 'r' } })
  const dts = open(server.url)
  const done: string[] = []
  const call = async (priority: 'person' | 'background') => {
    await dts.startJob(REGION, JOB, { priority })
    done.push(priority)
  }
  await Promise.all([...Array.from({ length: 45 }, () => call('background')), call('person')])
  expect(done.indexOf('person')).toBeLessThan(40)
  expect(done).toHaveLength(46)
})

const everyCall: ((dts: Dts) => Promise<unknown>)[] = [
  (dts) => dts.describeJob(REGION, JOB),
  (dts) => dts.describeJobs(REGION, { offset: 0, limit: 100 }),
  (dts) => dts.startJob(REGION, JOB),
  (dts) => dts.describeCheck(REGION, JOB),
  (dts) => dts.createCheck(REGION, JOB),
  (dts) => dts.completeJob(REGION, JOB, 'immediately'),
  (dts) => dts.stopJob(REGION, JOB),
]

test('garbage is a silence of DTS and nothing worse', async () => {
  let content = ''
  await using server = await answeringServer((response) => answer(response, content))
  const job = fc.oneof(fc.jsonValue(), fc.record(garbageFor(rawJob()), { requiredKeys: [] }))
  const inner = fc.record(
    {
      TotalCount: fc.jsonValue(),
      JobList: fc.oneof(fc.jsonValue(), fc.array(job)),
      RequestId: fc.jsonValue(),
      Status: fc.jsonValue(),
      CheckFlag: fc.jsonValue(),
      Progress: fc.jsonValue(),
      ErrorMessage: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const garbage = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ Response: fc.oneof(fc.jsonValue(), inner) }).map((value) => JSON.stringify(value)),
  )

  await fc.assert(
    fc.asyncProperty(garbage, fc.constantFrom(...everyCall), async (text, call) => {
      content = text
      const dts = createDts({
        endpoint: server.url,
        version: '2018-03-30',
        credentials: fromValues(KEY),
      })
      try {
        await call(dts)
      } catch (error) {
        expect(error).toBeInstanceOf(DtsUnreachable)
      } finally {
        await dts.close()
      }
    }),
    { numRuns: 300 },
  )
})

test('a password planted in an answer never comes out, whatever text repeats it', async () => {
  let content: unknown
  await using server = await answeringServer((response) => answer(response, content))
  const secret = fc.stringMatching(/^[A-Za-z0-9!#$%&()+,./:;<=>?@[\]^_{|}~"'\\ -]{8,24}$/)
  const hiding = fc.record({
    where: fc.constantFrom('SrcInfo', 'DstInfo', 'SrcInfoMulti', 'ExternParams', 'Unknown'),
    name: fc.constantFrom('Password', 'AccessKey', 'TmpSecretKey', 'token', 'db_pwd'),
    secret,
  })

  await fc.assert(
    fc.asyncProperty(hiding, fc.constantFrom(...everyCall), async (planted, call) => {
      const leaks = `before ${planted.secret} after`
      const job = leakingJob(planted, leaks)
      const Error = { Code: leaks, Message: leaks }
      const answers = [
        {
          Response: {
            TotalCount: 1,
            JobList: [job],
            RequestId: planted.secret,
            ErrorMessage: leaks,
          },
        },
        { Response: { Error, JobList: [job], ErrorMessage: leaks, RequestId: planted.secret } },
      ]
      for (content of answers) {
        const dts = createDts({
          endpoint: server.url,
          version: '2018-03-30',
          credentials: fromValues(KEY),
        })
        const outcome = await call(dts).catch((error: unknown) => error)
        await dts.close()
        expect(shown(outcome)).not.toContain(planted.secret)
        expect(shown(outcome)).not.toContain(JSON.stringify(planted.secret).slice(1, -1))
      }
    }),
    { numRuns: 150 },
  )
})

test('endpoints', () => {
  expect(endpointFrom('dts.tencentcloudapi.com').href).toBe('https://dts.tencentcloudapi.com/')
  expect(endpointFrom('http://127.0.0.1:8080').host).toBe('127.0.0.1:8080')
  expect(() => endpointFrom('ftp://dts.tencentcloudapi.com')).toThrow(TypeError)
  expect(() => endpointFrom('not a host')).toThrow(TypeError)
  expect(() => endpointFrom('')).toThrow(TypeError)
})

test('regions', () => {
  for (const { id } of REGIONS) expect(isRegionId(id), id).toBe(true)
  expect(new Set(REGIONS.map(({ id }) => id)).size).toBe(REGIONS.length)
  for (const id of [
    '',
    'guangzhou',
    'ap_guangzhou',
    'AP-guangzhou',
    'ap-guangzhou.evil',
    'ap-x\n',
  ]) {
    expect(isRegionId(id), id).toBe(false)
  }
})

test('finance regions answer at their own host', () => {
  const shared = 'dts.tencentcloudapi.com'
  expect(hostFor(shared, 'ap-shanghai-fsi')).toBe('dts.ap-shanghai-fsi.tencentcloudapi.com')
  expect(hostFor(shared, 'ap-shanghai')).toBe(shared)
  expect(hostFor(shared, 'ap-evil-fsi')).toBe(shared)
  expect(hostFor('127.0.0.1:8080', 'ap-shanghai-fsi')).toBe('127.0.0.1:8080')
})

/** TC3 again, by other means than those under test. */
function expectedAuthorization({ headers, body }: Heard): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const timestamp = String(headers['x-tc-timestamp'])
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10)
  const canonical = `POST\n/\n\ncontent-type:${headers['content-type']}\nhost:${headers.host}\n\ncontent-type;host\n${sha256(body)}`
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/dts/tc3_request\n${sha256(canonical)}`
  const signature = [date, 'dts', 'tc3_request', toSign].reduce<Buffer>(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    Buffer.from(`TC3${KEY.secretKey}`),
  )
  return `TC3-HMAC-SHA256 Credential=${KEY.secretId}/${date}/dts/tc3_request, SignedHeaders=content-type;host, Signature=${signature.toString('hex')}`
}

/** All that a log or a message could show of a value. */
function shown(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? ''
  return `${value.stack} ${String(value.cause)} ${JSON.stringify(value)} ${JSON.stringify(Object.values(value))}`
}

type Planted = { where: string; name: string; secret: string }

/** A job that keeps a secret in one place and repeats it in every text. */
function leakingJob({ where, name, secret }: Planted, leaks: string) {
  const hidden = { [name]: secret }
  return rawJob({
    JobName: leaks,
    SrcDatabaseType: leaks,
    SrcAccessType: secret,
    SrcInfo: {
      InstanceId: leaks,
      Region: secret,
      Ip: leaks,
      ...(where === 'SrcInfo' ? hidden : {}),
    },
    DstInfo: { InstanceId: secret, User: leaks, ...(where === 'DstInfo' ? hidden : {}) },
    SrcInfoMulti: where === 'SrcInfoMulti' ? [{ Ip: leaks }, hidden] : null,
    MigrateOption: {
      RunMode: 2,
      ExpectTime: leaks,
      ExternParams: where === 'ExternParams' ? JSON.stringify({ deep: [hidden] }) : leaks,
    },
    Unknown: where === 'Unknown' ? { deeper: hidden } : leaks,
    CreateTime: leaks,
    Detail: { StepNow: 1, Progress: leaks, StepInfo: [{ StepNo: 1, StepName: leaks }] },
    ErrorInfo: [
      { ErrorLog: leaks, HelpDoc: 'https://example.com/' },
      {
        ErrorLog: JSON.stringify({ message: secret }),
        HelpDoc: `https://example.com/?q=${secret}`,
      },
    ],
  })
}

function garbageFor(job: Record<string, unknown>) {
  const fields = Object.keys(job).map((name) => [
    name,
    fc.oneof(fc.jsonValue(), fc.constant(job[name]), fc.double(), fc.json()),
  ])
  return Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>
}

async function freePort(): Promise<number> {
  await using server = await silentServer()
  return server.port
}

/** Takes connections and says nothing. */
async function silentServer() {
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
  })
  const sockets: { destroy(): unknown }[] = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
