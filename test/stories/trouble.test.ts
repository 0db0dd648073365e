import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BO, CHANNEL, ANN, EACH_ONCE, startTown } from '../support/town.ts'

const JOB = 'dts-1kl0iy0v'

test.each(EACH_ONCE)(
  'a job that fails half-way: why, whose turn, what next ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts } = town
    dts.addJob({
      id: JOB,
      migrateType: 2,
      fails: { at: 0.5, code: 'InternalError.UnknownError', message: 'disk is full' },
      durationMs: 60_000,
    })
    await town.approve(JOB)
    await town.threadSays(/RequestId/)
    dts.skip(120_000)
    const card = await town.cardSays(/Failed/)
    expect(text(card)).toMatch(/@U0ANN, your turn/)
    const told = await town.threadSays(/@U0ANN: Failed[\s\S]*RequestId[\s\S]*> .*disk is full/)
    expect(told.broadcast).toBe(true)
  },
)

test.each(EACH_ONCE)(
  'a timed job is accepted, then runs at its time ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB, migrateType: 2, expectInMs: 900_000, durationMs: 60_000 })
    const card = await town.ask(JOB)
    expect(text(card)).toMatch(/Runs at .*Beijing time \(UTC\+8\)/)
    await slack.people.click(BO, card, 'dts_approve')
    await town.threadSays(/Accepted. Starts at .*Beijing time/)
    await town.cardSays(/Accepted, not running yet/)
    dts.skip(920_000)
    await town.cardSays(/Running/)
    dts.skip(120_000)
    await town.cardSays(/Done/)
  },
)

test.each(EACH_ONCE)(
  'a throttled start is sent again, and starts once ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts } = town
    dts.addJob({ id: JOB })
    dts.fault({ action: 'StartMigrateJob', times: 2, kind: 'error', code: 'RequestLimitExceeded' })
    await town.approve(JOB)
    await town.threadSays(/throttling us/)
    await town.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
    expect(dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toHaveLength(3)
  },
)

test.each(EACH_ONCE)(
  'a lost answer is found out by looking, never by calling again ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts } = town
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetAfter' })
    await town.approve(JOB)
    const when = /until \d{4}-\d\d-\d\d \d\d:\d\d UTC at the latest; then I know, or ask people/
    expect(text(await town.threadSays(/Outcome unknown/))).toMatch(when)
    expect(text(await town.cardSays(/Outcome unknown/))).toMatch(when)
    dts.skip(10_000)
    await town.threadSays(/It did start/)
    dts.skip(120_000)
    await town.cardSays(/Done/)
    expect(dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toHaveLength(1)
  },
)

test.each(EACH_ONCE)(
  'a lost answer of a timed job: known after its time, also after it was set anew ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts } = town
    dts.addJob({ id: JOB, expectInMs: 900_000 })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetBefore' })
    const twoMinutesAfter = (): RegExp => {
      const at = new Date((dts.job(JOB)?.expectAt ?? 0) + 120_000).toISOString()
      return new RegExp(`until ${at.slice(0, 16).replace('T', ' ')} UTC at the latest`)
    }
    await town.approve(JOB)
    await town.threadSays(twoMinutesAfter())
    await town.cardSays(twoMinutesAfter())
    dts.changeJob(JOB, { expectInMs: 3_600_000 })
    await town.cardSays(twoMinutesAfter())
  },
)

test.each(EACH_ONCE)(
  'a start that never took effect is told after a while ($mode, $engine)',
  async (way) => {
    const town = await startTown(way, { rules: { grace: 1_000 } })
    const { dts } = town
    dts.addJob({ id: JOB })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetBefore' })
    await town.approve(JOB)
    await town.cardSays(/Outcome unknown/)
    await town.cardSays(/Did not start/)
    expect(dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toHaveLength(1)
  },
)

test.each(EACH_ONCE)(
  'DTS says no: the sentence, whose turn, the RequestId ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts } = town
    dts.addJob({ id: JOB })
    const code = 'UnauthorizedOperation.NotEnoughPrivileges'
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'error', code })
    await town.approve(JOB)
    const card = await town.cardSays(/Not started/)
    expect(text(card)).toContain(code)
    expect(text(card)).toMatch(/An operator's turn[\s\S]*RequestId/)
  },
)

