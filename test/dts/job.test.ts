import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beijingTime, isJobId } from '../../src/dts/job.ts'
import type { Job } from '../../src/dts/job.ts'
import { scrubFor } from '../../src/dts/scrub.ts'
import { v20180330 } from '../../src/dts/v20180330.ts'
import { SECRET, rawJob, withInner } from './raw-jobs.ts'

function read(...items: unknown[]) {
  const response = { TotalCount: items.length, JobList: items }
  const context = { region: 'ap-guangzhou', scrub: scrubFor(response) }
  return v20180330.listJobs.read(response, context)
}

function readOne(item: unknown): Job {
  const [job] = read(item).jobs
  if (!job) throw new Error('no job was read')
  return job
}

test('a whole job', () => {
  expect(readOne(rawJob())).toEqual({
    id: 'dts-1kl0iy0v',
    name: 'orders-to-cynosdb',
    region: 'ap-guangzhou',
    status: 'running',
    statusCode: '7',
    source: { engine: 'mysql', access: 'cdb', instance: 'cdb-source01', region: 'ap-guangzhou' },
    target: {
      engine: 'cynosdbmysql',
      access: 'cdb',
      instance: 'cynosdbmysql-target01',
      region: 'ap-guangzhou',
    },
    runMode: 'immediate',
    expectTime: undefined,
    migrateType: 'fullAndIncrement',
    wholeInstance: true,
    overridesRoot: false,
    targetReadOnly: true,
    createTime: '2026-11-20 08:00:00',
    startTime: '2026-11-24 12:00:00',
    endTime: undefined,
    progress: {
      stepNow: 3,
      stepAll: 6,
      stepName: 'Import',
      percent: 43,
      secondsBehind: 12,
      megabytesBehind: 2,
    },
    errors: [],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('a timed job of named tables that failed', () => {
  const option = {
    RunMode: 2,
    ExpectTime: '2026-11-25 02:00:00',
    MigrateType: 1,
    MigrateObject: 2,
    IsOverrideRoot: 1,
  }
  const ErrorInfo = [
    { ErrorLog: 'code 1045', HelpDoc: 'https://cloud.tencent.com/document/571' },
    { ErrorLog: 'no help', HelpDoc: 'javascript:alert(1)' },
    { ErrorLog: '' },
  ]
  const DatabaseInfo = '[{"Database":"orders","Table":["items"]}]'
  const job = rawJob({ MigrateOption: option, Status: 10, ErrorInfo, DatabaseInfo })

  expect(readOne(job)).toMatchObject({
    status: 'failed',
    runMode: 'timed',
    expectTime: '2026-11-25 02:00:00',
    migrateType: 'structure',
    wholeInstance: false,
    overridesRoot: true,
    errors: [
      { log: 'code 1045', helpDoc: 'https://cloud.tencent.com/document/571' },
      { log: 'no help', helpDoc: undefined },
    ],
  })
})

test.each([
  [1, 'creating'],
  [2, 'created'],
  [3, 'checking'],
  [4, 'checkPass'],
  ['4', 'checkPass'],
  [5, 'checkNotPass'],
  [6, 'readyRun'],
  [7, 'running'],
  [8, 'readyComplete'],
  [9, 'success'],
  [10, 'failed'],
  [11, 'stopping'],
  [12, 'completing'],
  [14, 'unknown'],
  [23, 'unknown'],
  [999, 'unknown'],
])('status %s is %s and keeps its number', (Status, status) => {
  expect(readOne(rawJob({ Status }))).toMatchObject({ status, statusCode: String(Status) })
})

test('a status that is no number is unknown', () => {
  for (const Status of [undefined, null, 'running', {}, []]) {
    expect(readOne(rawJob({ Status }))).toMatchObject({ status: 'unknown', statusCode: '' })
  }
})

test('a job of nothing but its id', () => {
  expect(readOne({ JobId: 'dts-1kl0iy0v' })).toMatchObject({
    id: 'dts-1kl0iy0v',
    name: '',
    status: 'unknown',
    source: { engine: '', access: '', instance: undefined, region: undefined },
    runMode: 'unknown',
    migrateType: 'unknown',
    errors: [],
  })
})

test('one entry without an id costs that entry, one odd field costs that field', () => {
  const odd = rawJob({
    JobId: 'dts-0dd00000',
    JobName: 42,
    MigrateOption: 'none',
    SrcInfo: [],
    DstInfo: null,
    Detail: { StepAll: '6', StepNow: [], Progress: {}, StepInfo: 'none' },
    ErrorInfo: [null, 'text', { ErrorLog: 7 }],
    CreateTime: 5,
  })
  const { total, jobs } = read(
    { JobName: 'no id' },
    null,
    { JobId: 3 },
    { JobId: '' },
    odd,
    rawJob(),
  )
  expect(total).toBe(6)
  expect(jobs.map(({ id }) => id)).toEqual(['dts-0dd00000', 'dts-1kl0iy0v'])
  expect(jobs[0]).toMatchObject({
    name: '42',
    source: { instance: undefined },
    progress: { stepAll: 6, stepNow: undefined, percent: undefined },
    errors: [{ log: '7', helpDoc: undefined }],
    createTime: undefined,
    status: 'running',
  })
})

test.each([
  [{ SecondsBehindMaster: -1, MasterSlaveDistance: -1 }, { secondsBehind: undefined }],
  [{ MasterSlaveDistance: -1 }, { megabytesBehind: undefined, secondsBehind: 12 }],
  [{ SecondsBehindMaster: '0' }, { secondsBehind: 0 }],
  [{ Progress: '100' }, { percent: 100 }],
  [{ Progress: 43 }, { percent: 43 }],
  [{ Progress: '43%' }, { percent: 43 }],
  [{ Progress: '101' }, { percent: undefined }],
  [{ Progress: '-1' }, { percent: undefined }],
  [{ Progress: 'half' }, { percent: undefined }],
  [{ Progress: '' }, { percent: undefined }],
  [{ StepNow: undefined }, { stepName: 'Import' }],
  [{ StepInfo: null }, { stepName: undefined }],
])('progress from %j', (changes, expected) => {
  const { progress } = readOne(withInner(rawJob(), 'Detail', changes))
  expect(progress).toMatchObject(expected)
})

test('a source of many nodes is named by its first', () => {
  const SrcInfoMulti = [{ CvmInstanceId: 'ins-1', Region: 'ap-tokyo' }, { CvmInstanceId: 'ins-2' }]
  const { source } = readOne(rawJob({ SrcInfo: {}, SrcInfoMulti }))
  expect(source).toMatchObject({ instance: 'ins-1', region: 'ap-tokyo' })
})

describe('the digest', () => {
  const digest = (job: Record<string, unknown>) => readOne(job).digest
  const before = digest(rawJob())

  test('does not follow the order of keys, nor what changes while a job runs', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        expect(digest(shuffled(rawJob(), numbers))).toBe(before)
      }),
      { numRuns: 50 },
    )
    const later = rawJob({
      Status: 8,
      Detail: null,
      ErrorInfo: [{ ErrorLog: 'e' }],
      CreateTime: '2026-11-21 08:00:00',
      StartTime: '',
      EndTime: '2026-11-24 14:00:00',
      Tags: null,
    })
    expect(digest(later)).toBe(before)
  })

  test('does not know secrets', () => {
    expect(digest(withInner(rawJob(), 'SrcInfo', { Password: 'another-one' }))).toBe(before)
    expect(digest(withInner(rawJob(), 'SrcInfo', { AccessKey: 'AKIDEXAMPLE' }))).toBe(before)
    const { Password: _, ...rest } = { ...Object(rawJob()['DstInfo']) }
    expect(digest(rawJob({ DstInfo: rest }))).toBe(before)

    const params = (ExternParams: string) => withInner(rawJob(), 'MigrateOption', { ExternParams })
    expect(digest(params('{"a":1,"Token":"one"}'))).toBe(digest(params('{"Token":"two","a":"1"}')))
    expect(digest(params('a=1 password=one'))).toBe(digest(params('a=1 password=two')))
  })

  test('takes unset, null and text numbers for the same', () => {
    expect(digest(withInner(rawJob(), 'SrcInfo', { Port: '3306', VpcId: '', CcnId: null }))).toBe(
      before,
    )
    expect(digest(withInner(rawJob(), 'MigrateOption', { ExpectTime: undefined }))).toBe(before)
    expect(digest(rawJob({ DatabaseInfo: '', SrcInfoMulti: [] }))).toBe(before)
  })

  test.each([
    ['JobName', rawJob({ JobName: 'another' })],
    ['source host', withInner(rawJob(), 'SrcInfo', { Ip: '10.0.0.9' })],
    ['source port', withInner(rawJob(), 'SrcInfo', { Port: 3307 })],
    ['source user', withInner(rawJob(), 'SrcInfo', { User: 'root' })],
    ['source instance', withInner(rawJob(), 'SrcInfo', { InstanceId: 'cdb-source02' })],
    ['source engine', rawJob({ SrcDatabaseType: 'mariadb' })],
    ['source access', rawJob({ SrcAccessType: 'ccn' })],
    ['source nodes', rawJob({ SrcInfoMulti: [{ Ip: '10.0.0.10' }] })],
    ['target instance', withInner(rawJob(), 'DstInfo', { InstanceId: 'cynosdbmysql-target02' })],
    ['target region', withInner(rawJob(), 'DstInfo', { Region: 'ap-tokyo' })],
    ['read-only target', withInner(rawJob(), 'DstInfo', { ReadOnly: 0 })],
    ['type', withInner(rawJob(), 'MigrateOption', { MigrateType: 2 })],
    ['root', withInner(rawJob(), 'MigrateOption', { IsOverrideRoot: 1 })],
    ['time', withInner(rawJob(), 'MigrateOption', { ExpectTime: '2026-11-25 02:00:00' })],
    ['field we do not know', withInner(rawJob(), 'MigrateOption', { DropTarget: 1 })],
    ['objects', rawJob({ DatabaseInfo: '[{"Database":"orders"}]' })],
  ])('follows the %s', (_, job) => {
    expect(digest(job)).not.toBe(before)
  })
})

