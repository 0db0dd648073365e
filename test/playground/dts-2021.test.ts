import { expect, test } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import { attempt, beijing, raw, start } from './dts-client.ts'
import { attempt21, job21, official } from './dts-2021-client.ts'

/* The life of a job as version 2021-12-06 of the pretend DTS shows it. */

const broken = { at: 0.5, code: 'LoadError', message: 'lost the target', resumable: true }
const NEVER = '0000-00-00 00:00:00'
const denied = 'OperationDenied.OperationDeniedError'
const conflict = 'FailedOperation.StatusInConflict'

test('a job is checked, started, followed, and completed', async () => {
  const dts = await start({ id: 'dts-21', status: 'created', durationMs: 100_000, lagSeconds: 60 })
  const call = official(dts)
  const JobId = 'dts-21'
  const seen = () => job21(dts, JobId)
  expect(await seen()).toMatchObject({ Status: 'created', BriefMsg: '', StartTime: NEVER })
  await call('CreateMigrateCheckJob', { JobId })
  expect((await seen()).Status).toBe('checking')
  dts.skip(3000)
  expect(await seen()).toMatchObject({ Status: 'checkPass' })
  expect((await seen()).Action.AllowedAction).toContain('start')

  expect(Object.keys(await call('StartMigrateJob', { JobId }))).toEqual(['RequestId'])
  expect((await seen()).Status).toBe('checkPass')
  dts.skip(500)
  const readyRun = { Status: 'readyRun', StartTime: beijing(dts.now()) }
  expect(await seen()).toMatchObject(readyRun)
  dts.skip(1500 + 30_000)
  const running = await seen()
  expect(running).toMatchObject({ Status: 'running', StepInfo: { SecondsBehindMaster: -1 } })
  const steps = running.StepInfo.StepInfo
  const words = ['finished', 'finished', 'finished', 'running', 'notStarted', 'notStarted']
  expect(steps.map(({ Status }) => Status)).toEqual(words)
  expect(steps[3]).toMatchObject({ StepName: '全量数据导出', Percent: 33, FinishTime: null })
  dts.skip(70_000)
  const ready = { Status: 'readyComplete', StepInfo: { SecondsBehindMaster: 20 } }
  expect(await seen()).toMatchObject(ready)
  expect((await seen()).Action.AllowedAction).toContain('complete')
  await call('CompleteMigrateJob', { JobId, CompleteMode: 'immediately' })
  expect(await seen()).toMatchObject({
    Status: 'completing',
    Action: { AllowedAction: ['view', 'view'] },
  })
  dts.skip(2000)
  expect(await seen()).toMatchObject({ Status: 'success', EndTime: beijing(dts.now()) })
})

test('a paused job stands still and goes on where it was, its times unchanged', async () => {
  const dts = await start({ id: 'dts-p', status: 7, progress: 0.4, durationMs: 100_000 })
  const before = await job21(dts, 'dts-p')
  expect(await attempt21(dts, 'ContinueMigrateJob', { JobId: 'dts-p' })).toBe(denied)
  expect(await attempt21(dts, 'PauseMigrateJob', { JobId: 'dts-p' })).toBe('ok')
  expect(dts.job('dts-p')).toMatchObject({ state: 'pausing', status: 23 })
  expect(dts.skipToNext()).toMatchObject({ state: 'manualPaused', percent: 40 })
  dts.skip(3_600_000)
  expect(dts.job('dts-p')).toMatchObject({ state: 'manualPaused', percent: 40 })
  expect(await attempt21(dts, 'PauseMigrateJob', { JobId: 'dts-p' })).toBe(denied)
  expect(await attempt21(dts, 'ContinueMigrateJob', { JobId: 'dts-p' })).toBe('ok')
  expect(await job21(dts, 'dts-p')).toMatchObject({ ...before, Status: 'running' })
  dts.skip(10_000)
  expect(dts.job('dts-p')).toMatchObject({ state: 'running', percent: 50 })
  dts.skip(50_000)
  expect(dts.job('dts-p')).toMatchObject({ state: 'readyComplete', status: 8 })
})

test('a resumable error waits, and the run goes on from there after a retry', async () => {
  const dts = await start({ id: 'dts-r', durationMs: 100_000, fails: broken })
  const JobId = 'dts-r'
  await official(dts)('StartMigrateJob', { JobId })
  dts.skip(2000 + 60_000)
  expect(await official(dts)('DescribeMigrationDetail', { JobId })).toMatchObject({
    Status: 'resumableErr',
    EndTime: NEVER,
    BriefMsg: 'LoadError: lost the target',
    ErrorInfo: [{ Code: 'LoadError', ErrorLog: 'LoadError: lost the target' }],
    StepInfo: { StepInfo: { 4: { Status: 'failed', Errors: [{ HelpDoc: expect.any(String) }] } } },
  })
  expect((await raw(dts, JobId)).Status).toBe(23)
  const resume = (ResumeOption: string) =>
    attempt21(dts, 'ResumeMigrateJob', { JobId, ResumeOption })
  expect(await resume('overwrite')).toBe('InvalidParameterValue.InvalidParameterValue')
  expect(await resume('normal')).toBe('ok')
  expect(await job21(dts, JobId)).toMatchObject({ Status: 'resuming', BriefMsg: '' })
  expect(await resume('normal')).toBe(denied)
  expect(dts.skipToNext()).toMatchObject({ state: 'running', percent: 50 })
  dts.skip(50_000)
  expect(dts.job(JobId)?.state).toBe('readyComplete')
})

