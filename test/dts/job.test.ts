import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beijingTime } from '../../src/dts/beijing-time.ts'
import { isJobId } from '../../src/dts/job.ts'
import type { Job } from '../../src/dts/job.ts'
import { createDigest } from '../../src/dts/digest.ts'
import { scrubFor } from '../../src/dts/scrub.ts'
import { v20180330 } from '../../src/dts/v20180330/actions.ts'
import { parseJson } from '../../src/dts/json.ts'
import { SECRET, rawJob, withInner } from './raw-jobs.ts'
import { shuffled } from './shuffled.ts'

type Raw = ReturnType<typeof rawJob>

const ASKED = {
  account: 'default',
  region: 'ap-guangzhou',
  at: '2026-11-24T04:10:00.000Z',
  requestId: 'r-1',
  digest: createDigest('not-a-real-key'),
}

function read(...items: unknown[]) {
  const response = { TotalCount: items.length, JobList: items }
  return v20180330.listJobs.read(response, { ...ASKED, scrub: scrubFor(response) })
}

function readCheck(response: Record<string, unknown>) {
  return v20180330.describeCheck.read(response, { ...ASKED, scrub: scrubFor(response) })
}

function readOne(item: unknown): Job {
  const [job] = read(item).jobs
  if (!job) throw new Error('no job was read')
  return job
}

