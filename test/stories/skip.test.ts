import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import type { JobSpec } from '../../playground/dts/job.ts'
import { EACH_ONCE, JOB, type Way, type World, startWorld } from '../support/world.ts'

/* Items of a check that did not pass are skipped, once people have approved that. */

type Item = NonNullable<JobSpec['checkItems']>[number]

const HERE = { mode: 'socket', engine: 'sqlite' } as const
const REASON = 'the setting is ours'
const RISK = /⚠ DTS warns: 跳过该检查项可能导致迁移失败或数据不一致。/
const OPTIMIZE: Item = { step: 'OptimizeCheck', message: 'statistics are ON', skippable: true }
const BINLOG: Item = { step: 'BinlogParamCheck', message: 'binlog_format is not ROW' }
const KEYS: Item = { step: 'ConstraintCheck', message: 'orders refers to users', skippable: true }

async function startChecked(way: Way, checkItems: Item[] = [OPTIMIZE], tuned = {}) {
  const world = await startWorld(way, tuned)
  const knownTo: JobSpec['knownTo'] = ['2021-12-06']
  world.dts.addJob({
    id: JOB,
    name: 'mail',
    status: 'created',
    checkMs: 60_000,
    knownTo,
    checkItems,
  })
  await world.ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking \d+ %/)
  world.dts.skip(60_000)
  const card = await world.cardSays(/❌ Check not passed/)
  return { ...world, checked: card }
}

/** Fills the form that is open, and submits it. */
async function fills(world: World, items: string[], more: Record<string, string> = {}) {
  const { ann, slack } = world
  await ann.formSays(/What to skip/)
  await slack.people.choose(ann.id, 'dts_skip_items', items)
  for (const [field, choice] of Object.entries(more)) {
    await slack.people.choose(ann.id, field, choice)
  }
  await ann.submits(REASON)
}

/** Ann asks on the card of the check. Resolves with the card of the request. */
async function asksToSkip(world: World & { checked: Message }, items = ['OptimizeCheck']) {
  await world.ann.presses('Skip items…', world.checked)
  await fills(world, items)
  return world.cardSays(/Waiting for approval to skip check items/)
}

const skips = ({ dts }: World) => dts.requests.filter((one) => one.action === 'SkipCheckItem')
const checks = ({ dts }: World) =>
  dts.requests.filter((one) => one.action === 'CreateMigrateCheckJob').length

test.each(EACH_ONCE)('an item is skipped, and DTS checks again ($mode, $engine)', async (way) => {
  const world = await startChecked(way)
  const { ann, bo, checked, dts } = world
  expect(text(checked)).toMatch(/Or press Skip items… on the card\.\n\[Skip items…\]/)
  await ann.presses('Skip items…', checked)
  const form = await ann.formSays(/What to skip/)
  expect(form).toMatch(/✖ 周边检查 OptimizeCheck\nDTS says: statistics are ON\n⚠ DTS warns: 跳过/)
  await fills(world, ['OptimizeCheck'], { dts_skip_owner: 'U0DEE' })
  const card = await world.cardSays(/Waiting for approval to skip check items/)
  expect(text(card)).toMatch(/@U0ANN asks to skip check items of mail/)
  expect(text(card)).toMatch(/Skip: 周边检查 OptimizeCheck\./)
  expect(text(card)).toMatch(RISK)
  expect(text(card)).toMatch(/@U0DEE answers for the risk\.\n> the setting is ours/)
  await bo.approves(card)
  await world.threadSays(/DTS accepted the skip/)
  await world.threadSays(/check the job again[\s\S]*I will say how[\s\S]*RequestId /)
  await world.cardSays(/Checking \d+ %/)
  dts.skip(60_000)
  const done = text(await world.cardSays(/✅ Check passed/))
  expect(done).toMatch(/1 skipped: 周边检查/)
  expect(done).toMatch(
    /@U0ANN asked to skip 周边检查 OptimizeCheck\. @U0DEE answers .* Approved by @U0BO\.\n> the setting/,
  )
  expect(done).toMatch(/The job can be started now: ask with \/dts start/)
  await world.threadSays(/@U0ANN: Check passed[\s\S]*Skipped: 周边检查/)
  expect(skips(world).map(({ effective, version }) => [effective, version])).toEqual([
    [true, '2021-12-06'],
  ])
  expect(checks(world)).toBe(2)
  await ann.presses('Skip items…', checked)
  await ann.formSays(/There is nothing to skip: dts-1kl0iy0v has passed its check/)
  await ann.asks(JOB)
})

