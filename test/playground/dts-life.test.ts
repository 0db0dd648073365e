import { expect, test } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import { startDts } from '../../playground/dts/server.ts'
import { attempt, beijing, call, list, raw, start } from './dts-client.ts'

/* How a job of the pretend DTS changes with time, and by its owner. */

const START = 'StartMigrateJob'
const CHECK = 'CreateMigrateCheckJob'
const broken = (at: number) => ({ at, code: 'ImportError', message: 'disk full' })

test('a job with replication runs, gets ready, and waits to be completed', async () => {
  const dts = await start({ id: 'dts-life', durationMs: 100_000, lagSeconds: 60 })
  const seen = () => raw(dts, 'dts-life')
  await call(dts, START, { JobId: 'dts-life' })
  dts.skip(499)
  expect((await seen()).Status).toBe(4)
  dts.skip(1)
  expect(await seen()).toMatchObject({ Status: 6, Detail: { StepAll: 6, StepNow: 0 } })
  dts.skip(1500 + 30_000)
  const running = await seen()
  expect(running).toMatchObject({
    Status: 7,
    EndTime: '0000-00-00 00:00:00',
    Detail: { StepNow: 4, Progress: '30', CurrentStepProgress: '33', SecondsBehindMaster: 0 },
  })
  expect(running.Detail.StepInfo.map((step) => step.Status)).toEqual([1, 1, 1, 3, 4, 4])
  expect(running.Detail.StepInfo[3]).toMatchObject({ StepNo: 4, StepName: '全量数据导出' })
  dts.skip(65_000)
  expect(await seen()).toMatchObject({ Status: 7, Detail: { StepNow: 6, SecondsBehindMaster: 40 } })
  dts.skip(5000)
  const ready = { Progress: '100', SecondsBehindMaster: 20 }
  expect(await seen()).toMatchObject({ Status: 8, Detail: ready })
  dts.skip(3_600_000)
  expect(await seen()).toMatchObject({ Status: 8, Detail: { SecondsBehindMaster: 0 } })

  await call(dts, 'CompleteMigrateJob', { JobId: 'dts-life' })
  expect((await seen()).Status).toBe(12)
  dts.skip(2000)
  const end = await seen()
  expect(end).toMatchObject({ Status: 9, EndTime: beijing(dts.now()) })
  expect(end.Detail.StepInfo.every((step) => step.Status === 1)).toBe(true)
})

