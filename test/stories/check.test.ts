import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { EACH_ONCE, JOB, type Way, startWorld } from '../support/world.ts'

const HERE = { mode: 'socket', engine: 'sqlite' } as const
const VERSIONS = ['2018-03-30', '2021-12-06'] as const
const ITEMS = [
  { step: 'SrcPrivilegeCheck', result: 'warning', message: 'too many grants' },
  { step: 'BinlogParamCheck', message: 'binlog_format is not ROW' },
]

async function startUnchecked(way: Way, job: object = {}) {
  const world = await startWorld(way)
  world.dts.addJob({ id: JOB, name: 'orders', status: 1, checkMs: 60_000, ...job })
  const checks = () =>
    world.dts.requests.filter((one) => one.action === 'CreateMigrateCheckJob').length
  return { ...world, checks }
}

const BOTH = EACH_ONCE.flatMap((way) => VERSIONS.map((version) => ({ ...way, version })))

test.each(BOTH)(
  'a check is followed until it has passed ($version, $mode, $engine)',
  async ({ version, ...way }) => {
    const { ann, dts, checks, ...world } = await startUnchecked(way, { knownTo: [version] })
    await ann.types(`/dts check ${JOB}`)
    await ann.isTold(/DTS is checking dts-1kl0iy0v\. The card in .C0MIGRATE shows/)
    await world.cardSays(/Checking[\s\S]*RequestId [\s\S]*orders for @U0ANN/)
    expect(text(world.card())).not.toMatch(/\[/)
    dts.skip(30_000)
    await world.cardSays(/Checking [45]\d %[\s\S]*I will say how the check comes out/)
    dts.skip(30_000)
    await world.cardSays(/✅ Check passed[\s\S]*ask with \/dts start dts-1kl0iy0v ap-guangzhou/)
    await world.threadSays(/@U0ANN: Check passed[\s\S]*RequestId /)
    expect(checks()).toBe(1)
    await ann.asks(JOB)
  },
)

test('a check that did not pass says what failed, why and what to do', async () => {
  const job = { knownTo: ['2021-12-06'], checkItems: ITEMS }
  const { ann, dts, ...world } = await startUnchecked(HERE, job)
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking/)
  dts.skip(60_000)
  const card = await world.cardSays(/❌ Check not passed/)
  expect(text(card)).toMatch(
    /✖ binlog参数检查: binlog_format is not ROW\nDTS advises: 请修复后重新校验。 Help page/,
  )
  expect(text(card)).toMatch(/⚠ 1 warning: 源实例权限检查/)
  expect(text(card)).toMatch(/Fix what failed, then check it again with \/dts check dts-1kl0iy0v/)
  const note = text(await world.threadSays(/@U0ANN: Check not passed/))
  expect(note).toMatch(/✖ Failed: binlog参数检查\nDTS says: binlog_format is not ROW/)
  expect(note).toMatch(/⚠ Warning: 源实例权限检查\nDTS says: too many grants/)

  dts.changeJob(JOB, { checkItems: [] })
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking/)
  dts.skip(60_000)
  await world.cardSays(/Check passed/)
})

test('a check of API 2018-03-30 that did not pass says what DTS says', async () => {
  const message = 'CheckPrivilege: a grant is missing'
  const job = { knownTo: ['2018-03-30'], checkFails: { message } }
  const { ann, dts, ...world } = await startUnchecked(HERE, job)
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking/)
  dts.skip(60_000)
  await world.cardSays(/Check not passed\nDTS says: CheckPrivilege: a grant is missing/)
  await world.threadSays(/@U0ANN: Check not passed[\s\S]*> CheckPrivilege: a grant is missing/)
})

test('a check that passed with a warning says so', async () => {
  const job = { knownTo: ['2021-12-06'], checkItems: ITEMS.slice(0, 1) }
  const { ann, dts, ...world } = await startUnchecked(HERE, job)
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking/)
  dts.skip(60_000)
  const card = await world.cardSays(/✅ Check passed\n⚠ 1 warning: 源实例权限检查/)
  expect(text(card)).toMatch(/The job can be started now/)
  await world.threadSays(/Check passed[\s\S]*⚠ Warning: 源实例权限检查\nDTS says: too many grants/)
})

test('while a job is checked nobody else gets it, and who asked may stop watching', async () => {
  const { ann, bo, checks, ...world } = await startUnchecked(HERE)
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking/)
  await bo.types(`/dts start ${JOB}`)
  await bo.formSays(/DTS is checking this job, for @U0ANN in .C0MIGRATE/)
  await bo.types(`/dts check ${JOB}`)
  await bo.isTold(/DTS is checking this job, for @U0ANN in .C0MIGRATE/)
  expect(checks()).toBe(1)
  await bo.types(`/dts status ${JOB}`)
  await bo.isTold(/Watched for @U0ANN: Checking/)
  await ann.types(`/dts unwatch ${JOB}`)
  await world.cardSays(/No longer watched/)
})