test.each([
  [{ Status: 'unavailable', CheckFlag: 3 }, 'notStarted'],
  [{ Status: 'starting' }, 'running'],
  [{ Status: 'running', CheckFlag: 0, Progress: '30' }, 'running'],
  [{ Status: 'finished', CheckFlag: 1 }, 'passed'],
  [{ Status: 'finished', CheckFlag: '1' }, 'passed'],
  [{ Status: 'finished', CheckFlag: 0, ErrorCode: -1 }, 'notPassed'],
  [{ Status: 'finished' }, 'notPassed'],
  [{ Status: 'finished', CheckFlag: 3 }, 'notStarted'],
  [{ Status: 'something new', CheckFlag: 1 }, 'notStarted'],
  [{}, 'notStarted'],
])('check %j is %s', (response, state) => {
  const context = { region: 'ap-guangzhou', scrub: scrubFor(response) }
  expect(v20180330.describeCheck.read(response, context)).toMatchObject({ state })
})

test('the text of a check keeps its grants to itself', () => {
  const response = {
    Status: 'finished',
    CheckFlag: 0,
    Progress: '30',
    ErrorMessage: `GRANT ALL ON *.* TO 'm'@'%' IDENTIFIED BY '${SECRET}'`,
  }
  const context = { region: 'ap-guangzhou', scrub: scrubFor(response) }
  expect(v20180330.describeCheck.read(response, context)).toEqual({
    state: 'notPassed',
    percent: 30,
    message: "GRANT ALL ON *.* TO 'm'@'%' IDENTIFIED BY ***",
  })
})

