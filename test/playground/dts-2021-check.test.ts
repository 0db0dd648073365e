import { expect, test } from 'vitest'
import { attempt21, job21, official } from './dts-2021-client.ts'
import { attempt, call, start } from './dts-client.ts'

/* The check of a job, as version 2021-12-06 of the pretend DTS shows it. */

test('a failed check item is skipped, and the check made again', async () => {
  const failing = (step: 'OptimizeCheck' | 'DstSpaceCheck', skippable: boolean) => ({
    step,
    message: `${step} failed`,
    skippable,
  })
  const warning = {
    step: 'SrcPrivilegeCheck',
    result: 'warning',
    message: 'too many grants',
  } as const
  const dts = await start(
    { id: 'dts-skip', status: 'created', checkItems: [warning, failing('OptimizeCheck', true)] },
    {
      id: 'dts-hard',
      status: 'created',
      checkItems: [failing('DstSpaceCheck', false), failing('OptimizeCheck', true)],
    },
  )
  const client = official(dts)
  const skip = (JobId: string, ...StepIds: string[]) =>
    attempt21(dts, 'SkipCheckItem', { JobId, StepIds })
  const result = (JobId: string) => client('DescribeMigrationCheckJob', { JobId })
  const check = async () => {
    for (const JobId of ['dts-skip', 'dts-hard']) await client('CreateMigrateCheckJob', { JobId })
  }
  const none = { Status: 'notStarted', CheckFlag: '', StepInfo: null }
  expect(await result('dts-skip')).toMatchObject(none)
  expect(await skip('dts-skip', 'OptimizeCheck')).toBe('OperationDenied.OperationDeniedError')
  await check()
  dts.skip(1500)
  const running = await result('dts-skip')
  expect(running).toMatchObject({ Status: 'running', CheckFlag: '' })
  expect(running.StepInfo.map((one: { StepStatus: string }) => one.StepStatus)).toEqual(
    ['pass', 'pass', 'warning', 'pass', 'pass', 'pass'].concat(Array<string>(7).fill('notStarted')),
  )
  dts.skip(1500)
  const failed = { Status: 'failed', CheckFlag: 'checkNotPass', BriefMsg: 'OptimizeCheck failed' }
  expect(await result('dts-skip')).toMatchObject(failed)
  expect((await job21(dts, 'dts-skip')).Status).toBe('checkNotPass')

  expect(await skip('dts-skip', 'NoSuchCheck')).toBe(
    'InvalidParameterValue.InvalidParameterValueError',
  )
  expect(await skip('dts-skip', 'ViewCheck')).toBe('OperationDenied.OperationDeniedError')
  expect(await skip('dts-hard', 'DstSpaceCheck')).toBe('OperationDenied.OperationDeniedError')
  for (const id of ['dts-skip', 'dts-hard']) expect(await skip(id, 'OptimizeCheck')).toBe('ok')
  expect((await result('dts-skip')).CheckFlag).toBe('checkNotPass')
  await check()
  dts.skip(3000)
  const passed = await result('dts-skip')
  expect(passed).toMatchObject({ Status: 'success', CheckFlag: 'checkPass', BriefMsg: 'success' })
  expect(passed.StepInfo[12]).toMatchObject({
    StepId: 'OptimizeCheck',
    StepStatus: 'failed',
    HasSkipped: true,
    DetailCheckItems: [{ CheckResult: 'warning', ErrorLog: ['skipped'] }],
  })
  expect(await result('dts-hard')).toMatchObject({ BriefMsg: 'DstSpaceCheck failed' })
  expect(await attempt(dts, 'StartMigrateJob', 'dts-skip')).toBe('ok')
  const old = { CheckFlag: 0, ErrorMessage: 'DstSpaceCheck failed' }
  expect(await call(dts, 'DescribeMigrateCheckJob', { JobId: 'dts-hard' })).toMatchObject(old)
  dts.changeJob('dts-hard', { checkItems: [] })
  await client('CreateMigrateCheckJob', { JobId: 'dts-hard' })
  dts.skip(3000)
  expect(dts.job('dts-hard')?.state).toBe('checkPass')
})

test('without a connection the other steps of a check are blocked', async () => {
  const dts = await start({
    id: 'dts-c',
    status: 3,
    checkItems: [{ step: 'ConnectDBCheck', message: 'refused' }],
  })
  dts.skip(3000)
  const { StepInfo } = await official(dts)('DescribeMigrationCheckJob', { JobId: 'dts-c' })
  const outcomes = StepInfo.map((one: { StepStatus: string }) => one.StepStatus)
  expect(outcomes).toEqual(['failed', ...Array<string>(12).fill('blocked')])
})
