import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDigest } from '../../src/dts/digest.ts'
import { type Job, STATUSES, allows } from '../../src/dts/job.ts'
import { scrubFor } from '../../src/dts/scrub.ts'
import { v20211206 } from '../../src/dts/v20211206/actions.ts'
import { SECRET, rawDetail, rawEnd, rawItem, rawNode, rawStep } from './raw-details.ts'
import { withInner } from './raw-jobs.ts'
import { shuffled } from './shuffled.ts'

const ASKED = {
  account: 'default',
  region: 'ap-guangzhou',
  at: '2026-11-24T04:10:00.000Z',
  requestId: 'r-1',
  digest: createDigest('not-a-real-key'),
}

function read(detail: Record<string, unknown>): Job {
  const context = { ...ASKED, scrub: scrubFor(detail) }
  return v20211206.findJob.read(detail, context, String(detail['JobId']))
}

function list(...items: unknown[]) {
  const response = { TotalCount: items.length, JobList: items }
  return v20211206.listJobs.read(response, { ...ASKED, scrub: scrubFor(response) })
}

const REF = {
  account: 'default',
  region: 'ap-guangzhou',
  id: 'dts-1ewjspuw',
  apiVersion: '2021-12-06',
}
const ENDS = {
  source: { engine: 'mysql', access: 'cvm', instance: 'ins-0rders01', region: 'ap-guangzhou' },
  target: {
    engine: 'cynosdbmysql',
    access: 'cdb',
    instance: 'cynosdbmysql-target01',
    region: 'ap-guangzhou',
  },
}
const LOOK = {
  at: '2026-11-24T04:10:00.000Z',
  requestId: 'r-1',
  status: 'running',
  statusCode: 'running',
  runMode: 'immediate',
  startedAt: '2026-11-24T04:00:00.000Z',
  stepNow: 2,
  stepAll: 3,
  stepName: 'Import',
  percent: 43,
  secondsBehind: 12,
  megabytesBehind: 2,
  errors: [],
  allowed: ['stop', 'compare', 'pause'],
}