test('a check that DTS does not take begins nothing, and says why', async () => {
  const { ann, gil, dts, slack, checks } = await startUnchecked(HERE)
  await gil.types(`/dts check ${JOB}`)
  await gil.isTold(/Guests can't use \/dts/)
  await ann.types('/dts check')
  await ann.isTold(/is not a job id/)
  await ann.types('/dts check dts-2missing')
  await ann.isTold(/dts-2missing can't be checked right now: it does not exist in this region/)
  dts.addJob({ id: 'dts-3runs', status: 7 })
  await ann.types('/dts check dts-3runs')
  await ann.isTold(/dts-3runs can't be checked right now: it is running/)
  expect(checks()).toBe(0)
  const code = 'UnauthorizedOperation.NotEnoughPrivileges'
  dts.fault({ action: 'CreateMigrateCheckJob', kind: 'error', code, times: 1 })
  await ann.types(`/dts check ${JOB}`)
  await ann.isTold(/UnauthorizedOperation\.NotEnoughPrivileges/)
  expect(slack.ws.messages).toEqual([])
})

test('a check that cannot be read is out of sight, and seen again later', async () => {
  const world = await startWorld(HERE, { rules: { grace: 1000 } })
  const { ann, dts } = world
  dts.addJob({ id: JOB, name: 'orders', status: 1, checkMs: 60_000 })
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking \d+ %/)
  const action = 'DescribeMigrateCheckJob'
  dts.fault({ action, kind: 'error', code: 'InternalError', times: 10_000 })
  await world.cardSays(/I can't see this job right now\nLast seen: Checking/)
  dts.clearFaults()
  dts.skip(60_000)
  await world.cardSays(/Check passed/)
})

test.each(BOTH)(
  'a start that is asked for during the check goes to the approvers once it passed ($version, $mode, $engine)',
  async ({ version, ...way }) => {
    const { ann, bo, dts, ...world } = await startUnchecked(way, { knownTo: [version] })
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/\[Run the check\]/)
    await ann.presses('Run the check')
    await ann.formSays(
      /Check started[\s\S]*Once the job has passed its check, the approval request/,
    )
    await ann.submits('The old instance is full')
    await world.cardSays(/Checking \d+ %[\s\S]*Once the job has passed, I will ask .*to approve/)
    expect(text(world.card())).not.toMatch(/\[Approve\]/)
    dts.skip(60_000)
    const asks = /Waiting for approval to start[\s\S]*> The old instance is full[\s\S]*\[Approve\]/
    const card = await world.cardSays(asks)
    await world.threadSays(
      /The check passed, so @U0ANN asks to start this job[\s\S]*decide on the card/,
    )
    await bo.approves(card)
    await world.threadSays(/RequestId/)
    expect(dts.starts(JOB)).toBe(1)
  },
)

test.each(BOTH)(
  'a start that is asked for during a check that fails goes to nobody ($version, $mode, $engine)',
  async ({ version, ...way }) => {
    const fails = { checkFails: { message: 'a grant is missing' } }
    const { ann, dts, checks, ...world } = await startUnchecked(way, {
      knownTo: [version],
      ...fails,
    })
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/\[Run the check\]/)
    await ann.presses('Run the check')
    await ann.formSays(/Check started/)
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/is being checked right now[\s\S]*Once the job has passed/)
    await ann.submits('The old instance is full')
    await world.cardSays(/Checking \d+ %/)
    dts.skip(60_000)
    const card = await world.cardSays(/Check not passed[\s\S]*I asked nobody to approve/)
    expect(text(card)).toMatch(/a grant is missing[\s\S]*ask again with \/dts start/)
    await world.threadSays(/@U0ANN: Check not passed/)
    expect(checks()).toBe(1)
  },
)

test('a job that was changed while it was checked is shown as it is now', async () => {
  const { ann, bo, dts, ...world } = await startUnchecked(HERE)
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/\[Run the check\]/)
  await ann.presses('Run the check')
  await ann.formSays(/Check started/)
  await ann.submits('The old instance is full')
  await world.cardSays(/Checking \d+ %/)
  dts.changeJob(JOB, { overrideRoot: true })
  dts.skip(60_000)
  const card = await world.cardSays(/Waiting for approval to start[\s\S]*OVERWRITES|overwrites/i)
  await bo.approves(card)
  await world.threadSays(/RequestId/)
  expect(dts.starts(JOB)).toBe(1)
})
