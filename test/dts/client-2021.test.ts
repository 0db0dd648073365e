import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Dts } from '../../src/dts/client.ts'
import { v20211206 } from '../../src/dts/v20211206/actions.ts'
import documented from '../fixtures/dts-2021-requests.json' with { type: 'json' }
import { expectedAuthorization } from './expected-authorization.ts'
import {
  COMPARE,
  JOB,
  JOB_2021,
  KEY,
  LATER_CALLS,
  PLACE,
  failure,
  openDts,
  serverSaying,
} from './open-dts.ts'
import { rawCompare, rawDetail, rawItem } from './raw-details.ts'

const JobId = JOB_2021.id
const PAGE = { Offset: 0, Limit: 100 }
const ANSWER = { RequestId: 'r', CompareTaskId: COMPARE, ...rawDetail() }

const calls: [string, (dts: Dts) => Promise<unknown>, keyof typeof documented, object][] = [
  ['a job', (dts) => dts.describeJob(JOB_2021), 'DescribeMigrationDetail', { JobId }],
  [
    'a page',
    (dts) => dts.describeJobs(PLACE, '2021-12-06', { offset: 0, limit: 100 }),
    'DescribeMigrationJobs',
    PAGE,
  ],
  [
    'a page, oldest first',
    (dts) =>
      dts.describeJobs(PLACE, '2021-12-06', { offset: -1, limit: 999, order: 'oldestFirst' }),
    'DescribeMigrationJobs',
    { ...PAGE, OrderSeq: 'asc' },
  ],
  [
    'a page, newest first',
    (dts) => dts.describeJobs(PLACE, '2021-12-06', { offset: 9, limit: 0, order: 'newestFirst' }),
    'DescribeMigrationJobs',
    { Offset: 9, Limit: 1, OrderSeq: 'desc' },
  ],
  ['startJob', (dts) => dts.startJob(JOB_2021), 'StartMigrateJob', { JobId }],
  ['stopJob', (dts) => dts.stopJob(JOB_2021), 'StopMigrateJob', { JobId }],
  ['pauseJob', (dts) => dts.pauseJob(JOB_2021), 'PauseMigrateJob', { JobId }],
  ['continueJob', (dts) => dts.continueJob(JOB_2021), 'ContinueMigrateJob', { JobId }],
  ['resumeJob', (dts) => dts.resumeJob(JOB_2021), 'ResumeMigrateJob', { JobId }],
  [
    'resumeJob with a cleared target',
    (dts) => dts.resumeJob(JOB_2021, 'clearData'),
    'ResumeMigrateJob',
    { JobId, ResumeOption: 'clearData' },
  ],
  ['completeJob', (dts) => dts.completeJob(JOB_2021), 'CompleteMigrateJob', { JobId }],
  [
    'completeJob at once',
    (dts) => dts.completeJob(JOB_2021, 'immediately'),
    'CompleteMigrateJob',
    { JobId, CompleteMode: 'immediately' },
  ],
  ['createCheck', (dts) => dts.createCheck(JOB_2021), 'CreateMigrateCheckJob', { JobId }],
  ['describeCheck', (dts) => dts.describeCheck(JOB_2021), 'DescribeMigrationCheckJob', { JobId }],
  [
    'skipCheckItems',
    (dts) => dts.skipCheckItems(JOB_2021, ['OptimizeCheck']),
    'SkipCheckItem',
    { JobId, StepIds: ['OptimizeCheck'] },
  ],
  [
    'skipCheckItems without foreign keys',
    (dts) => dts.skipCheckItems(JOB_2021, ['ConstraintCheck'], 'shield'),
    'SkipCheckItem',
    { JobId, StepIds: ['ConstraintCheck'], ForeignKeyFlag: 'shield' },
  ],
  ['createCompare', (dts) => dts.createCompare(JOB_2021), 'CreateCompareTask', { JobId }],
  [
    'createCompare with a name',
    (dts) => dts.createCompare(JOB_2021, 'before the cut over'),
    'CreateCompareTask',
    { JobId, TaskName: 'before the cut over' },
  ],
  [
    'startCompare',
    (dts) => dts.startCompare(JOB_2021, COMPARE),
    'StartCompare',
    { JobId, CompareTaskId: COMPARE },
  ],
  [
    'describeCompares',
    (dts) => dts.describeCompares(JOB_2021, { offset: 0, limit: 100 }),
    'DescribeCompareTasks',
    { JobId, ...PAGE },
  ],
]

test.each(calls)(
  '%s is sent as the official client sends it, signed',
  async (_, call, action, params) => {
    await using server = await serverSaying({ Response: ANSWER })
    await call(openDts(server.url))
    const theirs = new CommonClient(`127.0.0.1:${server.port}`, '2021-12-06', {
      credential: { secretId: KEY.secretId, secretKey: KEY.secretKey },
      region: PLACE.region,
      profile: { language: 'en-US', httpProfile: { protocol: 'http://' } },
    })
    await theirs.request(action, params)

    const [mine, official] = server.heard
    expect(server.heard).toHaveLength(2)
    expect(JSON.parse(mine?.body ?? '')).toEqual(JSON.parse(official?.body ?? ''))
    for (const name of ['action', 'version', 'region', 'language']) {
      const header = `x-tc-${name}`
      expect([header, mine?.headers[header]]).toEqual([header, official?.headers[header]])
    }
    expect(mine?.headers.authorization).toBe(mine && expectedAuthorization(mine))
  },
)

