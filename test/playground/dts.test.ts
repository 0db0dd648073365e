import { spawn } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import fc from 'fast-check'
import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { expect, onTestFinished, test } from 'vitest'

import type { FaultInput } from '../../playground/dts/faults.ts'
import type { JobSpec } from '../../playground/dts/job.ts'
import type { PretendDts } from '../../playground/dts/pretend-dts.ts'
import { rateLimit } from '../../playground/dts/rate-limit.ts'
import { seedJobs } from '../../playground/dts/seed-jobs.ts'
import { startDts } from '../../playground/dts/server.ts'

const credential = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }
const temporary = { secretId: 'AKIDTEMPORARY', secretKey: 'nor-is-this', token: 'a-token' }

/** A simulator whose clock stands still unless a test moves it. */
async function start(...jobs: JobSpec[]): Promise<PretendDts> {
  const dts = await startDts({ credentials: [credential, temporary], jobs, speed: 0 })
  onTestFinished(() => dts.close())
  return dts
}

/** Everything of a request that a test may want to spoil. */
type Sent = {
  secretId: string
  secretKey: string
  token: string
  timestamp: number
  date: string
  service: string
  host: string
  signedHeaders: string[]
  action: string
  version: string
  region: string
  language: string
  contentType: string
  body: string
  sentBody: string
  authorization: string
  signal: AbortSignal
}

type Reply = { Error?: { Code: string; Message: string }; RequestId: string }

async function send(dts: PretendDts, sent: Partial<Sent> = {}): Promise<Response> {
  const timestamp = sent.timestamp ?? Math.floor(Date.now() / 1000)
  const date = sent.date ?? new Date(timestamp * 1000).toISOString().slice(0, 10)
  const service = sent.service ?? 'dts'
  const body = sent.body ?? '{}'
  const headers: Record<string, string> = {
    'content-type': sent.contentType ?? 'application/json',
    'x-tc-action': sent.action ?? 'DescribeMigrateJobs',
    'x-tc-version': sent.version ?? '2018-03-30',
    'x-tc-timestamp': String(timestamp),
    'x-tc-region': sent.region ?? 'ap-guangzhou',
    'x-tc-language': sent.language ?? 'en-US',
    'x-tc-token': sent.token ?? '',
  }
  for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name]

  const names = sent.signedHeaders ?? ['content-type', 'host']
  const values: Record<string, string> = { ...headers, host: sent.host ?? new URL(dts.url).host }
  const canonical = [
    'POST\n/\n\n',
    ...names.map((name) => `${name}:${values[name]?.toLowerCase()}\n`),
    `\n${names.join(';')}\n`,
    createHash('sha256').update(body).digest('hex'),
  ].join('')
  const scope = `${date}/${service}/tc3_request`
  const hashed = createHash('sha256').update(canonical).digest('hex')
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `TC3${sent.secretKey ?? credential.secretKey}`,
  )
  const signature = createHmac('sha256', key)
    .update(`TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hashed}`)
    .digest('hex')
  headers['authorization'] =
    sent.authorization ??
    `TC3-HMAC-SHA256 Credential=${sent.secretId ?? credential.secretId}/${scope}, ` +
      `SignedHeaders=${names.join(';')}, Signature=${signature}`

  return fetch(dts.url, {
    method: 'POST',
    headers,
    body: sent.sentBody ?? body,
    ...(sent.signal && { signal: sent.signal }),
  })
}

/** What the service answers to a spoiled request: an error code, or `ok`. */
async function codeOf(dts: PretendDts, sent: Partial<Sent>): Promise<string> {
  const response = await send(dts, sent)
  expect(response.status).toBe(200)
  const { Response: reply } = (await response.json()) as { Response: Reply }
  expect(reply.RequestId).toMatch(/^[0-9a-f-]{36}$/)
  return reply.Error?.Code ?? 'ok'
}

function call(dts: PretendDts, action: string, params: object, region = 'ap-guangzhou') {
  return codeOf(dts, { action, body: JSON.stringify(params), region })
}

async function read<T>(dts: PretendDts, action: string, params: object): Promise<T> {
  const response = await send(dts, { action, body: JSON.stringify(params) })
  return ((await response.json()) as { Response: T }).Response
}

type RawJob = {
  JobId: string
  Status: number
  StartTime: string
  EndTime: string
  MigrateOption: { RunMode: number; ExpectTime: string }
  Detail: {
    StepAll: number
    StepNow: number
    Progress: string
    SecondsBehindMaster: number
    StepInfo: { StepNo: number; StepName: string; Status: number; StartTime: string }[]
  }
  ErrorInfo: { ErrorLog: string; HelpDoc: string }[]
}
type JobPage = { TotalCount: number; JobList: RawJob[] }

const list = (dts: PretendDts, params: object = {}) =>
  read<JobPage>(dts, 'DescribeMigrateJobs', params)

function officialClient(dts: PretendDts, credentials: object = credential) {
  return new CommonClient(new URL(dts.url).host, '2018-03-30', {
    credential: { ...credential, ...credentials },
    region: 'ap-guangzhou',
    profile: { language: 'en-US', httpProfile: { protocol: 'http://' } },
  })
}

test('the official client describes a job and starts it', async () => {
  const dts = await start({ id: 'dts-1kl0iy0v', name: 'orders-to-cynosdb' })
  const client = officialClient(dts)

  const page = await client.request('DescribeMigrateJobs', { JobId: 'dts-1kl0iy0v' })
  expect(page).toMatchObject({ TotalCount: 1, JobList: [{ JobName: 'orders-to-cynosdb' }] })

  const started = await client.request('StartMigrateJob', { JobId: 'dts-1kl0iy0v' })
  expect(Object.keys(started)).toEqual(['RequestId'])
  expect(dts.starts('dts-1kl0iy0v')).toBe(1)
  expect(dts.requests.at(-1)).toMatchObject({
    action: 'StartMigrateJob',
    region: 'ap-guangzhou',
    jobId: 'dts-1kl0iy0v',
    params: { JobId: 'dts-1kl0iy0v' },
    outcome: 'ok',
    effective: true,
    requestId: started.RequestId,
  })
})