test('a failed redis job is tried again, any other is not', async () => {
  const spec: JobSpec = { status: 10, fails: { ...broken, resumable: false } }
  const dts = await start(
    { ...spec, id: 'dts-my' },
    { ...spec, id: 'dts-re', source: { database: 'redis' } },
  )
  const resume = (JobId: string) => attempt21(dts, 'ResumeMigrateJob', { JobId })
  expect([await resume('dts-my'), await resume('dts-re')]).toEqual([denied, 'ok'])
  expect(dts.job('dts-re')?.state).toBe('resuming')
})

test('a job that either version stopped is failed in the old one, canceled in the new one', async () => {
  const dts = await start({ id: 'dts-a', status: 7 }, { id: 'dts-b', status: 'manualPaused' })
  expect(await attempt(dts, 'StopMigrateJob', 'dts-a')).toBe('ok')
  expect(await attempt(dts, 'StopMigrateJob', 'dts-b')).toBe(conflict)
  expect(await attempt21(dts, 'StopMigrateJob', { JobId: 'dts-b' })).toBe('ok')
  for (const id of ['dts-a', 'dts-b']) {
    expect(await job21(dts, id)).toMatchObject({ Status: 'stopping', EndTime: NEVER })
    expect((await raw(dts, id)).Status).toBe(11)
  }
  dts.skip(2000)
  for (const id of ['dts-a', 'dts-b']) {
    expect(await job21(dts, id)).toMatchObject({ Status: 'canceled', EndTime: beijing(dts.now()) })
    expect((await raw(dts, id)).Status).toBe(10)
  }
})

const STATUSES = [
  'creating',
  'created',
  'checking',
  'checkPass',
  'checkNotPass',
  'readyRun',
  'running',
  'readyComplete',
  'success',
  'failed',
  'stopping',
  'completing',
  'pausing',
  'manualPaused',
  'resumableErr',
  'resuming',
  'unknown',
  'error',
  'canceled',
] as const

test.for<[string, string, string]>([
  [
    'CreateMigrateCheckJob',
    'created checkPass checkNotPass failed',
    'FailedOperation.NotAllowOperation',
  ],
  ['StartMigrateJob', 'checkPass', conflict],
  [
    'StopMigrateJob',
    'readyRun running readyComplete manualPaused resumableErr unknown error',
    conflict,
  ],
  ['CompleteMigrateJob', 'readyComplete', conflict],
  ['PauseMigrateJob', 'running readyComplete', denied],
  ['ContinueMigrateJob', 'manualPaused', denied],
  ['ResumeMigrateJob', 'resumableErr', denied],
  ['CreateCompareTask', 'readyComplete', denied],
])('%s is allowed at %s only', async ([action, allowed, refusal]) => {
  const spec = (status: (typeof STATUSES)[number]): JobSpec =>
    status.startsWith('resum') ? { status, fails: broken } : { status }
  const ids = STATUSES.map((status) => `dts-${status.toLowerCase()}`)
  const dts = await start(...STATUSES.map((status, n) => ({ ...spec(status), id: ids[n] ?? '' })))
  for (const [n, status] of STATUSES.entries()) {
    const JobId = ids[n] ?? ''
    expect((await job21(dts, JobId)).Status).toBe(status)
    const code = await attempt21(dts, action, { JobId })
    expect(`${status} ${code}`).toBe(
      `${status} ${allowed.split(' ').includes(status) ? 'ok' : refusal}`,
    )
  }
})

test('comparisons finish consistent, with differences, or not at all', async () => {
  const at = (ends: 'same' | 'different' | 'failed') => ({ status: 8, compare: { ends, ms: 5000 } })
  const dts = await start(
    { ...at('same'), id: 'dts-same' },
    { ...at('different'), id: 'dts-diff' },
    { ...at('failed'), id: 'dts-none' },
  )
  const call = official(dts)
  const outcomes: unknown[] = []
  for (const JobId of ['dts-same', 'dts-diff', 'dts-none']) {
    expect((await job21(dts, JobId)).CompareTask.Status).toBe('notexist')
    const { CompareTaskId } = await call('CreateCompareTask', { JobId })
    expect(CompareTaskId).toMatch(new RegExp(`^${JobId}-cmp-[a-z0-9]{8}$`))
    expect((await job21(dts, JobId)).CompareTask).toEqual({ CompareTaskId, Status: 'unstart' })
    await call('StartCompare', { JobId, CompareTaskId })
    expect(await attempt21(dts, 'StartCompare', { JobId, CompareTaskId })).toBe(denied)
    dts.skip(1500)
    const running = {
      Items: [{ Status: 'running', Conclusion: '', CompareProcess: { Percent: 20 } }],
    }
    expect(await call('DescribeCompareTasks', { JobId, Status: ['running'] })).toMatchObject(
      running,
    )
    expect(dts.skipToNext().id).toBe(JobId)
    const { Items } = await call('DescribeCompareTasks', { JobId, CompareTaskId })
    expect(Items).toMatchObject([{ FinishedAt: beijing(dts.now()), TaskName: CompareTaskId }])
    const { CompareTask } = await job21(dts, JobId)
    outcomes.push([Items[0].Status, Items[0].Conclusion, CompareTask.Status])
  }
  expect(outcomes).toEqual([
    ['success', 'same', 'consistent'],
    ['success', 'different', 'inconsistent'],
    ['failed', '', 'failed'],
  ])
})
