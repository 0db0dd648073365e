import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { expect, test } from 'vitest'
import { rateLimit } from '../../playground/dts/rate-limit.ts'
import { type Sent, attempt, call, codeOf, credential, list, reply } from './dts-client.ts'
import { send, start, temporary } from './dts-client.ts'

/* What the pretend DTS accepts and refuses, and what it answers. */

const START = 'StartMigrateJob'
const MALFORMED = 'AuthFailure.InvalidAuthorization'
const CONFLICT = 'FailedOperation.StatusInConflict'
const seconds = () => Math.floor(Date.now() / 1000)

test('the official client describes a job, starts it, and is refused the second time', async () => {
  const dts = await start({ id: 'dts-1kl0iy0v', name: 'orders-to-cynosdb' })
  const client = new CommonClient(new URL(dts.url).host, '2018-03-30', {
    credential,
    region: 'ap-guangzhou',
    profile: { language: 'en-US', httpProfile: { protocol: 'http://' } },
  })
  const JobId = 'dts-1kl0iy0v'
  const page = await client.request('DescribeMigrateJobs', { JobId })
  expect(page).toMatchObject({ TotalCount: 1, JobList: [{ JobName: 'orders-to-cynosdb' }] })
  const started = await client.request(START, { JobId })
  expect(Object.keys(started)).toEqual(['RequestId'])
  expect(dts.starts(JobId)).toBe(1)
  expect(dts.requests.at(-1)).toMatchObject({
    action: START,
    region: 'ap-guangzhou',
    jobId: JobId,
    params: { JobId },
    outcome: 'ok',
    effective: true,
    requestId: started.RequestId,
  })
  dts.skip(500)
  const refusal = await client.request(START, { JobId }).catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    code: CONFLICT,
    message: 'This operation cannot be performed due to status conflict.',
    requestId: dts.requests.at(-1)?.requestId,
  })
})

test.for<[string, () => Partial<Sent>, string]>([
  ['an honest request', () => ({}), 'ok'],
  ['more signed headers', () => ({ signedHeaders: ['content-type', 'host', 'x-tc-action'] }), 'ok'],
  ['charset in the type', () => ({ contentType: 'application/json; charset=utf-8' }), 'ok'],
  ['the host without its port', () => ({ host: '127.0.0.1' }), 'ok'],
  ['the endpoint as service', () => ({ service: '127' }), 'ok'],
  ['another host', () => ({ host: 'dts.example.com' }), 'AuthFailure.SignatureFailure'],
  ['another service', () => ({ service: 'cvm' }), 'AuthFailure.SignatureFailure'],
  ['another date', () => ({ date: '2020-01-01' }), 'AuthFailure.SignatureFailure'],
  ['another body', () => ({ sentBody: '{ }' }), 'AuthFailure.SignatureFailure'],
  ['another key', () => ({ secretKey: 'guess' }), 'AuthFailure.SignatureFailure'],
  ['an unknown id', () => ({ secretId: 'AKIDNOBODY' }), 'AuthFailure.SecretIdNotFound'],
  ['six minutes ago', () => ({ timestamp: seconds() - 360 }), 'AuthFailure.SignatureExpire'],
  ['six minutes ahead', () => ({ timestamp: seconds() + 360 }), 'AuthFailure.SignatureExpire'],
  ['four minutes ago', () => ({ timestamp: seconds() - 240 }), 'ok'],
  ['a token', () => temporary, 'ok'],
  ['no token', () => ({ ...temporary, token: '' }), 'AuthFailure.TokenFailure'],
  ['a wrong token', () => ({ ...temporary, token: 'stale' }), 'AuthFailure.TokenFailure'],
  ['a token too many', () => ({ token: 'stale' }), 'AuthFailure.TokenFailure'],
  ['no host signed', () => ({ signedHeaders: ['content-type'] }), MALFORMED],
  ['no type signed', () => ({ signedHeaders: ['host'] }), MALFORMED],
  ['disorder', () => ({ signedHeaders: ['host', 'content-type'] }), MALFORMED],
  ['no signature', () => ({ authorization: 'SKIP' }), MALFORMED],
  ['a form', () => ({ contentType: 'application/x-www-form-urlencoded' }), 'UnsupportedProtocol'],
])('signature: %s', async ([, sent, code]) => {
  const dts = await start()
  dts.skip(86_400_000)
  const response = await send(dts, sent())
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    Response: { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  })
  expect(dts.requests.at(-1)?.outcome).toBe(code)
})