test('the official client gets code, message and RequestId of a refusal', async () => {
  const dts = await start({ id: 'dts-running1', status: 7 })
  const refusal = await officialClient(dts)
    .request('StartMigrateJob', { JobId: 'dts-running1' })
    .catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    code: 'FailedOperation.StatusInConflict',
    message: 'This operation cannot be performed due to status conflict.',
    requestId: dts.requests.at(-1)?.requestId,
  })
})

test('the official client is refused with a wrong key', async () => {
  const dts = await start()
  const client = officialClient(dts, { secretKey: 'wrong' })
  await expect(client.request('DescribeMigrateJobs', {})).rejects.toMatchObject({
    code: 'AuthFailure.SignatureFailure',
  })
})

const MALFORMED = 'AuthFailure.InvalidAuthorization'
const seconds = () => Math.floor(Date.now() / 1000)

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
  expect(await codeOf(dts, sent())).toBe(code)
  expect(dts.requests.at(-1)?.outcome).toBe(code)
})

test('the pretend clock does not expire honest signatures', async () => {
  const dts = await start()
  dts.skip(86_400_000)
  expect(await codeOf(dts, {})).toBe('ok')
})

const START = 'StartMigrateJob'

test.for<[string, Partial<Sent>, string]>([
  ['another version', { version: '2021-12-06' }, 'NoSuchVersion'],
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
  ['a tag without key', { body: '{"TagFilters":[{}]}' }, 'MissingParameter'],
  ['a tag with more', { body: '{"TagFilters":[{"TagKey":"a","X":1}]}' }, 'UnknownParameter'],
])('refused: %s', async ([, sent, code]) => {
  const dts = await start()
  expect(await codeOf(dts, sent)).toBe(code)
})

test('messages come in Chinese unless English is asked for', async () => {
  const dts = await start()
  const ask = async (language: string) => {
    const response = await send(dts, { language, action: START, body: '{"JobId":"dts-none"}' })
    return ((await response.json()) as { Response: Reply }).Response.Error?.Message
  }
  expect(await ask('en-US')).toBe('The migration task does not exist.')
  expect(await ask('')).toBe('迁移任务不存在。')
})

const STATUSES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 23]
const CONFLICT = 'FailedOperation.StatusInConflict'

test.for<[string, number[], string]>([
  ['StartMigrateJob', [4], CONFLICT],
  ['StopMigrateJob', [7, 8], CONFLICT],
  ['CompleteMigrateJob', [8], CONFLICT],
  ['CreateMigrateCheckJob', [1, 2, 4, 5, 10], 'FailedOperation.NotAllowOperation'],
])('%s is allowed at %j only', async ([action, allowed, refusal]) => {
  const dts = await start(...STATUSES.map((status) => ({ id: `dts-at${status}`, status })))
  for (const status of STATUSES) {
    const JobId = `dts-at${status}`
    expect(dts.job(JobId)?.status).toBe(status)
    const code = await call(dts, action, { JobId })
    expect(`${status} ${code}`).toBe(`${status} ${allowed.includes(status) ? 'ok' : refusal}`)
    expect(dts.requests.at(-1)?.effective).toBe(allowed.includes(status))
    if (code !== 'ok') expect(dts.job(JobId)?.status).toBe(status)
  }
})

test('a job exists in its own region only', async () => {
  const dts = await start({ id: 'dts-shanghai', region: 'ap-shanghai' })
  for (const action of [
    'StartMigrateJob',
    'StopMigrateJob',
    'CompleteMigrateJob',
    'CreateMigrateCheckJob',
    'DescribeMigrateCheckJob',
  ]) {
    const code = await call(dts, action, { JobId: 'dts-shanghai' })
    expect(code).toBe('ResourceNotFound.JobNotExist')
  }
  expect(await list(dts, { JobId: 'dts-shanghai' })).toMatchObject({ TotalCount: 0, JobList: [] })
  expect(await call(dts, START, { JobId: 'dts-shanghai' }, 'ap-shanghai')).toBe('ok')
})

test('jobs are found by id, name and tag, in order and in pages', async () => {
  const dts = await start(
    { id: 'dts-a', name: 'orders', tags: [{ key: 'team', value: 'red' }] },
    { id: 'dts-b', name: 'orders-archive', status: 7 },
    { id: 'dts-c', name: 'stock', status: 1 },
  )
  const ids = async (params: object) => (await list(dts, params)).JobList.map((job) => job.JobId)

  expect(await ids({ JobId: 'dts-a' })).toEqual(['dts-a'])
  expect(await ids({ JobId: 'dts' })).toEqual([])
  expect(await ids({ JobName: 'orders', Order: 'JobId', OrderSeq: 'ASC' })).toEqual([
    'dts-a',
    'dts-b',
  ])
  expect(await ids({ TagFilters: [{ TagKey: 'team', TagValue: ['red'] }] })).toEqual(['dts-a'])
  expect(await ids({ TagFilters: [{ TagKey: 'team', TagValue: ['blue'] }] })).toEqual([])
  expect(await ids({ Order: 'Status', OrderSeq: 'DESC' })).toEqual(['dts-b', 'dts-a', 'dts-c'])

  const page = await list(dts, { Order: 'JobId', OrderSeq: 'ASC', Offset: 1, Limit: 1 })
  expect(page).toMatchObject({ TotalCount: 3, JobList: [{ JobId: 'dts-b' }] })
})