test('a job is read whole', () => {
  expect(read(rawDetail())).toEqual({
    ref: REF,
    snapshot: {
      name: 'orders-to-cynosdb',
      ...ENDS,
      runMode: 'immediate',
      migrateType: 'fullAndIncrement',
      wholeInstance: true,
      overridesRoot: false,
      targetReadOnly: true,
      clearsTarget: false,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    look: LOOK,
  })
})

test('a job in a list has everything but the options of its migration', () => {
  const { jobs } = list(rawItem())
  expect(jobs).toEqual([{ ref: REF, snapshot: { name: 'orders-to-cynosdb', ...ENDS }, look: LOOK }])
})

test('a job in a list is partial where its steps or its errors are missing', () => {
  const partial = (changes: object) => list(rawItem({ ...changes })).jobs[0]?.isPartial ?? false
  expect(partial({})).toBe(false)
  expect(partial({ StepInfo: null })).toBe(true)
  for (const Status of ['failed', 'error', 'resumableErr']) expect(partial({ Status })).toBe(true)
  for (const Status of ['checkPass', 'success', 'canceled', 'new']) {
    expect(partial({ Status, StepInfo: null })).toBe(false)
  }
})

test('one bad item of a list is one bad item', () => {
  const odd = rawItem({ JobId: 'dts-0dd00000', JobName: 42, SrcInfo: [], StepInfo: 'none' })
  const { total, jobs } = list({ JobName: 'no id' }, null, { JobId: 3 }, odd, rawItem())
  expect(total).toBe(5)
  expect(jobs.map(({ ref }) => ref.id)).toEqual(['dts-0dd00000', 'dts-1ewjspuw'])
  expect(jobs[0]).toMatchObject({ snapshot: { name: '42', source: { engine: '' } } })
})

test.each([
  ['creating', 'creating'],
  ['created', 'created'],
  ['checking', 'checking'],
  ['checkPass', 'checkPass'],
  ['checkNotPass', 'checkNotPass'],
  ['readyRun', 'readyRun'],
  ['running', 'running'],
  ['readyComplete', 'readyComplete'],
  ['success', 'success'],
  ['failed', 'failed'],
  ['stopping', 'stopping'],
  ['completing', 'completing'],
  ['pausing', 'pausing'],
  ['manualPaused', 'paused'],
  ['resumableErr', 'resumableError'],
  ['resuming', 'resuming'],
  ['error', 'error'],
  ['canceled', 'canceled'],
  ['unknown', 'unknown'],
  ['somethingNew', 'unknown'],
  ['constructor', 'unknown'],
])('status %s is %s and keeps its word', (Status, status) => {
  expect(read(rawDetail({ Status })).look).toMatchObject({ status, statusCode: Status })
})

test('a status that is not a word is unknown', () => {
  for (const Status of [undefined, null, '', 'two words', '<!channel>', {}, []]) {
    const { look } = read(rawDetail({ Status }))
    expect(look).toMatchObject({ status: 'unknown', statusCode: '' })
  }
})

test('a run that is paused or stuck is under way, one that was stopped is over', () => {
  for (const status of ['pausing', 'paused', 'resumableError', 'resuming', 'error'] as const) {
    expect(STATUSES[status]).toEqual({
      startable: false,
      checkable: false,
      atWork: true,
      final: false,
    })
  }
  expect(STATUSES.canceled).toMatchObject({ atWork: false, final: true })
})

test('a job may have nothing but its id', () => {
  const end = { engine: '', access: '' }
  expect(read({ JobId: 'dts-1ewjspuw' })).toEqual({
    ref: REF,
    snapshot: {
      name: '',
      source: end,
      target: end,
      runMode: 'unknown',
      migrateType: 'unknown',
      wholeInstance: true,
      overridesRoot: false,
      targetReadOnly: false,
      clearsTarget: false,
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

test('whatever a field holds, it costs no other field', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(rawDetail())), fc.jsonValue(), (name, value) => {
      if (name === 'JobId') return
      const { ref, look, snapshot } = read(rawDetail({ [name]: value }))
      expect(ref).toEqual(REF)
      if (name !== 'Status') expect(look.statusCode).toBe('running')
      if (name !== 'SrcInfo') expect(snapshot.source).toEqual(ENDS.source)
      if (name !== 'StepInfo') expect(look.percent).toBe(43)
    }),
  )
})

test.each([
  [{ SecondsBehindMaster: -1, MasterSlaveDistance: -1 }, { secondsBehind: undefined }],
  [{ SecondsBehindMaster: '0' }, { secondsBehind: 0 }],
  [{ StepNow: null }, { stepName: 'Import' }],
  [{ StepInfo: null }, { stepName: undefined, percent: undefined, stepAll: 3 }],
  [{ StepInfo: [rawStep({ StepNo: 2, Percent: 50 })] }, { percent: undefined }],
  [{ StepAll: 1, StepInfo: [rawStep({ Percent: 50 })] }, { percent: 50 }],
  [{ StepAll: 1, StepInfo: [rawStep({ Percent: -1 })] }, { percent: undefined }],
  [{ StepAll: 1, StepInfo: [rawStep({ Status: 'success' })] }, { percent: 100 }],
  [{ StepAll: 1, StepInfo: [rawStep({ Status: 'skipped' })] }, { percent: 100 }],
])('progress from %j is %j', (changes, expected) => {
  expect(read(withInner(rawDetail(), 'StepInfo', changes)).look).toMatchObject(expected)
})

describe('what is migrated', () => {
  const objects = (DatabaseTable: unknown) =>
    read(withInner(rawDetail(), 'MigrateOption', { DatabaseTable })).snapshot

  test('is named by databases, schemas and tables', () => {
    const Databases = [
      { DbName: 'orders', DBMode: 'partial', Tables: [{ TableName: 'items' }, null] },
      { DbName: 'stock', SchemaName: 'public', Tables: null },
      { SchemaName: 'audit' },
    ]
    expect(objects({ ObjectMode: 'partial', Databases })).toMatchObject({
      wholeInstance: false,
      databases: { names: ['orders', 'stock.public', 'audit'], total: 3, tables: 2 },
    })
  })

  test('is the whole instance where DTS says so, or names nothing', () => {
    for (const table of [{ ObjectMode: 'all' }, {}, null, 'all', undefined]) {
      expect(objects(table)).toMatchObject({ wholeInstance: true, databases: undefined })
    }
  })

  test.each([
    ['nothing', []],
    ['null', null],
    ['texts', ['orders']],
    ['a database without a name', [{ DbName: 'orders' }, { Tables: [] }]],
  ])('is unknown where the list is %s', (_, Databases) => {
    const shown = objects({ ObjectMode: 'partial', Databases })
    expect(shown).toMatchObject({ wholeInstance: false, databases: undefined })
  })
})

test.each([
  [{ IsOverrideRoot: true }, { overridesRoot: true }],
  [{ IsOverrideRoot: 'true' }, { overridesRoot: true }],
  [{ IsOverrideRoot: null }, { overridesRoot: false }],
  [{ IsDstReadOnly: false }, { targetReadOnly: false }],
  [
    { IsDstReadOnly: false, ExtraAttr: [{ Key: 'IsDstReadOnly', Value: 'true' }] },
    { targetReadOnly: true },
  ],
  [{ ExtraAttr: [{ Key: 'DstWriteMode', Value: 'clearData' }] }, { clearsTarget: true }],
  [{ ExtraAttr: [{ Key: 'DstWriteMode', Value: 'overwrite' }] }, { clearsTarget: false }],
  [{ ExtraAttr: [{ Key: 'DstWriteMode', Value: ['clearData'] }] }, { clearsTarget: false }],
  [{ ExtraAttr: [{ Key: 'Else', Value: 'clearData' }] }, { clearsTarget: false }],
  [{ MigrateType: 'structure' }, { migrateType: 'structure' }],
  [{ MigrateType: 'full' }, { migrateType: 'full' }],
  [{ MigrateType: 7 }, { migrateType: 'unknown' }],
])('the options %j are shown as %j', (changes, expected) => {
  expect(read(withInner(rawDetail(), 'MigrateOption', changes)).snapshot).toMatchObject(expected)
})

test.each([
  ['2026-11-25 02:00:00', '2026-11-25 02:00:00', '2026-11-24T18:00:00.000Z'],
  ['2026-11-25T02:00:00+08:00', '2026-11-25 02:00:00', '2026-11-24T18:00:00.000Z'],
  ['2026-11-24T18:00:00Z', '2026-11-25 02:00:00', '2026-11-24T18:00:00.000Z'],
  ['2026-02-30T18:00:00Z', undefined, undefined],
  ['0000-00-00 00:00:00', undefined, undefined],
  ['', undefined, undefined],
])('a timed job for %j is shown with its time in Beijing and in UTC', (raw, beijing, iso) => {
  const { look, snapshot } = read(rawDetail({ RunMode: 'timed', ExpectRunTime: raw }))
  const time = { runMode: 'timed', expectTime: beijing, expectedAt: iso }
  expect(look).toMatchObject(time)
  expect(snapshot).toMatchObject(time)
})

test('the time of a job that runs at once means nothing', () => {
  const one = read(rawDetail())
  const other = read(rawDetail({ ExpectRunTime: '2026-11-25 02:00:00' }))
  expect(one.look.expectTime).toBeUndefined()
  expect(other).toEqual(one)
})

describe('an end', () => {
  const source = (...Info: unknown[]) =>
    read(rawDetail({ SrcInfo: rawEnd({ Info }) })).snapshot.source

  test('without an instance shows its address', () => {
    expect(source(rawNode())).toMatchObject({ instance: undefined, host: '10.0.0.7:3306' })
    expect(source(rawNode({ Port: 0 }))).toMatchObject({ host: '10.0.0.7' })
    expect(source(rawNode({ Host: '' }))).toMatchObject({ host: undefined })
  })

  test('with several nodes shows the first that has a name', () => {
    const nodes = [null, rawNode(), rawNode({ InstanceId: 'cdb-1' }), rawNode({ InstanceId: 'b' })]
    expect(source(...nodes)).toMatchObject({ instance: 'cdb-1', host: undefined })
  })
})

describe('errors', () => {
  const link = 'https://cloud.tencent.com/document/product/571/58690'
  const bare = link.slice('https://'.length)
  const errors = (changes: object) => read(rawDetail({ Status: 'error', ...changes })).look.errors

  test('have a code, a solution and a safe link', () => {
    const ErrorInfo = [
      { Code: 'ResourceNotFound', Solution: 'Create it.', ErrorLog: 'no table', HelpDoc: link },
      { Code: 'odd code!', ErrorLog: 'Error 1045', HelpDoc: `Help: ${bare}` },
      { Solution: 'Only this.', HelpDoc: 'javascript:alert(1)' },
      { HelpDoc: link },
      null,
    ]
    expect(errors({ ErrorInfo })).toEqual([
      { code: 'ResourceNotFound', solution: 'Create it.', log: 'no table', helpDoc: link },
      { log: 'Error 1045', helpDoc: link },
      { log: 'Only this.' },
    ])
    expect(errors({ ErrorInfo: [{ ErrorLog: 'x', HelpDoc: `evil${bare}` }] })).toEqual([
      { log: 'x' },
    ])
  })

  test('are those of the steps or the short message, where the job itself has none', () => {
    const Errors = [{ Message: 'no table', Solution: 'Create it.', HelpDoc: '' }]
    const StepInfo = { StepInfo: [rawStep(), rawStep({ Errors })] }
    const BriefMsg = 'dial tcp: i/o timeout'
    expect(errors({ StepInfo, BriefMsg })).toEqual([{ log: 'no table', solution: 'Create it.' }])
    expect(errors({ BriefMsg })).toEqual([{ log: BriefMsg }])
    expect(errors({ BriefMsg: null })).toEqual([])
    expect(errors({ Status: 'running', StepInfo, BriefMsg: 'success' })).toEqual([])
  })
})

describe('what DTS allows', () => {
  const allowed = (Action: unknown) => read(rawDetail({ Action })).look.allowed

  test('is read in our names, and only what we have a name for', () => {
    const known = ['check', 'start', 'stop', 'complete', 'resume', 'pause', 'continue']
    const AllowedAction = [
      'view',
      'modify',
      'view',
      null,
      7,
      'constructor',
      ...known,
      'createCmpTask',
    ]
    expect(allowed({ AllowedAction })).toEqual([...known, 'compare'])
  })

  test('says nothing of a pause, which goes by status', () => {
    const of = (Status: string) => read(rawDetail({ Status, Action: { AllowedAction: [] } }))
    expect(of('running').look.allowed).toEqual(['pause'])
    expect(of('manualPaused').look.allowed).toEqual(['continue'])
    expect(of('pausing').look.allowed).toEqual([])
  })

  test('is unknown where DTS does not say', () => {
    for (const Action of [undefined, null, [], {}, { AllowedAction: null }]) {
      expect(allowed(Action)).toBeUndefined()
    }
  })

  test('goes before what the status is documented to allow', () => {
    const look = { ...read(rawDetail()).look, status: 'checkPass' } as const
    expect(allows({ look }, 'start')).toBe(false)
    expect(allows({ look }, 'compare')).toBe(true)
    const silent = { ...look, allowed: undefined }
    expect(allows({ look: silent }, 'start')).toBe(true)
    expect(allows({ look: silent }, 'check')).toBe(true)
    expect(allows({ look: silent }, 'stop')).toBe(false)
    for (const action of ['pause', 'continue', 'resume', 'compare'] as const) {
      expect(allows({ look: silent }, action)).toBe(false)
    }
    const ready = { ...silent, status: 'readyComplete' } as const
    expect(allows({ look: ready }, 'stop')).toBe(true)
    expect(allows({ look: ready }, 'complete')).toBe(true)
  })
})

describe('the digest', () => {
  const digest = (detail: Record<string, unknown>) => read(detail).snapshot.digest
  const before = digest(rawDetail())

  test('ignores the order of keys and whatever changes while a job runs', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        expect(digest(shuffled(rawDetail(), numbers))).toBe(before)
      }),
      { numRuns: 50 },
    )
    const later = rawDetail({
      Status: 'readyComplete',
      StepInfo: null,
      CheckStepInfo: null,
      ErrorInfo: [{ ErrorLog: 'e' }],
      BriefMsg: 'e',
      Action: null,
      UpdateTime: '2026-11-24 14:00:00',
      StartTime: '',
      EndTime: '2026-11-24 14:00:00',
      CompareTask: { Status: 'consistent' },
      TradeInfo: { TradeStatus: 'isolated' },
      RateLimitOption: { CurrentDumpThread: 9 },
      Tags: null,
      RequestId: 'r-2',
    })
    expect(digest(later)).toBe(before)
  })

  test('changes with a secret of either end, and tells nobody without the key', () => {
    const ends = ['SrcInfo', 'DstInfo'].flatMap((end) =>
      ['one-password', 'another-one'].flatMap((Password) => [
        rawDetail({ [end]: rawEnd({ Info: [rawNode({ Password })] }) }),
        rawDetail({ [end]: rawEnd({ ExtraAttr: [{ Key: 'k', Value: Password }] }) }),
      ]),
    )
    const options = withInner(rawDetail(), 'MigrateOption', {
      ExtraAttr: [{ Key: 'ticdc_kafka_password', Value: SECRET }],
    })
    const jobs = [...ends, options, rawDetail()]
    expect(new Set(jobs.map(digest)).size).toBe(jobs.length)
  })

  test('ignores temporary keys', () => {
    const keys = { TmpSecretId: 'id', TmpSecretKey: 'key', TmpToken: 'token' }
    const Info = [rawNode({ CvmInstanceId: 'ins-0rders01', ...keys })]
    expect(digest(withInner(rawDetail(), 'SrcInfo', { Info }))).toBe(before)
  })

  test.each([
    ['name', rawDetail({ JobName: 'other' })],
    ['run mode', rawDetail({ RunMode: 'timed' })],
    ['source', withInner(rawDetail(), 'SrcInfo', { NodeType: 'cluster' })],
    ['target', withInner(rawDetail(), 'DstInfo', { Region: 'ap-tokyo' })],
    ['type', withInner(rawDetail(), 'MigrateOption', { MigrateType: 'full' })],
    ['accounts', withInner(rawDetail(), 'MigrateOption', { IsMigrateAccount: true })],
    ['objects', withInner(rawDetail(), 'MigrateOption', { DatabaseTable: { ObjectMode: 'p' } })],
    ['field without a known meaning', withInner(rawDetail(), 'MigrateOption', { DropAll: true })],
  ])('changes with the %s', (_, detail) => {
    expect(digest(detail)).not.toBe(before)
  })

  test('changes with the time of a timed job', () => {
    const at = (ExpectRunTime: string) => digest(rawDetail({ RunMode: 'timed', ExpectRunTime }))
    expect(at('2026-11-25 02:00:00')).not.toBe(at('2026-11-26 02:00:00'))
  })
})

test.each([
  ['ssl_ca', true],
  ['ticdc_kafka_password', true],
  ['', true],
  [7, true],
  ['DstWriteMode', false],
  ['AuthDatabase', false],
])('the value of an extra attribute %s is a secret: %s', (Key, isSecret) => {
  const ExtraAttr = [{ Key, Value: 'c1earData' }]
  const detail = withInner(rawDetail({ JobName: 'c1earData true' }), 'MigrateOption', { ExtraAttr })
  expect(read(detail).snapshot.name).toBe(isSecret ? '*** true' : 'c1earData true')
  const harmless = withInner(detail, 'MigrateOption', { ExtraAttr: [{ Key, Value: true }] })
  expect(read(harmless).snapshot.name).toBe('c1earData true')
})
