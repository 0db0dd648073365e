import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { ANN, BO, CHANNEL, WAYS, startTown } from '../support/town.ts'

const JOB = 'dts-1kl0iy0v'

test.each(WAYS)(
  'nobody approves who may not, and each is told why ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    town.dts.addJob({ id: JOB })
    const card = await town.ask(JOB)
    const { people } = town.slack

    await people.click(ANN, card, 'dts_approve')
    await town.privately(
      ANN,
      /You asked for this start, so someone else has to approve it: @S0ONCALL/,
    )
    await people.click('U0DEE', card, 'dts_approve')
    await town.privately('U0DEE', /This decision belongs to @S0ONCALL/)
    await people.click('U0GIL', card, 'dts_approve')
    await town.privately('U0GIL', /Guests cannot decide/)
    await people.click('U0FAY', card, 'dts_approve')
    await town.privately('U0FAY', /Only people of the workspace/)

    expect(text(town.card())).toMatch(/Waiting for approval/)
    expect(town.dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toEqual([])
  },
)

test.each(WAYS)(
  'rejected with a reason; the old buttons are dead ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    town.dts.addJob({ id: JOB })
    const card = { ...(await town.ask(JOB)) }
    const { people, ws } = town.slack

    await people.click(BO, card, 'dts_reject')
    await town.slack.waitFor(() => ws.topView(BO), 'the form that asks why')
    people.fill(BO, 'dts_reject_reason', 'not on a Friday')
    expect((await people.submit(BO)).ok).toBe(true)
    await town.cardSays(/Rejected[\s\S]*Nothing was started/)
    await town.threadSays(/> not on a Friday/)

    await people.click('U0CHEN', card, 'dts_approve', true)
    await town.privately('U0CHEN', /Too late: this migration has ended already/)
    expect(town.dts.starts(JOB)).toBe(0)
  },
)

test.each(WAYS)('an ask that nobody decides expires and says so ($mode, $engine)', async (way) => {
  const town = await startTown(way, { env: { ASK_EXPIRES_MINUTES: '0.03' } })
  town.dts.addJob({ id: JOB })
  await town.ask(JOB)
  const card = await town.cardSays(/Expired[\s\S]*Nobody decided in time. Nothing was started/)
  expect(text(card)).not.toMatch(/\[Approve\]/)
  await town.threadSays(/@U0ANN: Expired/)
  expect(town.dts.starts(JOB)).toBe(0)
})

test.each(WAYS)('a job without a check is checked from the form ($mode, $engine)', async (way) => {
  const town = await startTown(way)
  const { people } = town.slack
  town.dts.addJob({ id: JOB, status: 1 })
  await people.command(ANN, CHANNEL, `/dts start ${JOB}`)
  await town.form(/has not been checked yet[\s\S]*\[Run the check\]/)
  await people.press(ANN, 'dts_run_check')
  await town.form(/The check is on its way/)
  town.dts.skip(60_000)
  await people.press(ANN, 'dts_look_again')
  await town.form(/Why\?/)
})

test.each(WAYS)(
  'two approvers and a form submitted twice: one start ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { people, ws } = town.slack
    town.dts.addJob({ id: JOB })
    const card = await town.ask(JOB)
    const [submission] = ws.deliveries.filter((d) => d.payload['type'] === 'view_submission')
    if (!submission) throw new Error('no submission')
    await people.redeliver(submission)

    const clicks = await Promise.all([
      people.click(BO, card, 'dts_approve'),
      people.click('U0CHEN', card, 'dts_approve'),
      people.click(BO, card, 'dts_approve'),
    ])
    expect(clicks.every(({ ok }) => ok)).toBe(true)
    await town.threadSays(/RequestId/)
    const winner = text(await town.threadSays(/Approved by/)).includes(BO) ? BO : 'U0CHEN'
    const late = await town.slack.waitFor(() => ws.ephemerals.length === 2 && ws.ephemerals, 'a no')
    for (const told of late) expect(text(told)).toMatch(/Too late: this migration/)
    expect(late.map(({ user }) => user)).toContain(winner === BO ? 'U0CHEN' : BO)
    expect(ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
    expect(town.dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toHaveLength(1)
  },
)