test('a page holds twenty jobs by default', async () => {
  const dts = await start(...Array.from({ length: 25 }, () => ({})))
  const page = await list(dts)
  expect([page.TotalCount, page.JobList.length]).toEqual([25, 20])
})

test('a job has the documented shape', async () => {
  const dts = await start({ id: 'dts-shape', name: 'orders', overrideRoot: true })
  const page = await list(dts)
  expect(page.JobList[0]).toEqual({
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

test('of many calls at once some are refused, and no other action suffers', async () => {
  const dts = await start({ id: 'dts-busy' })
  const params = { JobId: 'dts-busy' }
  const codes = await Promise.all(
    Array.from({ length: 25 }, () => call(dts, 'DescribeMigrateCheckJob', params)),
  )
  expect(new Set(codes)).toEqual(new Set(['ok', 'RequestLimitExceeded']))

  const listings = await Promise.all(
    Array.from({ length: 100 }, () => call(dts, 'DescribeMigrateJobs', {})),
  )
  expect(new Set(listings)).toEqual(new Set(['ok']))
})

test('the limit looks back over one second, refused calls included', () => {
  let now = 0
  const limit = rateLimit(() => now)
  const attempt = () => limit.count('StartMigrateJob', 2)
  attempt()
  now = 500
  attempt()
  expect(attempt).toThrow(
    expect.objectContaining({
      code: 'RequestLimitExceeded',
      text:
        'Your current request times equals to `3` in a second, which exceeds the frequency ' +
        'limit `2` for a second. Please reduce the frequency of calls.',
    }),
  )
  now = 1000
  expect(attempt).toThrow(expect.objectContaining({ code: 'RequestLimitExceeded' }))
  now = 2000
  attempt()
})

test('a job with replication runs, gets ready, and waits to be completed', async () => {
  const dts = await start({ id: 'dts-life', durationMs: 100_000, lagSeconds: 60 })
  const seen = async () => {
    const [job] = (await list(dts, { JobId: 'dts-life' })).JobList
    if (!job) throw new Error('the job is gone')
    return job
  }
  await call(dts, START, { JobId: 'dts-life' })
  expect((await seen()).Status).toBe(4)
  dts.skip(499)
  expect((await seen()).Status).toBe(4)
  dts.skip(1)
  expect(await seen()).toMatchObject({ Status: 6, Detail: { StepAll: 6, StepNow: 0 } })
  dts.skip(1500 + 30_000)
  expect(await seen()).toMatchObject({
    Status: 7,
    EndTime: '0000-00-00 00:00:00',
    Detail: { StepNow: 4, Progress: '30', CurrentStepProgress: '33', SecondsBehindMaster: 0 },
  })
  expect((await seen()).Detail.StepInfo.map((step) => step.Status)).toEqual([1, 1, 1, 3, 4, 4])
  expect((await seen()).Detail.StepInfo[3]).toMatchObject({ StepNo: 4, StepName: '全量数据导出' })
  dts.skip(65_000)
  expect(await seen()).toMatchObject({ Status: 7, Detail: { StepNow: 6, SecondsBehindMaster: 40 } })
  dts.skip(5000)
  expect(await seen()).toMatchObject({
    Status: 8,
    Detail: { Progress: '100', SecondsBehindMaster: 20 },
  })
  dts.skip(3_600_000)
  expect(await seen()).toMatchObject({ Status: 8, Detail: { SecondsBehindMaster: 0 } })

  expect(await call(dts, 'CompleteMigrateJob', { JobId: 'dts-life' })).toBe('ok')
  expect((await seen()).Status).toBe(12)
  dts.skip(2000)
  const end = await seen()
  expect(end.Status).toBe(9)
  expect(end.EndTime).toBe(beijing(dts.now()))
  expect(end.Detail.StepInfo.every((step) => step.Status === 1)).toBe(true)
})

test('completing waits until the target is in sync, unless told otherwise', async () => {
  const behind: JobSpec = { status: 7, progress: 0, durationMs: 100_000 }
  const dts = await start({ ...behind, id: 'dts-patient' }, { ...behind, id: 'dts-hasty' })
  dts.skip(100_000)
  await call(dts, 'CompleteMigrateJob', { JobId: 'dts-patient' })
  await call(dts, 'CompleteMigrateJob', { JobId: 'dts-hasty', CompleteMode: 'immediately' })
  dts.skip(2000)
  expect([dts.job('dts-patient')?.status, dts.job('dts-hasty')?.status]).toEqual([12, 9])
  dts.skip(5000)
  expect(dts.job('dts-patient')).toMatchObject({ status: 9, percent: 100 })
})

test('a full copy ends by itself', async () => {
  const dts = await start({ id: 'dts-full', migrateType: 2, durationMs: 10_000 })
  await call(dts, START, { JobId: 'dts-full' })
  dts.skip(2000 + 9999)
  expect(dts.job('dts-full')?.status).toBe(7)
  dts.skip(1)
  expect(dts.job('dts-full')).toMatchObject({ status: 9, percent: 100, lagSeconds: null })
})

test('a job breaks where its script says', async () => {
  const fails = { at: 0.5, code: 'ImportError', message: 'disk full' }
  const dts = await start({ id: 'dts-breaks', fails, durationMs: 10_000 })
  await call(dts, START, { JobId: 'dts-breaks' })
  dts.skip(2000 + 5000)
  const page = await list(dts)
  expect(page.JobList[0]).toMatchObject({
    Status: 10,
    EndTime: beijing(dts.now()),
    Detail: { Progress: '50', StepNow: 5 },
    ErrorInfo: [{ ErrorLog: 'ImportError: disk full', HelpDoc: expect.any(String) }],
  })
  expect(page.JobList[0]?.Detail.StepInfo.map((step) => step.Status)).toEqual([1, 1, 1, 1, 2, 4])
})

const broken = (at: number) => ({ at, code: 'ImportError', message: 'disk full' })

test.for<[number, number]>([
  [7, 0.3],
  [8, 1],
  [8, 1.05],
  [9, 0.5],
  [11, 0.5],
  [12, 1.5],
])('nobody can put a job at %i that broke at %d, on its way there', async ([status, at]) => {
  const dts = await start({ id: 'dts-there', fails: broken(at) })
  const refusal = `fails.at: the run breaks at ${at}, before it is at status ${status}.`
  expect(() => dts.addJob({ status, fails: broken(at) })).toThrow(refusal)
  expect(() => dts.changeJob('dts-there', { name: 'new', status })).toThrow(refusal)
  expect(dts.job('dts-there')).toMatchObject({ name: 'pretend-job', status: 4 })

  dts.changeJob('dts-there', { status, fails: null })
  expect(dts.job('dts-there')?.status).toBe(status)
})

test('a job put at a status breaks when its time comes', async () => {
  const dts = await start(
    { id: 'dts-runs', status: 7, progress: 0.4, fails: broken(0.5), durationMs: 10_000 },
    { id: 'dts-ready', status: 8, fails: broken(1.15), durationMs: 10_000 },
  )
  expect(dts.jobs.map((job) => job.status)).toEqual([7, 8])
  dts.skip(999)
  expect(dts.jobs.map((job) => job.status)).toEqual([7, 8])
  dts.skip(1)
  expect(dts.jobs.map((job) => job.status)).toEqual([10, 10])
})

test('what ends by itself can break before its end only', async () => {
  const dts = await start({ status: 6, migrateType: 2, fails: broken(1), durationMs: 10_000 })
  expect(() => dts.addJob({ migrateType: 2, fails: broken(1.1) })).toThrow('fails.at: only a job')
  dts.skip(1500 + 10_000)
  expect(dts.jobs[0]).toMatchObject({ status: 10, percent: 100 })
})

test('a run that is told to take longer or shorter keeps what is done', async () => {
  const dts = await start({ id: 'dts-pace', status: 7, progress: 0, durationMs: 100_000 })
  dts.skip(60_000)
  const before = dts.job('dts-pace')
  expect(before).toMatchObject({ status: 7, percent: 60, step: 5 })

  expect(dts.changeJob('dts-pace', { durationMs: 1_000_000 })).toEqual(before)
  dts.skip(100_000)
  expect(dts.job('dts-pace')).toMatchObject({ status: 7, percent: 70 })
  dts.changeJob('dts-pace', { durationMs: 10_000 })
  expect(dts.job('dts-pace')?.steps.slice(0, 5)).toEqual(before?.steps.slice(0, 5))
  dts.skip(2999)
  expect(dts.job('dts-pace')).toMatchObject({ status: 7, percent: 99 })
  dts.skip(1)
  expect(dts.job('dts-pace')?.status).toBe(8)
})

test('a run that has not begun takes as long as it was told last', async () => {
  const dts = await start({ id: 'dts-soon', status: 6, migrateType: 2, durationMs: 100_000 })
  dts.changeJob('dts-soon', { durationMs: 10_000 })
  dts.skip(1500 + 9999)
  expect(dts.job('dts-soon')).toMatchObject({ status: 7, percent: 99 })
  dts.skip(1)
  expect(dts.job('dts-soon')?.status).toBe(9)
})

test('what is over stays as it was, whatever is changed', async () => {
  const dts = await start(
    { id: 'dts-broke', status: 7, progress: 0, fails: broken(0.5), durationMs: 10_000 },
    { id: 'dts-done', status: 6, migrateType: 2, durationMs: 3500 },
    { id: 'dts-fine', status: 3, checkMs: 1000 },
    { id: 'dts-unfit', status: 3, checkMs: 1000, checkFails: { message: 'binlog is off' } },
  )
  dts.skip(5000)
  const before = dts.jobs
  expect(before.map((job) => job.status)).toEqual([10, 9, 4, 5])
  const change = { durationMs: 99_000, checkMs: 60_000, fails: null, migrateType: 1 } as const
  dts.changeJob('dts-broke', change)
  dts.changeJob('dts-done', change)
  dts.changeJob('dts-fine', { ...change, checkFails: { message: 'grants are missing' } })
  dts.changeJob('dts-unfit', { ...change, checkFails: null })
  expect(dts.jobs).toEqual(before)
  expect(await read(dts, 'DescribeMigrateCheckJob', { JobId: 'dts-unfit' })).toMatchObject({
    CheckFlag: 0,
    ErrorMessage: 'binlog is off',
  })

  expect(await call(dts, 'CreateMigrateCheckJob', { JobId: 'dts-broke' })).toBe('ok')
  dts.skip(60_000)
  expect(await call(dts, START, { JobId: 'dts-broke' })).toBe('ok')
})

test('nothing that a run is past can be changed', async () => {
  const dts = await start({ id: 'dts-past', status: 7, progress: 0.5 })
  expect(() => dts.changeJob('dts-past', { fails: broken(0.4) })).toThrow(
    'fails.at: the run is past 0.4 already.',
  )
  expect(() => dts.changeJob('dts-past', { migrateType: 2 })).toThrow(
    'migrateType: cannot change while the job runs.',
  )
  expect(dts.job('dts-past')).toMatchObject({ status: 7, percent: 50 })
})

test('a stopped job ends as failed', async () => {
  const dts = await start({ id: 'dts-stops', status: 7, progress: 0.4 })
  expect(await call(dts, 'StopMigrateJob', { JobId: 'dts-stops' })).toBe('ok')
  expect(dts.job('dts-stops')).toMatchObject({ status: 11, percent: 40 })
  dts.skip(2000)
  expect(dts.job('dts-stops')).toMatchObject({ status: 10, percent: 40 })
})

test('the start time of a run stays when the job is set back or checked anew', async () => {
  const dts = await start(
    { id: 'dts-back', status: 7 },
    { id: 'dts-anew', status: 10 },
    { id: 'dts-never' },
  )
  const startTimes = async () => {
    const { JobList } = await read<{ JobList: RawJob[] }>(dts, 'DescribeMigrateJobs', {})
    return Object.fromEntries(JobList.map(({ JobId, StartTime }) => [JobId, StartTime]))
  }
  const before = await startTimes()
  expect(before['dts-back']).toMatch(/^20/)
  expect(before['dts-anew']).toMatch(/^20/)
  dts.changeJob('dts-back', { status: 4 })
  dts.changeJob('dts-back', { status: 1 })
  dts.changeJob('dts-never', { status: 1 })
  expect(await call(dts, 'CreateMigrateCheckJob', { JobId: 'dts-anew' })).toBe('ok')
  dts.skip(60_000)
  expect(await startTimes()).toEqual({ ...before, 'dts-never': '0000-00-00 00:00:00' })

  expect(await call(dts, START, { JobId: 'dts-anew' })).toBe('ok')
  expect((await startTimes())['dts-anew']).toBe(before['dts-anew'])
  dts.skip(10_000)
  expect((await startTimes())['dts-anew']).not.toBe(before['dts-anew'])
})

test('a second start is taken while the first does not show yet, and counted', async () => {
  const dts = await start({ id: 'dts-twice' })
  await call(dts, START, { JobId: 'dts-twice' })
  await call(dts, START, { JobId: 'dts-twice' })
  expect(dts.starts('dts-twice')).toBe(2)
  dts.skip(500)
  expect(await call(dts, START, { JobId: 'dts-twice' })).toBe(CONFLICT)
  expect(dts.starts('dts-twice')).toBe(2)
})

test('no check is made of a job that has been told to start', async () => {
  const dts = await start({ id: 'dts-hidden' }, { id: 'dts-timed', expectInMs: 3_600_000 })
  for (const JobId of ['dts-hidden', 'dts-timed']) {
    await call(dts, START, { JobId })
    expect(dts.job(JobId)?.status).toBe(4)
    const code = await call(dts, 'CreateMigrateCheckJob', { JobId })
    expect(code).toBe('FailedOperation.NotAllowOperation')
  }
  dts.skip(500)
  expect(dts.job('dts-hidden')?.status).toBe(6)
  dts.skip(3_599_500)
  expect(dts.job('dts-timed')?.status).toBe(6)
})

test('a check runs and then passes or not', async () => {
  const dts = await start(
    { id: 'dts-good', status: 1, checkMs: 10_000 },
    { id: 'dts-bad', status: 1, checkMs: 10_000, checkFails: { message: 'binlog is off' } },
  )
  const check = (JobId: string) => read(dts, 'DescribeMigrateCheckJob', { JobId })
  expect(await check('dts-good')).toMatchObject({ Status: 'unavailable', CheckFlag: 3 })

  for (const JobId of ['dts-good', 'dts-bad']) await call(dts, 'CreateMigrateCheckJob', { JobId })
  expect(await check('dts-good')).toMatchObject({ Status: 'starting', Progress: '0' })
  dts.skip(5000)
  expect(await check('dts-good')).toMatchObject({
    Status: 'running',
    Progress: '50',
    CheckFlag: 3,
    ErrorCode: 0,
  })
  expect(dts.job('dts-good')?.status).toBe(3)
  dts.skip(5000)

  expect(await check('dts-good')).toMatchObject({
    Status: 'finished',
    ErrorCode: 0,
    ErrorMessage: 'ok',
    Progress: '100',
    CheckFlag: 1,
  })
  expect(await check('dts-bad')).toMatchObject({
    Status: 'finished',
    ErrorCode: -1,
    ErrorMessage: 'binlog is off',
    CheckFlag: 0,
  })
  expect([dts.job('dts-good')?.status, dts.job('dts-bad')?.status]).toEqual([4, 5])

  await call(dts, 'CreateMigrateCheckJob', { JobId: 'dts-bad' })
  dts.changeJob('dts-bad', { checkFails: null })
  expect(await check('dts-bad')).toMatchObject({ Status: 'starting', CheckFlag: 0 })
  dts.skip(10_000)
  expect(dts.job('dts-bad')?.status).toBe(4)
})

test('a timed job waits for its time', async () => {
  const dts = await start({ id: 'dts-timed', expectInMs: 3_600_000, durationMs: 10_000 })
  const before = (await list(dts)).JobList[0]
  expect(before?.MigrateOption).toMatchObject({
    RunMode: 2,
    ExpectTime: beijing(dts.now() + 3_600_000),
  })
  dts.skip(1_800_000)
  expect(dts.job('dts-timed')?.status).toBe(4)

  expect(await call(dts, START, { JobId: 'dts-timed' })).toBe('ok')
  dts.skip(1_790_000)
  expect(dts.job('dts-timed')).toMatchObject({ status: 4, startedAt: null })
  dts.skip(10_000)
  expect(dts.job('dts-timed')?.status).toBe(6)
  dts.skip(1500)
  expect(dts.job('dts-timed')?.status).toBe(7)
})

test('no run ever goes back', () => {
  const order = [4, 6, 7, 8, 9, 10]
  const durationMs = fc.integer({ min: 1, max: 1_000_000 })
  const spec = ({ types, latest }: { types: (1 | 2 | 3)[]; latest: number }) =>
    fc.record({
      durationMs,
      migrateType: fc.constantFrom(...types),
      fails: fc.option(
        fc.record({
          at: fc.double({ min: 0, max: latest, noNaN: true }),
          code: fc.constant('X'),
          message: fc.constant('y'),
        }),
      ),
    })
  return fc.assert(
    fc.asyncProperty(
      fc.oneof(spec({ types: [1, 2], latest: 1 }), spec({ types: [3], latest: 2 })),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 300_000 }), fc.option(durationMs)), {
        maxLength: 20,
      }),
      async (spec, skips) => {
        await using dts = await startDts({ credentials: [], jobs: [], speed: 0 })
        const { id } = dts.addJob({ ...spec, status: 6 })
        let last = { rank: 0, percent: 0, step: 0 }
        for (const [ms, durationMs] of skips) {
          dts.skip(ms)
          if (durationMs !== null) dts.changeJob(id, { durationMs })
          const job = dts.job(id)
          if (!job) throw new Error('the job is gone')
          const { percent, step, stepPercent, steps } = job
          const rank = order.indexOf(job.status)
          expect(rank).toBeGreaterThanOrEqual(last.rank)
          if (order[last.rank] === 9) expect(job.status).toBe(9)
          expect(percent).toBeGreaterThanOrEqual(last.percent)
          expect(step).toBeGreaterThanOrEqual(last.step)
          expect([percent, stepPercent].every((value) => value >= 0 && value <= 100)).toBe(true)
          expect(steps).toHaveLength(spec.migrateType === 1 ? 3 : 6)
          last = { rank, percent, step }
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('the clock runs, faster when told', async () => {
  await using dts = await startDts({ credentials: [credential] })
  const { id } = dts.addJob({ status: 6, migrateType: 2, durationMs: 3_600_000 })
  dts.setSpeed(10_000)
  await expect.poll(() => dts.job(id)?.status, { timeout: 10_000 }).toBe(9)
})

const json = async (response: Response): Promise<unknown> => JSON.parse(await response.text())

async function withFault(fault: FaultInput, params: object = { JobId: 'dts-fault' }) {
  const dts = await start({ id: 'dts-fault' })
  dts.fault(fault)
  const attempt = (signal?: AbortSignal) =>
    send(dts, { action: START, body: JSON.stringify(params), ...(signal && { signal }) })
  return { dts, attempt, starts: () => dts.starts('dts-fault') }
}

test('an error on demand, with the documented or any message', async () => {
  const { dts, attempt, starts } = await withFault({
    kind: 'error',
    code: 'InternalError.LockError',
  })
  expect(await json(await attempt())).toMatchObject({
    Response: { Error: { Code: 'InternalError.LockError', Message: 'Locks are in conflict.' } },
  })
  expect(starts()).toBe(0)
  expect(dts.requests.at(-1)).toMatchObject({
    outcome: 'InternalError.LockError',
    effective: false,
  })

  dts.fault({ kind: 'error', code: 'New.Code', message: 'Never seen.', after: true })
  expect(await json(await attempt())).toMatchObject({
    Response: { Error: { Code: 'New.Code', Message: 'Never seen.' } },
  })
  expect(starts()).toBe(1)
  expect(dts.requests.at(-1)).toMatchObject({ outcome: 'New.Code', effective: true })
})

test.for<['timeoutBefore' | 'timeoutAfter', number]>([
  ['timeoutBefore', 0],
  ['timeoutAfter', 1],
])('%s: no answer until the caller gives up', async ([kind, effects]) => {
  const { dts, attempt, starts } = await withFault({ kind })
  const patience = new AbortController()
  const answer = attempt(patience.signal)
  await expect.poll(() => dts.requests.at(-1)?.outcome).toBe(kind)
  patience.abort()
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  expect(starts()).toBe(effects)
})

test.for<['resetBefore' | 'resetAfter', number]>([
  ['resetBefore', 0],
  ['resetAfter', 1],
])('%s: the connection breaks', async ([kind, effects]) => {
  const { attempt, starts } = await withFault({ kind })
  await expect(attempt()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  expect(starts()).toBe(effects)
})

test.for([false, true])('answers that are none, effect: %s', async (after) => {
  const { dts, attempt, starts } = await withFault({ kind: 'status', status: 502, after })
  const page = await attempt()
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
  expect(starts()).toBe(after ? 1 : 0)

  const spoiled = async (kind: 'html200' | 'empty' | 'truncated' | 'wrongTypes') => {
    dts.changeJob('dts-fault', { status: 4 })
    dts.fault({ kind, after })
    const response = await attempt()
    expect(response.status).toBe(200)
    return response.text()
  }
  expect(await spoiled('html200')).toContain('<html>')
  expect(await spoiled('empty')).toBe('')
  expect(await spoiled('truncated')).toMatch(/^\{"Response":\{"Req/)
  expect(await spoiled('wrongTypes')).toBe('{"Response":{"RequestId":17}}')
  expect(starts()).toBe(after ? 5 : 0)
})

test('a listing with wrong types has its fields', async () => {
  const { dts } = await withFault({ kind: 'wrongTypes' })
  const answer = await list(dts)
  expect(answer).toMatchObject({ TotalCount: 'seventeen', JobList: { 0: { JobId: 'dts-fault' } } })
})

test('a huge answer is as long as asked', async () => {
  const { attempt } = await withFault({ kind: 'huge', bytes: 3_000_000 })
  const text = await (await attempt()).text()
  expect(text.length).toBeGreaterThan(3_000_000)
  expect(JSON.parse(text)).toMatchObject({ Response: { RequestId: expect.any(String) } })
})

test.for<FaultInput>([
  { kind: 'slowDrip', ms: 50 },
  { kind: 'delay', ms: 50 },
  { kind: 'delay', ms: 50, after: true },
])('a slow answer is an honest one: %j', async (fault) => {
  const { dts, attempt, starts } = await withFault(fault)
  expect(await json(await attempt())).toEqual({ Response: { RequestId: expect.any(String) } })
  expect(starts()).toBe(1)
  expect(dts.requests.at(-1)).toMatchObject({ outcome: 'ok', effective: true })
})

test('a fault hits only the calls it is meant for', async () => {
  const dts = await start({ id: 'dts-one', status: 1 }, { id: 'dts-two', status: 1 })
  const check = (JobId: string) => call(dts, 'DescribeMigrateCheckJob', { JobId })
  const fault = { kind: 'error', code: 'InternalError', times: 2 } as const
  dts.fault({ ...fault, action: 'DescribeMigrateCheckJob', jobId: 'dts-one' })

  expect(await call(dts, 'DescribeMigrateJobs', { JobId: 'dts-one' })).toBe('ok')
  expect(await check('dts-two')).toBe('ok')
  expect(await codeOf(dts, { secretKey: 'bad' })).toBe('AuthFailure.SignatureFailure')
  expect(await check('dts-one')).toBe('InternalError')
  expect(await check('dts-one')).toBe('InternalError')
  expect(await check('dts-one')).toBe('ok')

  dts.fault(fault)
  dts.clearFaults()
  expect(await check('dts-one')).toBe('ok')
})

test('a planted secret shows wherever an answer can hold a password', async () => {
  const dts = await start({
    id: 'dts-leaky',
    status: 10,
    fails: { at: 0.5, code: 'ImportError', message: 'denied' },
  })
  dts.addJob({ id: 'dts-unchecked', status: 5 })
  dts.plantSecret('leak-me-not')
  const hidden = expect.stringContaining('leak-me-not')

  const page = await list(dts, { JobId: 'dts-leaky' })
  expect(page.JobList[0]).toMatchObject({
    SrcInfo: { Password: 'leak-me-not', AccessKey: 'leak-me-not' },
    DstInfo: { Password: 'leak-me-not' },
    SrcInfoMulti: [{ Password: 'leak-me-not', AccessKey: 'leak-me-not' }],
    DatabaseInfo: hidden,
    MigrateOption: { ExternParams: hidden },
  })
  const log = page.JobList[0]?.ErrorInfo[0]?.ErrorLog
  expect(log).toContain("IDENTIFIED BY 'leak-me-not'")
  expect(log).toContain('password=leak-me-not')
  expect(await read(dts, 'DescribeMigrateCheckJob', { JobId: 'dts-unchecked' })).toMatchObject({
    ErrorMessage: hidden,
  })

  dts.plantSecret('')
  expect(JSON.stringify(await list(dts))).not.toContain('leak-me-not')
})

test('the log keeps what was sent but nothing of the signer', async () => {
  const dts = await start()
  await codeOf(dts, { ...temporary, body: '{"Limit":3}' })
  await codeOf(dts, { body: 'not json' })
  expect(dts.requests).toMatchObject([
    { body: '{"Limit":3}', params: { Limit: 3 } },
    { body: 'not json', params: null, jobId: null, outcome: 'InvalidParameter' },
  ])
  const text = JSON.stringify(dts.requests)
  for (const secret of [temporary.secretKey, temporary.token, 'Signature']) {
    expect(text).not.toContain(secret)
  }
})

test('closing does not wait for connections that are held or dripped to', async () => {
  const dts = await startDts({ credentials: [credential] })
  dts.fault({ kind: 'timeoutBefore' })
  dts.fault({ kind: 'delay', ms: 600_000 })
  const calls = [send(dts), send(dts)].map((answer) =>
    expect(answer).rejects.toThrow('fetch failed'),
  )
  await expect.poll(() => dts.requests.length).toBe(2)
  await dts.close()
  await Promise.all(calls)
  await expect(fetch(dts.url)).rejects.toThrow()
})

test('what steers the simulator in-process is checked', async () => {
  const dts = await start({ id: 'dts-there' })
  expect(() => dts.addJob({ id: 'dts-there' })).toThrow('there is already a job dts-there')
  expect(() => dts.addJob({ id: 'Job 1' })).toThrow('id: ')
  expect(() => dts.addJob({ expectTime: 'tomorrow' })).toThrow('expectTime: ')
  expect(() => dts.addJob({ expectTime: '2026-02-30 00:00:00' })).toThrow('expectTime: ')
  expect(() => dts.addJob({ status: 8, migrateType: 2 })).toThrow('migrateType 3')
  expect(() => dts.changeJob('dts-gone', {})).toThrow('there is no job dts-gone')
  expect(() => dts.skip(Number.NaN)).toThrow('ms: must be a number from 0 to 100000000000.')
  expect(() => dts.removeJob('dts-gone')).toThrow('there is no job dts-gone')
  dts.removeJob('dts-there')
  expect(dts.job('dts-there')).toBeUndefined()
})

test.for([-5, Number.NaN, Infinity, 10_001])('no world runs at speed %d', async (speed) => {
  const refusal = 'speed: must be a number from 0 to 10000.'
  await expect(startDts({ credentials: [credential], speed })).rejects.toThrow(refusal)
  const dts = await start()
  expect(() => dts.setSpeed(speed)).toThrow(refusal)
  expect(dts.speed).toBe(0)
  const response = await control(dts, 'speed', { speed })
  expect(response.status).toBe(400)
  expect(await json(response)).toEqual({ error: expect.stringMatching(/^speed: /) })
})

test('a job can be changed behind everybody, and keeps its state', async () => {
  const dts = await start({ id: 'dts-edit', name: 'before', overrideRoot: true })
  await call(dts, START, { JobId: 'dts-edit' })
  dts.skip(500)
  dts.changeJob('dts-edit', { name: 'after', expectInMs: 60_000 })
  const page = await list(dts)
  expect(page.JobList[0]).toMatchObject({
    JobName: 'after',
    Status: 6,
    MigrateOption: { RunMode: 2, IsOverrideRoot: 1 },
  })
  expect(dts.starts('dts-edit')).toBe(1)
})

const control = (dts: PretendDts, path: string, body?: unknown) =>
  fetch(`${dts.url}/_control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

test('the same can be done over HTTP', async () => {
  const dts = await start()
  const added = await control(dts, 'addJob', { id: 'dts-remote', name: 'remote' })
  expect(await json(added)).toMatchObject({ id: 'dts-remote', status: 4 })
  await control(dts, 'changeJob', { id: 'dts-remote', change: { status: 7 } })
  await control(dts, 'skip', { ms: 60_000 })
  await control(dts, 'fault', { kind: 'error', code: 'InternalError' })
  await control(dts, 'plantSecret', { value: 'leak-me-not' })
  expect(await json(await control(dts, 'state'))).toMatchObject({
    now: dts.now(),
    speed: 0,
    jobs: [{ id: 'dts-remote', status: 8 }],
    faults: [{ kind: 'error', code: 'InternalError', times: 1, after: false }],
  })

  await control(dts, 'clear', {})
  expect(dts.faults).toEqual([])
  expect(JSON.stringify(await list(dts))).toContain('leak-me-not')
  expect(await json(await control(dts, 'log'))).toMatchObject({
    requests: [{ action: 'DescribeMigrateJobs', outcome: 'ok' }],
  })
  await control(dts, 'speed', { speed: 100 })
  expect(dts.speed).toBe(100)
  await control(dts, 'removeJob', { id: 'dts-remote' })
  expect(dts.jobs).toEqual([])
})

test.for<[string, unknown, string]>([
  ['addJob', { name: 5 }, 'name: '],
  ['addJob', 'nonsense', 'input: the body is not JSON.'],
  ['addJob', [], 'input: must be an object'],
  ['addJob', { colour: 'red' }, 'colour'],
  ['addJob', { region: 'mars' }, 'region: '],
  ['addJob', { id: 'dts-taken' }, 'already a job'],
  ['changeJob', { id: 'dts-none', change: {} }, 'no job dts-none'],
  ['changeJob', { id: 'dts-taken', change: null }, 'change: '],
  ['removeJob', { id: 'dts-none' }, 'no job dts-none'],
  ['removeJob', {}, 'id: '],
  ['speed', { speed: -1 }, 'speed: must be a number from 0 to 10000.'],
  ['speed', { speed: 'fast' }, 'speed: '],
  ['skip', {}, 'ms: '],
  ['skip', { ms: -5 }, 'ms: must be a number from 0 to 100000000000.'],
  ['fault', { kind: 'earthquake' }, 'kind: '],
  ['fault', { kind: 'error' }, 'code: '],
  ['fault', { kind: 'status', status: 418 }, 'status: '],
  ['fault', { kind: 'html200', times: 0 }, 'times: '],
  ['plantSecret', {}, 'value: '],
])('control %s refuses %j', async ([path, body, sentence]) => {
  const dts = await start({ id: 'dts-taken' })
  const response = await control(dts, path, body)
  expect(response.status).toBe(400)
  expect(await json(response)).toEqual({ error: expect.stringContaining(sentence) })
})

test('unknown paths are not found', async () => {
  const dts = await start()
  expect((await control(dts, 'explode', {})).status).toBe(404)
  expect((await control(dts, 'addJob')).status).toBe(404)
  expect((await fetch(`${dts.url}/favicon.ico`)).status).toBe(404)
})

test('the jobs for newcomers are what they say', async () => {
  const dts = await start(...seedJobs)
  expect(dts.job('dts-1kl0iy0v')).toMatchObject({ name: 'orders-to-cynosdb', status: 4 })
  expect(dts.job('dts-6profiles')).toMatchObject({ status: 7, percent: 35 })
  expect(dts.jobs.map((job) => job.status)).toEqual([4, 4, 4, 4, 4, 7, 1, 1, 4, 4])
  expect(dts.jobs.filter((job) => job.region === 'ap-shanghai')).toHaveLength(1)
})

test('it runs as a process of its own and ends on SIGTERM', async () => {
  const main = fileURLToPath(new URL('../../playground/dts/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--speed', '0', '--secret-id', credential.secretId])
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })
  const [ready] = (await once(lines, 'line')) as [string]
  const url = /^pretend DTS ready on (http:\/\/127\.0\.0\.1:\d+)$/.exec(ready)?.[1]
  const state = await fetch(`${url}/_control/state`)
  expect(await json(state)).toMatchObject({ jobs: { length: seedJobs.length } })

  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test.for<[string, string]>([
  ['--port=many', 'port must be a whole number up to 65535, not "many".'],
  ['--speed=-5', 'speed must be a whole number up to 10000, not "-5".'],
  ['--speed=NaN', 'speed must be a whole number up to 10000, not "NaN".'],
  ['--speed=Infinity', 'speed must be a whole number up to 10000, not "Infinity".'],
])('%s ends the process with a sentence', async ([option, sentence]) => {
  const main = fileURLToPath(new URL('../../playground/dts/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, option])
  onTestFinished(() => void child.kill('SIGKILL'))
  const errors = createInterface({ input: child.stderr })
  const [[line], [code]] = await Promise.all([once(errors, 'line'), once(child, 'exit')])
  expect(line).toBe(sentence)
  expect(code).toBe(1)
})

function beijing(ms: number): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
}