test('what DTS lets nobody skip is named, and fails the check after the skip', async () => {
  const world = await startChecked(HERE, [BINLOG, OPTIMIZE])
  const { ann, bo, checked } = world
  await ann.presses('Skip items…', checked)
  await ann.formSays(
    /⚠ Can't be skipped: binlog参数检查\. The check passes only once that is fixed/,
  )
  await fills(world, ['OptimizeCheck'])
  await bo.approves(await world.cardSays(/Waiting for approval to skip/))
  const note = await world.threadSays(/@U0ANN: Check not passed[\s\S]*Skipped: 周边检查/)
  expect(text(note)).toMatch(/✖ Failed: binlog参数检查/)
  expect(checks(world)).toBe(1)
  const card = text(await world.cardSays(/asked to skip[\s\S]*Fix what failed/))
  expect(card).toMatch(/^❌ Check not passed/)
  expect(card).not.toMatch(/Skip items/)
})

test('items are skipped from the form of a start that cannot be', async () => {
  const world = await startChecked(HERE)
  const { ann, bo, dts } = world
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/It can't be started[\s\S]*\[Run the check\] \[Skip items…\] \[Look again\]/)
  await ann.presses('Skip items…')
  await fills(world, ['OptimizeCheck'])
  await bo.approves(await world.cardSays(/Waiting for approval to skip/))
  await world.cardSays(/Checking \d+ %/)
  dts.skip(60_000)
  await world.cardSays(/✅ Check passed/)
})

test('the form says at the field what is missing', async () => {
  const world = await startChecked(HERE, [OPTIMIZE, KEYS])
  const { ann, bo, dts, checked, slack } = world
  const errors = async () => {
    const { answer } = (await ann.tries.submits(REASON)) as { answer?: unknown }
    return JSON.stringify(answer ?? slack.ws.topView(ann.id))
  }
  await ann.presses('Skip items…', checked)
  await ann.formSays(/What to skip/)
  await slack.people.choose(ann.id, 'dts_skip_items', ['ConstraintCheck', 'OptimizeCheck'])
  await slack.people.choose(ann.id, 'dts_skip_owner', 'U0GIL')
  const said = await errors()
  expect(said).toMatch(/no guest and no bot/)
  expect(said).toMatch(/Say what happens to the foreign keys/)
  await fills(world, ['ConstraintCheck', 'OptimizeCheck'], {
    dts_skip_owner: 'U0ANN',
    dts_foreign_keys: 'shield',
  })
  const card = await world.cardSays(/Skip: .*ConstraintCheck, .*OptimizeCheck\./)
  expect(text(card)).toMatch(/@U0ANN answers for the risk\. Foreign keys are left out\./)
  await ann.tries.approves(card)
  await ann.isTold(/You asked for this, so someone else has to approve it/)
  await bo.approves(card)
  await world.threadSays(/DTS accepted the skip/)
  await world.cardSays(/Checking \d+ %/)
  dts.skip(60_000)
  await world.cardSays(/✅ Check passed\n2 skipped/)
})

test('a form that DTS does not answer keeps what was typed', async () => {
  const world = await startChecked(HERE)
  const { ann, dts, checked } = world
  await ann.presses('Skip items…', checked)
  await ann.formSays(/What to skip/)
  dts.fault({ action: 'DescribeMigrationCheckJob', kind: 'resetBefore' })
  await fills(world, ['OptimizeCheck'])
  await ann.formSays(/What to skip/)
  await ann.submits(REASON)
  await world.cardSays(/Waiting for approval to skip/)
})

test('what changed while people read it is shown anew, or refused', async () => {
  const world = await startChecked(HERE, [OPTIMIZE, KEYS])
  const { ann, bo, dts, checked } = world
  await ann.presses('Skip items…', checked)
  await ann.formSays(/What to skip/)
  dts.changeJob(JOB, { checkItems: [OPTIMIZE, BINLOG] })
  await fills(world, ['ConstraintCheck', 'OptimizeCheck'], { dts_foreign_keys: 'migrate' })
  await ann.formSays(/changed while you were reading/)
  await fills(world, ['OptimizeCheck'])
  const card = await world.cardSays(/Waiting for approval to skip/)

  dts.changeJob(JOB, { checkItems: [BINLOG] })
  await bo.approves(card)
  await world.cardSays(
    /✖ Not skipped\nI looked just before the skip: the check no longer shows that this can be skipped: 周边/,
  )
  await ann.presses('Skip items…', checked)
  await ann.formSays(/DTS lets nobody skip what failed[\s\S]*\/dts check dts-1kl0iy0v ap-guangzhou/)
  expect(skips(world)).toEqual([])
})