test.for<[string, Partial<Sent>, string]>([
  ['another version', { version: '2017-03-12' }, 'NoSuchVersion'],
  ['no version', { version: '' }, 'MissingParameter'],
  ['another action', { action: 'StartMigrationJob' }, 'InvalidAction'],
  ['an action of every object', { action: 'toString' }, 'InvalidAction'],
  ['no region', { region: '' }, 'MissingParameter'],
  ['no such region', { region: 'mars-north' }, 'UnsupportedRegion'],
  ['no JSON', { body: 'JobId=1' }, 'InvalidParameter'],
  ['an array', { body: '[]' }, 'InvalidParameter'],
  ['an unknown field', { action: START, body: '{"JobName":"x"}' }, 'UnknownParameter'],
  ['a missing field', { action: START, body: '{}' }, 'MissingParameter'],
  ['a number for a text', { action: START, body: '{"JobId":7}' }, 'InvalidParameter'],
  ['null for a text', { action: START, body: '{"JobId":null}' }, 'InvalidParameter'],
  ['a text for a number', { body: '{"Limit":"20"}' }, 'InvalidParameter'],
  ['a fraction', { body: '{"Limit":1.5}' }, 'InvalidParameter'],
  ['a number for an order', { body: '{"Order":1}' }, 'InvalidParameter'],
  ['an unknown order', { body: '{"Order":"Size"}' }, 'InvalidParameterValue'],
  ['a page too long', { body: '{"Limit":101}' }, 'InvalidParameterValue'],
  ['an empty page', { body: '{"Limit":0}' }, 'InvalidParameterValue'],
  [
    'a job elsewhere',
    { action: START, body: '{"JobId":"dts-sh"}' },
    'ResourceNotFound.JobNotExist',
  ],
])('refused: %s', async ([, sent, code]) => {
  const dts = await start({ id: 'dts-sh', region: 'ap-shanghai' })
  expect(await codeOf(dts, sent)).toBe(code)
  expect(
    await codeOf(dts, { action: START, body: '{"JobId":"dts-sh"}', region: 'ap-shanghai' }),
  ).toBe('ok')
})

test('messages are Chinese unless the caller asks for English', async () => {
  const dts = await start()
  const said = async (language: string) =>
    (await reply(dts, { language, action: START, body: '{"JobId":"dts-none"}' })).Error?.Message
  expect(await said('en-US')).toBe('The migration task does not exist.')
  expect(await said('')).toBe('迁移任务不存在。')
})

const STATUSES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 23]

test.for<[string, number[], string]>([
  [START, [4], CONFLICT],
  ['StopMigrateJob', [7, 8], CONFLICT],
  ['CompleteMigrateJob', [8], CONFLICT],
  ['CreateMigrateCheckJob', [1, 2, 4, 5, 10], 'FailedOperation.NotAllowOperation'],
])('%s is allowed at %j only', async ([action, allowed, refusal]) => {
  const dts = await start(...STATUSES.map((status) => ({ id: `dts-at${status}`, status })))
  for (const status of STATUSES) {
    const id = `dts-at${status}`
    expect(dts.job(id)?.status).toBe(status)
    const code = await attempt(dts, action, id)
    expect(`${status} ${code}`).toBe(`${status} ${allowed.includes(status) ? 'ok' : refusal}`)
    expect(dts.requests.at(-1)?.effective).toBe(allowed.includes(status))
    if (code !== 'ok') expect(dts.job(id)?.status).toBe(status)
  }
})

test('jobs are found by region, id and name, in order and in pages of twenty', async () => {
  const dts = await start(
    { id: 'dts-a', name: 'orders' },
    { id: 'dts-b', name: 'orders-archive', status: 7 },
    { id: 'dts-c', name: 'stock', status: 1 },
    { id: 'dts-d', region: 'ap-shanghai' },
  )
  const ids = async (params: object) => (await list(dts, params)).JobList.map((job) => job.JobId)
  expect(await ids({ JobId: 'dts-a' })).toEqual(['dts-a'])
  expect(await ids({ JobId: 'dts' })).toEqual([])
  const rising = { Order: 'JobId', OrderSeq: 'ASC' }
  expect(await ids({ JobName: 'orders', ...rising })).toEqual(['dts-a', 'dts-b'])
  expect(await ids({ Order: 'Status', OrderSeq: 'DESC' })).toEqual(['dts-b', 'dts-a', 'dts-c'])
  const page = await list(dts, { ...rising, Offset: 1, Limit: 1 })
  expect(page).toMatchObject({ TotalCount: 3, JobList: [{ JobId: 'dts-b' }] })
  for (let n = 0; n < 22; n++) dts.addJob()
  const { TotalCount, JobList } = await list(dts)
  expect([TotalCount, JobList.length]).toEqual([25, 20])
})