test.each(calls)('%s: every parameter is documented, and none is missing', (_, ...rest) => {
  const [, action, params] = rest
  const fields: Record<string, { type: string; required: boolean }> = documented[action]
  for (const [name, value] of Object.entries(params)) {
    expect([name, TYPES[fields[name]?.type ?? '']?.safeParse(value).success]).toEqual([name, true])
  }
  const required = Object.keys(fields).filter((name) => fields[name]?.required)
  expect(Object.keys(params)).toEqual(expect.arrayContaining(required))
})

const TYPES: Record<string, z.ZodType> = {
  string: z.string(),
  number: z.number(),
  'string[]': z.array(z.string()),
}

test('every action of this version is among them', () => {
  expect(new Set(calls.map(([, , action]) => action))).toEqual(new Set(Object.keys(documented)))
})

describe('the answer', () => {
  test('describes one job', async () => {
    await using server = await serverSaying({ Response: { ...rawDetail(), RequestId: 'r-1' } })
    const job = await openDts(server.url).describeJob(JOB_2021)
    expect(job?.ref).toEqual(JOB_2021)
    expect(job?.look).toMatchObject({ status: 'running', requestId: 'r-1' })
    expect(JSON.stringify(job)).not.toMatch(/10\.0\.0|migrator|not-a-real/)
  })

  test.each(['ResourceNotFound', 'ResourceNotFound.ResourceNotFoundError'])(
    'means that there is no such job: %s',
    async (Code) => {
      await using server = await serverSaying({ Response: { Error: { Code, Message: 'x' } } })
      expect(await openDts(server.url).describeJob(JOB_2021)).toBeUndefined()
    },
  )

  test.each([
    ['of another job', rawDetail({ JobId: 'dts-1ewjspuw2' })],
    ['without a job', {}],
    ['of a job nested without end', rawDetail({ MigrateOption: nested(500) })],
  ])('%s is not an answer to the question', async (_, Response) => {
    await using server = await serverSaying({ Response })
    expect(await failure(openDts(server.url).describeJob(JOB_2021))).toMatchObject({
      name: 'DtsUnreachableError',
      kind: 'unexpectedShape',
    })
  })

  test('lists a page of jobs', async () => {
    const JobList = [rawItem(), null, rawItem({ JobId: 'dts-an0ther0' })]
    await using server = await serverSaying({ Response: { TotalCount: '250', JobList } })
    const page = { offset: 0, limit: 3 }
    expect(await openDts(server.url).describeJobs(PLACE, '2021-12-06', page)).toMatchObject({
      total: 250,
      jobs: [{ ref: JOB_2021 }, { ref: { ...JOB_2021, id: 'dts-an0ther0' } }],
    })
  })

  test('to a skip has a message, to an order a RequestId', async () => {
    const Response = { Message: 'skipped', RequestId: 'r-1' }
    await using server = await serverSaying({ Response })
    const dts = openDts(server.url)
    expect(await dts.skipCheckItems(JOB_2021, ['OptimizeCheck'])).toEqual({
      message: 'skipped',
      requestId: 'r-1',
    })
    expect(await dts.pauseJob(JOB_2021)).toEqual({ requestId: 'r-1' })
  })
})

describe('comparisons', () => {
  test('are created with an id that can be started', async () => {
    await using server = await serverSaying({ Response: { CompareTaskId: COMPARE } })
    const created = await openDts(server.url).createCompare(JOB_2021)
    expect(created).toEqual({ compareId: COMPARE, requestId: '' })
  })

  test.each([undefined, null, '', 'cmp-1', 7])(
    'are of unknown outcome with the id %j',
    async (CompareTaskId) => {
      await using server = await serverSaying({ Response: { CompareTaskId } })
      expect(await failure(openDts(server.url).createCompare(JOB_2021))).toMatchObject({
        kind: 'unexpectedShape',
        sent: true,
      })
    },
  )

  test('are listed, one unreadable one beside the rest', async () => {
    const odd = rawCompare({ Status: 'new', Conclusion: 'skipAll', CompareProcess: null })
    const Items = [rawCompare(), { TaskName: 'no id' }, null, odd]
    await using server = await serverSaying({ Response: { TotalCount: 4, Items } })
    const page = { offset: 0, limit: 100 }
    const { total, compares } = await openDts(server.url).describeCompares(JOB_2021, page)
    expect(total).toBe(4)
    expect(compares[0]).toEqual({
      id: COMPARE,
      name: 'before the cut over',
      status: 'success',
      conclusion: 'same',
      percent: 100,
      message: 'done',
      createdAt: '2026-11-24T09:21:02.000Z',
      startedAt: '2026-11-24T09:24:09.000Z',
      finishedAt: '2026-11-24T09:24:54.000Z',
    })
    expect(compares[1]).toMatchObject({ status: 'unknown', conclusion: 'skipped' })
    expect(compares).toHaveLength(2)
  })
})

test('what a job of 2018-03-30 cannot do, a malformed id or a malformed item is never sent', async () => {
  await using server = await serverSaying({ Response: {} })
  const dts = openDts(server.url)
  const refused = [
    ...LATER_CALLS.map((call) => call(dts, JOB)),
    ...LATER_CALLS.map((call) => call(dts, { ...JOB_2021, id: 'orders' })),
    dts.skipCheckItems(JOB_2021, ['OptimizeCheck', 'no word']),
    dts.startCompare(JOB_2021, 'dts-1ewjspuw'),
  ]
  for (const error of await Promise.all(refused.map(failure))) {
    expect(error).toBeInstanceOf(TypeError)
  }
  expect(server.heard).toHaveLength(0)
})

function nested(depth: number): unknown {
  return { Strange: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown }
}

test('every action keeps to its documented rate limit', () => {
  const { version: _, ...actions } = v20211206
  expect(Object.values(actions).map(({ perSecond }) => perSecond)).toEqual(
    Array.from({ length: 14 }, () => 20),
  )
})