test.each([
  ['2026-11-24 12:00:00', '2026-11-24T04:00:00.000Z'],
  ['2026-01-01 00:00:00', '2025-12-31T16:00:00.000Z'],
  ['2028-02-29 23:59:59', '2028-02-29T15:59:59.000Z'],
])('%s in Beijing is %s', (text, iso) => {
  expect(beijingTime(text)?.toISOString()).toBe(iso)
})

test.each([
  '0000-00-00 00:00:00',
  '2026-02-29 00:00:00',
  '2026-13-01 00:00:00',
  '2026-11-24 24:00:00',
  '2026-11-24 12:60:00',
  '2026-11-24T12:00:00Z',
  '2026-11-24',
  '',
  'soon',
])('%j is no time', (text) => {
  expect(beijingTime(text)).toBeUndefined()
})

test('job ids', () => {
  for (const id of ['dts-1kl0iy0v', 'dts-abcd']) expect(isJobId(id), id).toBe(true)
  for (const id of [
    '',
    'dts-',
    'dts-abc',
    'DTS-1kl0iy0v',
    'dts-1kl0iy0v ',
    'dts-1kl0iy0v\n',
    'sync-1kl0iy0v',
    `dts-${'a'.repeat(33)}`,
  ]) {
    expect(isJobId(id), id).toBe(false)
  }
})

/** The same value with the keys of every object in another order, JSON inside texts included. */
function shuffled<Value>(value: Value, numbers: fc.Stream<number>): Value {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, numbers)) as Value
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).map((pair) => ({ pair, at: numbers.next().value ?? 0 }))
  pairs.sort((a, b) => a.at - b.at)
  return Object.fromEntries(
    pairs.map(({ pair: [name, inner] }) => [name, shuffled(inner, numbers)]),
  ) as Value
}