test('a job is read whole', () => {
  expect(readOne(rawJob())).toEqual({
    ref: {
      account: 'default',
      region: 'ap-guangzhou',
      id: 'dts-1kl0iy0v',
      apiVersion: '2018-03-30',
    },
    snapshot: {
      name: 'orders-to-cynosdb',
      source: { engine: 'mysql', access: 'cdb', instance: 'cdb-source01', region: 'ap-guangzhou' },
      target: {
        engine: 'cynosdbmysql',
        access: 'cdb',
        instance: 'cynosdbmysql-target01',
        region: 'ap-guangzhou',
      },
      runMode: 'immediate',
      migrateType: 'fullAndIncrement',
      wholeInstance: true,
      overridesRoot: false,
      targetReadOnly: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    look: {
      at: '2026-11-24T04:10:00.000Z',
      requestId: 'r-1',
      status: 'running',
      statusCode: '7',
      runMode: 'immediate',
      startedAt: '2026-11-24T04:00:00.000Z',
      stepNow: 3,
      stepAll: 6,
      stepName: 'Import',
      percent: 43,
      secondsBehind: 12,
      megabytesBehind: 2,
      errors: [],
    },
  })
})

test('a timed job of named tables shows its time in UTC, and its errors without unsafe links', () => {
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

  const time = { expectTime: '2026-11-25 02:00:00', expectedAt: '2026-11-24T18:00:00.000Z' }
  expect(readOne(job)).toMatchObject({
    snapshot: {
      runMode: 'timed',
      ...time,
      migrateType: 'structure',
      wholeInstance: false,
      overridesRoot: true,
    },
    look: {
      status: 'failed',
      ...time,
      errors: [
        { log: 'code 1045', helpDoc: 'https://cloud.tencent.com/document/571' },
        { log: 'no help', helpDoc: undefined },
      ],
    },
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
  expect(readOne(rawJob({ Status })).look).toMatchObject({ status, statusCode: String(Status) })
})

test('a status that is not a number is unknown', () => {
  for (const Status of [undefined, null, 'running', {}, []]) {
    expect(readOne(rawJob({ Status })).look).toMatchObject({ status: 'unknown', statusCode: '' })
  }
})

test('a job may have nothing but its id', () => {
  const end = { engine: '', access: '' }
  expect(readOne({ JobId: 'dts-1kl0iy0v' })).toEqual({
    ref: readOne(rawJob()).ref,
    snapshot: {
      name: '',
      source: end,
      target: end,
      runMode: 'unknown',
      migrateType: 'unknown',
      wholeInstance: true,
      overridesRoot: false,
      targetReadOnly: false,
      digest: expect.any(String),
    },
    look: {
      at: ASKED.at,
      requestId: 'r-1',
      status: 'unknown',
      statusCode: '',
      runMode: 'unknown',
      errors: [],
    },
  })
})

test('an entry without an id is skipped, a malformed field is left out', () => {
  const odd = rawJob({
    JobId: 'dts-0dd00000',
    JobName: 42,
    MigrateOption: 'none',
    SrcInfo: [],
    DstInfo: null,
    Detail: { StepAll: '6', StepNow: [], Progress: {}, StepInfo: 'none' },
    ErrorInfo: [null, 'text', { ErrorLog: 7 }],
    StartTime: 5,
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
  expect(jobs.map(({ ref }) => ref.id)).toEqual(['dts-0dd00000', 'dts-1kl0iy0v'])
  expect(jobs[0]).toMatchObject({
    snapshot: { name: '42', source: { instance: undefined } },
    look: {
      stepAll: 6,
      stepNow: undefined,
      percent: undefined,
      errors: [{ log: '7', helpDoc: undefined }],
      startedAt: undefined,
      status: 'running',
    },
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
])('progress from %j is %j', (changes, expected) => {
  expect(readOne(withInner(rawJob(), 'Detail', changes)).look).toMatchObject(expected)
})

test('a source with several nodes is named after the first', () => {
  const SrcInfoMulti = [{ CvmInstanceId: 'ins-1', Region: 'ap-tokyo' }, { CvmInstanceId: 'ins-2' }]
  const { snapshot } = readOne(rawJob({ SrcInfo: {}, SrcInfoMulti }))
  expect(snapshot.source).toMatchObject({ instance: 'ins-1', region: 'ap-tokyo' })
})

describe('the digest', () => {
  const digest = (job: Record<string, unknown>) => readOne(job).snapshot.digest
  const before = digest(rawJob())

  test('ignores the order of keys and whatever changes while a job runs', () => {
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

  test('changes with a password or a key at either end, and tells nobody without the key', () => {
    const passwords = ['one-password', 'another-one', 123456, 123457]
    const jobs = ['SrcInfo', 'DstInfo'].flatMap((end) =>
      ['Password', 'AccessKey', 'PrivateKey'].flatMap((name) =>
        passwords.map((value) => withInner(rawJob(), end, { [name]: value })),
      ),
    )
    const digests = jobs.map(digest)
    expect(new Set(digests).size).toBe(jobs.length)
    expect(jobs.map(digest)).toEqual(digests)

    const context = { ...ASKED, digest: createDigest('another-key'), scrub: scrubFor({}) }
    const others = v20180330.listJobs.read({ JobList: jobs }, context).jobs
    expect(others.some(({ snapshot }) => digests.includes(snapshot.digest))).toBe(false)
    expect(() => createDigest('')).toThrow(TypeError)

    const params = (ExternParams: string) => withInner(rawJob(), 'MigrateOption', { ExternParams })
    const one = digest(params('{"a":1,"Token":"one"}'))
    expect(digest(params('{"Token":"one","a":"1"}'))).toBe(one)
    expect(digest(params('{"a":1,"Token":"two"}'))).not.toBe(one)
    expect(digest(params('a=1 password=one'))).not.toBe(digest(params('a=1 password=two')))
  })

  test('ignores temporary keys, and a password that is not set', () => {
    const { Password: _, ...rest } = { ...Object(rawJob()['DstInfo']) }
    expect(digest(rawJob({ DstInfo: rest }))).toBe(before)
    expect(digest(withInner(rawJob(), 'SrcInfo', { TmpSecretKey: 'k', TmpToken: 't' }))).toBe(
      before,
    )
  })

  test('tells integers apart that a number cannot', () => {
    const numbers = ['9007199254740992', '9007199254740993', '1e400', '1e401']
    const jobs = numbers.flatMap((number) => [
      JSON.stringify(withInner(rawJob(), 'MigrateOption', { Size: '#' })).replace('"#"', number),
      JSON.stringify(rawJob({ DatabaseInfo: `[{"Size":${number}}]` })),
      JSON.stringify(withInner(rawJob(), 'SrcInfo', { Password: '#' })).replace('"#"', number),
    ])
    expect(new Set(jobs.map((job) => digest(parseJson(job) as Raw))).size).toBe(jobs.length)
    expect(readOne(parseJson('{"JobId":"dts-1","JobName":9007199254740993}')).snapshot.name).toBe(
      '9007199254740993',
    )
  })

  test('of JSON that is nested deeply is the digest of its text', () => {
    const deep = (open: string, depth: number) => open.repeat(depth) + ']'.repeat(depth)
    const jobs = [110, 3000].map((depth) => rawJob({ DatabaseInfo: deep('[', depth) }))
    expect(new Set(jobs.map(digest)).size).toBe(2)
    expect(digest(rawJob({ DatabaseInfo: deep('[', 110) }))).toBe(digest(jobs[0] ?? {}))
  })

  test('treats unset, empty and null alike, and numbers as text like numbers', () => {
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
    ['field without a known meaning', withInner(rawJob(), 'MigrateOption', { DropTarget: 1 })],
    ['objects', rawJob({ DatabaseInfo: '[{"Database":"orders"}]' })],
  ])('changes with the %s', (_, job) => {
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
  expect(readCheck(response)).toMatchObject({ state })
})

test('passwords in the message of a check are masked', () => {
  const response = {
    Status: 'finished',
    CheckFlag: 0,
    Progress: '30',
    ErrorMessage: `GRANT ALL ON *.* TO 'm'@'%' IDENTIFIED BY '${SECRET}'`,
  }
  expect(readCheck(response)).toEqual({
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
])('%j is not a Beijing time', (text) => {
  expect(beijingTime(text)).toBeUndefined()
})

test('a job id is dts- and 4 to 32 lower-case letters or digits', () => {
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