test('a job has the documented shape', async () => {
  const dts = await start({ id: 'dts-shape', name: 'orders', overrideRoot: true })
  expect((await list(dts)).JobList[0]).toEqual({
    JobId: 'dts-shape',
    JobName: 'orders',
    MigrateOption: {
      RunMode: 1,
      ExpectTime: '0000-00-00 00:00:00',
      MigrateType: 3,
      MigrateObject: 1,
      ConsistencyType: 1,
      IsOverrideRoot: 1,
      ExternParams: '',
      ConsistencyParams: { SelectRowsPerTable: 0, TablesSelectAll: 0, TablesSelectCount: 0 },
    },
    SrcDatabaseType: 'mysql',
    SrcAccessType: 'cdb',
    SrcInfo: expect.objectContaining({ AccessKey: '', Password: '', Port: 0 }),
    DstDatabaseType: 'mysql',
    DstAccessType: 'cdb',
    DstInfo: expect.objectContaining({ Region: 'ap-guangzhou', Password: '' }),
    DatabaseInfo: '[]',
    CreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    StartTime: '0000-00-00 00:00:00',
    EndTime: '0000-00-00 00:00:00',
    Status: 4,
    Detail: {
      StepAll: 0,
      StepNow: 0,
      Progress: '0',
      CurrentStepProgress: '0',
      MasterSlaveDistance: 0,
      SecondsBehindMaster: 0,
      StepInfo: [],
    },
    ErrorInfo: [],
    Tags: [],
    SrcInfoMulti: null,
  })
})

test('many calls at once are rate limited, without affecting other actions', async () => {
  const dts = await start({ id: 'dts-busy' })
  const check = () => attempt(dts, 'DescribeMigrateCheckJob', 'dts-busy')
  const codes = await Promise.all(Array.from({ length: 25 }, check))
  expect(new Set(codes)).toEqual(new Set(['ok', 'RequestLimitExceeded']))
  await Promise.all(Array.from({ length: 100 }, () => call(dts, 'DescribeMigrateJobs', {})))
})

test('the limit looks back over one second, refused calls included', () => {
  let now = 0
  const limit = rateLimit(() => now)
  const count = () => limit.count(START, 2)
  count()
  now = 500
  count()
  expect(count).toThrow(
    expect.objectContaining({
      code: 'RequestLimitExceeded',
      text:
        'Your current request times equals to `3` in a second, which exceeds the frequency ' +
        'limit `2` for a second. Please reduce the frequency of calls.',
    }),
  )
  now = 1000
  expect(count).toThrow(expect.objectContaining({ code: 'RequestLimitExceeded' }))
  now = 2000
  count()
})

test('a planted secret appears wherever an answer can hold a password', async () => {
  const fails = { at: 0.5, code: 'ImportError', message: 'denied' }
  const dts = await start({ id: 'dts-leaky', status: 10, fails }, { id: 'dts-bad', status: 5 })
  dts.plantSecret('leak-me-not')
  const hidden = expect.stringContaining('leak-me-not')
  const { JobList } = await list(dts, { JobId: 'dts-leaky' })
  expect(JobList[0]).toMatchObject({
    SrcInfo: { Password: 'leak-me-not', AccessKey: 'leak-me-not' },
    DstInfo: { Password: 'leak-me-not' },
    SrcInfoMulti: [{ Password: 'leak-me-not', AccessKey: 'leak-me-not' }],
    DatabaseInfo: hidden,
    MigrateOption: { ExternParams: hidden },
  })
  const log = JobList[0]?.ErrorInfo[0]?.ErrorLog
  expect(log).toContain("IDENTIFIED BY 'leak-me-not'")
  expect(log).toContain('password=leak-me-not')
  const check = await call(dts, 'DescribeMigrateCheckJob', { JobId: 'dts-bad' })
  expect(check).toMatchObject({ ErrorMessage: hidden })
  dts.plantSecret('')
  expect(JSON.stringify(await list(dts))).not.toContain('leak-me-not')
})