test.each(EACH_ONCE)(
  'a job that changed after the approval is asked again ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB, name: 'orders' })
    const card = { ...(await town.ask(JOB)) }
    dts.changeJob(JOB, { name: 'orders-2', status: 4 })
    await slack.people.click(BO, card, 'dts_approve')
    const again = await town.cardSays(
      /Changed, waiting for approval again[\s\S]*name: orders → orders-2/,
    )
    await slack.people.click('U0CHEN', card, 'dts_approve', true)
    await town.privately('U0CHEN', /The job changed, so there is a newer question/)
    expect(dts.starts(JOB)).toBe(0)
    await slack.people.click(BO, again, 'dts_approve')
    await town.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
  },
)

test('a no to a look or a check is not told as a no to a start', async () => {
  const town = await startTown({ mode: 'socket', engine: 'sqlite' })
  const { dts, slack } = town
  const code = 'UnauthorizedOperation.NotEnoughPrivileges'
  const refuse = (action: string) => dts.fault({ action, kind: 'error', code })
  dts.addJob({ id: JOB })
  dts.addJob({ id: 'dts-2unchecked', status: 1 })

  refuse('DescribeMigrateJobs')
  await slack.people.command(ANN, CHANNEL, `/dts status ${JOB}`)
  expect(await town.privately(ANN, /NotEnoughPrivileges/)).not.toMatch(/StartMigrateJob|start/)
  refuse('DescribeMigrateJobs')
  await slack.people.command(ANN, CHANNEL, `/dts start ${JOB}`)
  expect(await town.form(/NotEnoughPrivileges/)).not.toMatch(/StartMigrateJob|start/)
  await slack.people.command(ANN, CHANNEL, '/dts start dts-2unchecked')
  await town.form(/Run the check/)
  refuse('CreateMigrateCheckJob')
  await slack.people.press(ANN, 'dts_run_check')
  expect(await town.form(/NotEnoughPrivileges/)).not.toMatch(/StartMigrateJob|start/)

  const card = await town.ask(JOB)
  refuse('DescribeMigrateJobs')
  await slack.people.click(BO, card, 'dts_approve')
  const told = await town.cardSays(/Not started[\s\S]*NotEnoughPrivileges/)
  expect(text(told)).not.toMatch(/StartMigrateJob|may not start/)
})

test('a password in an answer of DTS reaches neither Slack, nor the log, nor the store', async () => {
  const town = await startTown({ mode: 'socket', engine: 'sqlite' })
  const { dts, slack } = town
  const password = 'Pl4nted-pw-in-answers'
  dts.plantSecret(password)
  dts.addJob({
    id: JOB,
    migrateType: 2,
    fails: { at: 0.5, code: 'InternalError.UnknownError', message: 'access denied' },
    durationMs: 60_000,
  })
  await town.approve(JOB)
  await town.threadSays(/RequestId/)
  dts.skip(120_000)
  await town.cardSays(/Failed/)
  await slack.people.command(ANN, CHANNEL, `/dts status ${JOB}`)
  await town.privately(ANN, /has failed/)
  await town.bot.stop()
  const { readFile, readdir } = await import('node:fs/promises')
  const folder = town.env['DATA_DIR'] ?? ''
  const files = await readdir(folder)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files)
    expect((await readFile(`${folder}/${file}`)).includes(password)).toBe(false)
  expect(JSON.stringify(slack.ws.calls)).not.toContain(password)
  expect(town.logs.join('')).not.toContain(password)
})
