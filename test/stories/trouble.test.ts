import { readFile, readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { asItWas } from '../support/person.ts'
import { EACH_ONCE, JOB, startWorld, startsSent } from '../support/world.ts'

test.each(EACH_ONCE)(
  'a job that fails half-way: why, whose turn, what next ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts } = world
    dts.addJob({
      id: JOB,
      migrateType: 2,
      fails: { at: 0.5, code: 'InternalError.UnknownError', message: 'disk is full' },
      durationMs: 60_000,
    })
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/RequestId/)
    dts.skip(120_000)
    const card = await world.cardSays(/Failed/)
    expect(text(card)).toMatch(/@U0ANN, your turn/)
    const told = await world.threadSays(/@U0ANN: Failed[\s\S]*RequestId[\s\S]*> .*disk is full/)
    expect(told.broadcast).toBe(true)
  },
)

test.each(EACH_ONCE)(
  'a timed job is accepted, then runs at its time ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB, migrateType: 2, expectInMs: 900_000, durationMs: 60_000 })
    const card = await ann.asks(JOB)
    expect(text(card)).toMatch(/Runs at .*Beijing time \(UTC\+8\)/)
    await bo.approves(card)
    await world.threadSays(/Accepted. Starts at .*Beijing time/)
    await world.cardSays(/Accepted, not running yet/)
    dts.skip(920_000)
    await world.cardSays(/Running/)
    dts.skip(120_000)
    await world.cardSays(/Done/)
  },
)

test.each(EACH_ONCE)(
  'a throttled start is sent again, and starts once ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB })
    dts.fault({ action: 'StartMigrateJob', times: 2, kind: 'error', code: 'RequestLimitExceeded' })
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/rate limiting us/)
    await world.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
    expect(startsSent(dts, JOB)).toBe(3)
  },
)

test.each(EACH_ONCE)(
  'a lost answer is settled by looking, never by calling again ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetAfter' })
    await bo.approves(await ann.asks(JOB))
    const when =
      /until \d{4}-\d\d-\d\d \d\d:\d\d UTC at the latest\. By then I'll know, or I'll ask you/
    expect(text(await world.threadSays(/Outcome unknown/))).toMatch(when)
    expect(text(await world.cardSays(/Outcome unknown/))).toMatch(when)
    dts.skip(10_000)
    await world.threadSays(/It did start/)
    dts.skip(120_000)
    await world.cardSays(/Done/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'a lost answer of a timed job: settled after its time, also when that is changed ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB, expectInMs: 900_000 })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetBefore' })
    const sevenMinutesAfter = (): RegExp => {
      const at = new Date((dts.job(JOB)?.expectAt ?? 0) + 420_000).toISOString()
      return new RegExp(`until ${at.slice(0, 16).replace('T', ' ')} UTC at the latest`)
    }
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(sevenMinutesAfter())
    await world.cardSays(sevenMinutesAfter())
    dts.changeJob(JOB, { expectInMs: 3_600_000 })
    await world.cardSays(sevenMinutesAfter())
  },
)

test.each(EACH_ONCE)(
  'a lost answer of a timed job: people may say how it came out, long before its time ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way, { rules: { patience: 2_000 } })
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB, expectInMs: 6 * 86_400_000 })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetBefore' })
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/I can't tell whether[\s\S]*@S0ONCALL: look in the console/)
    const card = asItWas(await world.cardSays(/set to run later[\s\S]*\[It did not start\]/))
    await bo.presses('It did not start', card)
    await world.cardSays(/Did not start/)

    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/Accepted. Starts at/)
    expect(startsSent(dts, JOB)).toBe(2)
  },
)

test.each(EACH_ONCE)(
  'a start that never took effect is reported after a while ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way, { rules: { grace: 1_000 } })
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetBefore' })
    await bo.approves(await ann.asks(JOB))
    await world.cardSays(/Outcome unknown/)
    await world.cardSays(/Did not start/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'DTS says no: the sentence, whose turn, the RequestId ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB })
    const code = 'UnauthorizedOperation.NotEnoughPrivileges'
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'error', code })
    await bo.approves(await ann.asks(JOB))
    const card = await world.cardSays(/Not started/)
    expect(text(card)).toContain(code)
    expect(text(card)).toMatch(/An operator's turn[\s\S]*RequestId/)
  },
)

test.each(EACH_ONCE)(
  'if the job changed after the approval, people are asked again ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, chen, dts } = world
    dts.addJob({ id: JOB, name: 'orders' })
    const card = asItWas(await ann.asks(JOB))
    dts.changeJob(JOB, { name: 'orders-2', status: 4 })
    await bo.approves(card)
    const again = await world.cardSays(
      /Job changed, waiting for a new approval[\s\S]*name orders → orders-2/,
    )
    await chen.approves(card)
    await chen.isTold(/replaced by a newer one/)
    expect(dts.starts(JOB)).toBe(0)
    await bo.approves(again)
    await world.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
  },
)

test('a "no" to a look or a check does not read like a "no" to a start', async () => {
  const env = { DTS_API_VERSION: '2018-03-30' }
  const world = await startWorld({ mode: 'socket', engine: 'sqlite' }, { env })
  const { ann, bo, dts } = world
  const code = 'UnauthorizedOperation.NotEnoughPrivileges'
  const refuse = (action: string) => dts.fault({ action, kind: 'error', code })
  dts.addJob({ id: JOB })
  dts.addJob({ id: 'dts-2unchecked', status: 1 })

  refuse('DescribeMigrateJobs')
  await ann.types(`/dts status ${JOB}`)
  expect(await ann.isTold(/NotEnoughPrivileges/)).not.toMatch(/StartMigrateJob|start/)
  refuse('DescribeMigrateJobs')
  await ann.types(`/dts start ${JOB}`)
  expect(await ann.formSays(/NotEnoughPrivileges/)).not.toMatch(/StartMigrateJob|start/)
  await ann.types('/dts start dts-2unchecked')
  await ann.formSays(/Run the check/)
  refuse('CreateMigrateCheckJob')
  await ann.presses('Run the check')
  expect(await ann.formSays(/NotEnoughPrivileges/)).not.toMatch(/StartMigrateJob|start/)

  const card = await ann.asks(JOB)
  refuse('DescribeMigrateJobs')
  await bo.approves(card)
  const told = await world.cardSays(/Not started[\s\S]*NotEnoughPrivileges/)
  expect(text(told)).not.toMatch(/StartMigrateJob|may not start/)
})

test('a password in an answer of DTS reaches neither Slack, nor the log, nor the store', async () => {
  const world = await startWorld({ mode: 'socket', engine: 'sqlite' })
  const { ann, bo, dts, slack } = world
  const password = 'Pl4nted-pw-in-answers'
  dts.plantSecret(password)
  dts.addJob({
    id: JOB,
    migrateType: 2,
    fails: { at: 0.5, code: 'InternalError.UnknownError', message: 'access denied' },
    durationMs: 60_000,
  })
  await bo.approves(await ann.asks(JOB))
  await world.threadSays(/RequestId/)
  dts.skip(120_000)
  await world.cardSays(/Failed/)
  await ann.types(`/dts status ${JOB}`)
  await ann.isTold(/has failed/)
  await world.bot.stop()
  const folder = world.env['DATA_DIR'] ?? ''
  const files = await readdir(folder)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files)
    expect((await readFile(`${folder}/${file}`)).includes(password)).toBe(false)
  expect(JSON.stringify(slack.ws.calls)).not.toContain(password)
  expect(world.logs.join('')).not.toContain(password)
})
