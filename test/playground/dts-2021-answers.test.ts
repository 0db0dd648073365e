import { expect, test } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import { seedJobs } from '../../playground/dts/seed-jobs.ts'
import { attempt21, ids21, job21, official } from './dts-2021-client.ts'
import { beijing, codeOf, start } from './dts-client.ts'
import models from './dts-2021-models.json' with { type: 'json' }

/* What version 2021-12-06 of the pretend DTS takes and answers. */

// Fields and types of the official models, from the API description of Tencent's command line tool,
// August 2026. Null stands for a value that cannot be had.
const MODELS: Record<string, Record<string, string>> = models

/** Where a value is not what its model says. */
function differences(value: unknown, type: string, path: string): string[] {
  if (value === null) return []
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path}: no list`]
    return value.flatMap((one, n) => differences(one, type.slice(0, -2), `${path}.${n}`))
  }
  const model = MODELS[type]
  if (!model) return typeof value === type ? [] : [`${path}: ${typeof value}, not ${type}`]
  return Object.entries(value as object).flatMap(([name, inner]) =>
    name in model
      ? differences(inner, model[name] ?? '', `${path}.${name}`)
      : [`${path}.${name}: invented`],
  )
}

const EVERYTHING: JobSpec = {
  source: {
    database: 'mongodb',
    access: 'ccn',
    info: { Ip: '192.0.2.1', Port: 27017, CcnId: 'ccn-1' },
  },
  databaseInfo: JSON.stringify([{ Database: 'a' }, { Database: 'b', Table: [{ TableName: 't' }] }]),
  fails: { at: 0.5, code: 'LoadError', message: 'lost', resumable: true },
}
const CHECKED: JobSpec = {
  status: 3,
  checkMs: 0,
  checkItems: [
    { step: 'ViewCheck', message: 'no view' },
    { step: 'VersionCheck', result: 'warning', message: 'old' },
  ],
}

test.for<[string, JobSpec]>([
  ['at rest', { status: 'created' }],
  ['that is checked', { status: 'checking' }],
  ['that did not pass', CHECKED],
  ['under way', { status: 7, progress: 0.95 }],
  ['that broke', { ...EVERYTHING, status: 'resumableErr' }],
  ['that is timed', { expectInMs: 60_000 }],
  ['that is over', { status: 'success' }],
])('a job %s has no field and no type that the models lack', async ([, spec]) => {
  const dts = await start({ ...spec, id: 'dts-shape' }, { id: 'dts-compared', status: 8 })
  const client = official(dts)
  const task = { JobId: 'dts-compared' }
  const { CompareTaskId } = await client('CreateCompareTask', task)
  await client('StartCompare', { ...task, CompareTaskId })
  for (const planted of ['', 'leak-me-not']) {
    dts.plantSecret(planted)
    const reads = ['DescribeMigrationJobs', 'DescribeMigrationDetail', 'DescribeMigrationCheckJob']
    for (const action of reads) {
      const answer = await client(action, { JobId: 'dts-shape' })
      expect(differences(answer, `${action}Response`, action)).toEqual([])
    }
    const compares = await client('DescribeCompareTasks', task)
    expect(differences(compares, 'DescribeCompareTasksResponse', '')).toEqual([])
  }
})

test('every documented parameter is known, any other is not', async () => {
  const dts = await start()
  dts.unlimited()
  const SAMPLE: Record<string, unknown> = { string: '', number: 1, boolean: true }
  for (const [name, model] of Object.entries(MODELS)) {
    if (!name.endsWith('Request')) continue
    const action = name.slice(0, -'Request'.length)
    const params = Object.entries(model).map(([key, type]) => [
      key,
      type.endsWith('[]') ? [''] : (SAMPLE[type] ?? {}),
    ])
    const body = Object.fromEntries(params) as object
    const code = (extra: object) =>
      codeOf(dts, { version: '2021-12-06', action, body: JSON.stringify({ ...body, ...extra }) })
    expect(`${action} ${await code({})}`).not.toContain('UnknownParameter')
    expect(`${action} ${await code({ JobID: '' })}`).toBe(`${action} UnknownParameter`)
  }
})

test('jobs are found by what they are and where they are', async () => {
  const dts = await start(
    { id: 'dts-a', name: 'orders', durationMs: 3000, source: { info: { InstanceId: 'cdb-1' } } },
    { id: 'dts-b', name: 'orders-archive', status: 7, durationMs: 2000, expectInMs: 1000 },
    {
      id: 'dts-c',
      source: { database: 'redis', access: 'cvm' },
      status: 'manualPaused',
      durationMs: 1000,
    },
    { id: 'dts-d', region: 'ap-shanghai' },
  )
  const found = async (params: object) => (await ids21(dts, params)).join(' ')
  expect(await found({})).toBe('dts-c dts-b dts-a')
  expect(await found({ OrderSeq: 'asc', Offset: 1, Limit: 1 })).toBe('dts-b')
  expect(await found({ JobId: 'dts' })).toBe('')
  expect(await found({ JobName: 'orders' })).toBe('dts-b dts-a')
  expect(await found({ Status: ['running', 'manualPaused'] })).toBe('dts-c dts-b')
  expect(await found({ RunMode: 'timed' })).toBe('dts-b')
  expect(await found({ SrcDatabaseType: ['redis', 'mongodb'] })).toBe('dts-c')
  expect(await found({ SrcAccessType: ['cdb'], DstAccessType: ['cdb'] })).toBe('dts-b dts-a')
  expect(await found({ SrcInstanceId: 'cdb-1' })).toBe('dts-a')
  expect(await found({ DstRegion: 'ap-shanghai' })).toBe('')
  expect(await found({ TagFilters: [{ TagKey: 'team' }] })).toBe('')
  for (const bad of [{ OrderSeq: 'ASC' }, { Status: ['8'] }, { Limit: 101 }]) {
    expect(await attempt21(dts, 'DescribeMigrationJobs', bad)).toBe('InvalidParameterValue')
  }
})

test('a listing is limited to twenty in a second', async () => {
  const dts = await start()
  const listing = () => attempt21(dts, 'DescribeMigrationJobs', {})
  const codes = await Promise.all(Array.from({ length: 25 }, listing))
  expect(new Set(codes)).toEqual(new Set(['ok', 'RequestLimitExceeded']))
})

test('passwords are readable in the detail of a job, and a planted secret everywhere', async () => {
  const dts = await start(
    { ...EVERYTHING, id: 'dts-leaky', status: 'resumableErr' },
    { ...CHECKED, id: 'dts-bad' },
  )
  const detail = (JobId: string) => official(dts)('DescribeMigrationDetail', { JobId })
  expect(await job21(dts, 'dts-leaky')).toMatchObject({
    SrcInfo: { Info: [{ Password: 'xxxxxxxx' }] },
  })
  expect(await detail('dts-leaky')).toMatchObject({
    DstInfo: { Info: [{ Password: 'pretend-password' }], ExtraAttr: null },
  })
  dts.plantSecret('leak-me-not')
  const hidden = expect.stringContaining('leak-me-not')
  const place = {
    Info: [{ Password: 'leak-me-not', TmpSecretKey: 'leak-me-not', TmpToken: 'leak-me-not' }],
    ExtraAttr: expect.arrayContaining([{ Key: 'AuthPassword', Value: 'leak-me-not' }]),
  }
  expect(await detail('dts-leaky')).toMatchObject({
    SrcInfo: place,
    DstInfo: place,
    BriefMsg: hidden,
    ErrorInfo: [{ ErrorLog: hidden }],
    MigrateOption: { ExtraAttr: [{ Value: 'leak-me-not' }] },
  })
  expect(await official(dts)('DescribeMigrationCheckJob', { JobId: 'dts-bad' })).toMatchObject({
    BriefMsg: hidden,
    StepInfo: { 1: { DetailCheckItems: [{ ErrorLog: [hidden] }] } },
  })
})

test('the jobs for newcomers include one for each new story', async () => {
  const dts = await start(...seedJobs)
  expect(await job21(dts, 'dts-11carts')).toMatchObject({ Status: 'checkPass' })
  expect(await ids21(dts, { JobId: 'dts-12ledger' })).toEqual([])
  const [JobId, failing] = ['dts-13mail', 'dts-14events']
  await official(dts)('CreateMigrateCheckJob', { JobId })
  await official(dts)('StartMigrateJob', { JobId: failing })
  dts.skip(70_000)
  expect(await job21(dts, JobId)).toMatchObject({ Status: 'checkNotPass' })
  expect(await attempt21(dts, 'SkipCheckItem', { JobId, StepIds: ['OptimizeCheck'] })).toBe('ok')
  const stuck = { Status: 'resumableErr', StartTime: beijing(dts.now() - 69_500) }
  expect(await job21(dts, failing)).toMatchObject(stuck)
})