test('completing waits until the target is in sync, unless it is immediate', async () => {
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

test('a job fails where its spec says, and cannot be put beyond that', async () => {
  const dts = await start({ id: 'dts-breaks', fails: broken(0.5), durationMs: 10_000 })
  await call(dts, START, { JobId: 'dts-breaks' })
  dts.skip(2000 + 5000)
  const job = await raw(dts, 'dts-breaks')
  expect(job).toMatchObject({
    Status: 10,
    EndTime: beijing(dts.now()),
    Detail: { Progress: '50', StepNow: 5 },
    ErrorInfo: [{ ErrorLog: 'ImportError: disk full', HelpDoc: expect.any(String) }],
  })
  expect(job.Detail.StepInfo.map((step) => step.Status)).toEqual([1, 1, 1, 1, 2, 4])
  const refusal = 'fails.at: the run breaks at 0.5, before it is at status 9.'
  expect(() => dts.changeJob('dts-breaks', { name: 'new', status: 9 })).toThrow(refusal)
  expect(dts.job('dts-breaks')).toMatchObject({ name: 'pretend-job', status: 10 })
})

test('a start time stays when the job is set back or checked again', async () => {
  const dts = await start(
    { id: 'dts-back', status: 7 },
    { id: 'dts-anew', status: 10 },
    { id: 'dts-never' },
  )
  const startTimes = async () =>
    Object.fromEntries((await list(dts)).JobList.map(({ JobId, StartTime }) => [JobId, StartTime]))
  const before = await startTimes()
  expect(before).toMatchObject({
    'dts-back': expect.stringMatching(/^20/),
    'dts-anew': expect.stringMatching(/^20/),
  })
  dts.changeJob('dts-back', { status: 4 })
  dts.changeJob('dts-back', { status: 1 })
  dts.changeJob('dts-never', { status: 1 })
  await call(dts, CHECK, { JobId: 'dts-anew' })
  dts.skip(60_000)
  expect(await startTimes()).toEqual({ ...before, 'dts-never': '0000-00-00 00:00:00' })
  await call(dts, START, { JobId: 'dts-anew' })
  dts.skip(10_000)
  expect((await startTimes())['dts-anew']).not.toBe(before['dts-anew'])
})

test('while a start is hidden, a second one is accepted and counted, a check refused', async () => {
  const dts = await start({ id: 'dts-twice' })
  await call(dts, START, { JobId: 'dts-twice' })
  await call(dts, START, { JobId: 'dts-twice' })
  expect(await attempt(dts, CHECK, 'dts-twice')).toBe('FailedOperation.NotAllowOperation')
  dts.skip(500)
  expect(await attempt(dts, START, 'dts-twice')).toBe('FailedOperation.StatusInConflict')
  expect(dts.starts('dts-twice')).toBe(2)
})

test('a check runs and then passes or not', async () => {
  const dts = await start(
    { id: 'dts-good', status: 1, checkMs: 10_000 },
    { id: 'dts-bad', status: 1, checkMs: 10_000, checkFails: { message: 'binlog is off' } },
  )
  const check = (JobId: string) => call(dts, 'DescribeMigrateCheckJob', { JobId })
  expect(await check('dts-good')).toMatchObject({ Status: 'unavailable', CheckFlag: 3 })
  for (const JobId of ['dts-good', 'dts-bad']) await call(dts, CHECK, { JobId })
  expect(await check('dts-good')).toMatchObject({ Status: 'starting', Progress: '0' })
  dts.skip(5000)
  const running = { Status: 'running', Progress: '50', CheckFlag: 3, ErrorCode: 0 }
  expect(await check('dts-good')).toMatchObject(running)
  expect(dts.job('dts-good')?.status).toBe(3)
  dts.skip(5000)
  const finished = { Status: 'finished', Progress: '100' }
  const passed = { ...finished, ErrorCode: 0, ErrorMessage: 'ok', CheckFlag: 1 }
  expect(await check('dts-good')).toMatchObject(passed)
  const failed = { ...finished, ErrorCode: -1, ErrorMessage: 'binlog is off', CheckFlag: 0 }
  expect(await check('dts-bad')).toMatchObject(failed)
  expect([dts.job('dts-good')?.status, dts.job('dts-bad')?.status]).toEqual([4, 5])
  await call(dts, CHECK, { JobId: 'dts-bad' })
  expect(await check('dts-bad')).toMatchObject({ Status: 'starting', CheckFlag: 0 })
})

test('a timed job waits for its time', async () => {
  const dts = await start({ id: 'dts-timed', expectInMs: 3_600_000 })
  const ExpectTime = beijing(dts.now() + 3_600_000)
  expect((await raw(dts, 'dts-timed')).MigrateOption).toMatchObject({ RunMode: 2, ExpectTime })
  dts.skip(1_800_000)
  await call(dts, START, { JobId: 'dts-timed' })
  dts.skip(1_790_000)
  expect(dts.job('dts-timed')).toMatchObject({ status: 4, startedAt: null })
  dts.skip(10_000)
  expect(dts.job('dts-timed')?.status).toBe(6)
})

test('a running job keeps its state when its owner changes it', async () => {
  const dts = await start({ id: 'dts-edit', name: 'before', overrideRoot: true })
  await call(dts, START, { JobId: 'dts-edit' })
  dts.skip(500)
  dts.changeJob('dts-edit', { name: 'after', expectInMs: 60_000 })
  expect(await raw(dts, 'dts-edit')).toMatchObject({
    JobName: 'after',
    Status: 6,
    MigrateOption: { RunMode: 2, IsOverrideRoot: 1 },
  })
  expect(dts.starts('dts-edit')).toBe(1)
})

test.for<[string, JobSpec, string[]]>([
  ['a check', { status: 3 }, ['4.0']],
  ['a check that fails', { status: 3, checkFails: { message: 'no binlog' } }, ['5.0']],
  ['a start', { status: 6 }, ['7.1', '7.2', '7.3', '7.4', '7.5', '7.6', '8.6']],
  ['a stop', { status: 11 }, ['10.5']],
  ['a completion', { status: 12 }, ['9.6']],
  ['a full copy', { status: 7, progress: 0.95, migrateType: 2 }, ['9.6']],
  ['a full copy that breaks', { status: 6, migrateType: 1, fails: broken(0) }, ['10.1']],
  ['a ready job that breaks', { status: 8, fails: broken(1.5) }, ['10.6']],
  ['a job that waits for people', { status: 4 }, []],
])('skipping from change to change: %s', async ([, spec, changes]) => {
  const dts = await start(spec, { status: 9 })
  for (const change of changes) {
    const { status, step } = dts.skipToNext()
    expect(`${status}.${step}`).toBe(change)
  }
  const before = dts.now()
  expect(() => dts.skipToNext()).toThrow('Nothing is under way, so nothing will change.')
  expect(dts.now()).toBe(before)
})

test('skipping stops at the first change of any job', async () => {
  const slow = { id: 'dts-slow', status: 3, checkMs: 60_000 }
  const dts = await start(slow, { id: 'dts-fast', status: 3, checkMs: 1000 })
  expect(dts.skipToNext()).toMatchObject({ id: 'dts-fast', status: 4 })
  expect(dts.job('dts-slow')?.status).toBe(3)
})

test('the clock runs, and faster at a higher speed', async () => {
  await using dts = await startDts({ credentials: [] })
  const { id } = dts.addJob({ status: 6, migrateType: 2, durationMs: 3_600_000 })
  dts.setSpeed(10_000)
  await expect.poll(() => dts.job(id)?.status, { timeout: 10_000 }).toBe(9)
})