test('a job that passed meanwhile, or was set up anew, is not skipped as approved', async () => {
  const world = await startChecked(HERE)
  const { ann, bo, dts, checked } = world
  const card = await asksToSkip(world)
  dts.changeJob(JOB, { name: 'mail-2' })
  await bo.approves(card)
  const again = await world.cardSays(/Job changed, waiting for a new approval to skip check items/)
  expect(text(again)).toMatch(/Skip: 周边检查 OptimizeCheck[\s\S]*Changed: name mail → mail-2/)
  await ann.presses('Skip items…', checked)
  await ann.formSays(/already asked for this job/)
  dts.changeJob(JOB, { status: 'checkPass' })
  await bo.approves(again)
  await world.cardSays(/✖ Not skipped\nI looked just before the skip: the job has passed its check/)
  expect(skips(world)).toEqual([])
})

test('a lost answer is settled by what the check shows of the items', async () => {
  const world = await startChecked(HERE)
  const { bo, dts } = world
  dts.fault({ action: 'SkipCheckItem', kind: 'resetAfter' })
  await bo.approves(await asksToSkip(world))
  await world.threadSays(/Outcome unknown[\s\S]*I will not send the skip again/)
  await world.threadSays(/The items are skipped\. I will say whether the check passes now/)
  await world.cardSays(/Checking \d+ %/)
  dts.skip(60_000)
  await world.cardSays(/✅ Check passed/)
  expect(skips(world)).toHaveLength(1)
})

test('a skip that DTS never got is said to have had no effect', async () => {
  const world = await startChecked(HERE, [OPTIMIZE], { rules: { grace: 1_000 } })
  const { bo, dts } = world
  dts.fault({ action: 'SkipCheckItem', kind: 'resetBefore' })
  await bo.approves(await asksToSkip(world))
  const card = text(await world.cardSays(/✖ Did not skip/))
  expect(card).toMatch(/press Skip items… in \/dts start dts-1kl0iy0v/)
  expect(card).toMatch(/asked to skip[\s\S]*Approved by @U0BO/)
  expect(skips(world)).toHaveLength(1)
})

test('people say whether it took effect where the check cannot be read', async () => {
  const world = await startChecked(HERE, [OPTIMIZE], { rules: { grace: 3_000 } })
  const { bo, dts } = world
  const card = await asksToSkip(world)
  dts.fault({ action: 'SkipCheckItem', kind: 'resetBefore' })
  await bo.approves(card)
  await world.threadSays(/Outcome unknown/)
  const action = 'DescribeMigrationCheckJob'
  dts.fault({ action, kind: 'error', code: 'InternalError', times: 10_000 })
  const blind = await world.cardSays(/Outcome unknown[\s\S]*\[They are skipped\] \[They are not/)
  await world.threadSays(/I can't tell whether the items are skipped/)
  await bo.presses('They are not skipped', blind)
  await world.cardSays(/✖ Did not skip[\s\S]*@U0BO looked: it did not skip/)
})

test('a check that DTS refuses after the skip is said', async () => {
  const world = await startChecked(HERE)
  const { ann, bo, dts, checked } = world
  const action = 'CreateMigrateCheckJob'
  const card = await asksToSkip(world)
  dts.fault({ action, kind: 'error', code: 'UnauthorizedOperation.NotEnoughPrivileges' })
  await bo.approves(card)
  const ended = text(await world.cardSays(/❓ Check without a result/))
  expect(ended).toMatch(/DTS accepted the skip, but I couldn't have it check the job again/)
  expect(ended).toMatch(/UnauthorizedOperation\.NotEnoughPrivileges[\s\S]*\/dts check dts-1kl0iy0v/)
  await ann.presses('Skip items…', checked)
  await ann.formSays(/DTS lets nobody skip/)
})

test('a call for the check that fails for a while is made again', async () => {
  const world = await startChecked(HERE)
  const { bo, dts } = world
  const card = await asksToSkip(world)
  dts.fault({ action: 'CreateMigrateCheckJob', kind: 'error', code: 'InternalError', times: 3 })
  await bo.approves(card)
  await world.cardSays(/Checking \d+ %/)
  expect(checks(world)).toBe(5)
  dts.skip(60_000)
  await world.cardSays(/✅ Check passed/)
})

test('a job of API 2018-03-30 is never offered a skip', async () => {
  const world = await startWorld(HERE)
  const { ann, dts } = world
  const knownTo: JobSpec['knownTo'] = ['2018-03-30']
  dts.addJob({ id: JOB, status: 1, checkMs: 60_000, knownTo, checkItems: [OPTIMIZE] })
  await ann.types(`/dts check ${JOB}`)
  await world.cardSays(/Checking \d+ %/)
  dts.skip(60_000)
  expect(text(await world.cardSays(/Check not passed/))).not.toMatch(/Skip/)
  await ann.types(`/dts start ${JOB}`)
  expect(await ann.formSays(/It can't be started/)).not.toMatch(/Skip/)
})
