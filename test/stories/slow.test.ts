import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import {
  EACH_ONCE,
  JOB,
  type Way,
  spawnBot,
  startPretendWorld,
  startWorld,
} from '../support/world.ts'

/** Slack's own: it calls a delivery failed that is not acknowledged within three seconds. */
const PATIENCE = { patienceMs: 3_000, waitMs: 15_000 }

/** A world in which Ann has asked, and Slack is slow to say who may decide. */
async function slowToTell(way: Way) {
  const world = await startWorld(way, { patience: PATIENCE })
  world.dts.addJob({ id: JOB })
  const card = await world.ann.asks(JOB)
  const { faults, ws } = world.slack
  const before = ws.calls.length
  for (const method of ['users.info', 'usergroups.users.list']) {
    faults.add(method, { delayMs: 4_000, times: 1 })
  }
  const hasTold = (): boolean =>
    ws.calls.slice(before).some(({ method }) => method === 'users.info')
  return { ...world, card, hasTold }
}

test.each(EACH_ONCE)(
  'Reject while Slack is slow: the form opens at once, then it asks why ($version, $mode, $engine)',
  async (way) => {
    const world = await slowToTell(way)
    const { bo, card, hasTold } = world
    await bo.presses('Reject', card)
    await bo.formSays(/Checking whether you may reject/)
    expect(hasTold()).toBe(false)
    await bo.formSays(/Why\?/)
    await bo.submits('not on a Friday')
    await world.cardSays(/Rejected/)
    expect(world.logs.join()).not.toMatch(/incident/)
  },
)

test.each(EACH_ONCE)(
  'Reject by somebody who may not, while Slack is slow: the form says why not ($version, $mode, $engine)',
  async (way) => {
    const { dee, card, hasTold, logs, slack } = await slowToTell(way)
    await dee.presses('Reject', card)
    await dee.formSays(/Checking whether you may reject/)
    expect(hasTold()).toBe(false)
    await dee.formSays(/This decision belongs to @S0ONCALL/)
    expect(slack.ws.ephemerals).toEqual([])
    expect(text(card)).toMatch(/Waiting for approval/)
    expect(logs.join()).not.toMatch(/incident/)
  },
)

test.each(EACH_ONCE)(
  'asking for a job that left "check passed", while DTS is slow: the form says so in time ($version, $mode, $engine)',
  async (way) => {
    const { ann, dts, slack } = await startWorld(way, { patience: PATIENCE })
    dts.addJob({ id: JOB })
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/Why\?/)
    dts.changeJob(JOB, { status: 5 })
    for (const action of ['DescribeMigrateJobs', 'DescribeMigrateCheckJob']) {
      dts.fault({ action, kind: 'delay', ms: 1_500 })
    }
    await ann.submits('quarterly move')
    await ann.formSays(/can't be started: it did not pass its check/)
    expect(slack.ws.messages).toEqual([])
    await ann.presses('Look again')
    await ann.formSays(/The check says/)
  },
)

test('a button of a form, while Slack is slow to say who presses it: the form is drawn anew', async () => {
  const way = { mode: 'socket', engine: 'sqlite' } as const
  const world = await startPretendWorld(way, {}, PATIENCE)
  const { ann, dts, slack } = world
  dts.addJob({ id: JOB })
  const first = await spawnBot(world.env)
  await ann.types('/dts start dts-2notyet')
  await ann.formSays(/DTS doesn't list dts-2notyet/)
  await first.stop()
  await spawnBot(world.env)
  dts.addJob({ id: 'dts-2notyet' })
  slack.faults.add('users.info', { delayMs: 4_000, times: 1 })
  await ann.presses('Look again')
  await ann.formSays(/Why\?/)
  expect(slack.ws.ephemerals).toEqual([])
})
