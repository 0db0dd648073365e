import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { asItWas } from '../support/person.ts'
import { CHANNEL, JOB, WAYS, startWorld, startsSent } from '../support/world.ts'

test.each(WAYS)(
  'nobody approves who may not, and each is told why ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, dee, gil, fay, dts } = world
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)

    await ann.approves(card)
    await ann.isTold(/You asked for this, so someone else has to approve it: @S0ONCALL/)
    await dee.approves(card)
    await dee.isTold(/This decision belongs to @S0ONCALL/)
    await gil.approves(card)
    await gil.isTold(/Guests can't decide/)
    await fay.approves(card)
    await fay.isTold(/Only people in the workspace/)

    expect(text(world.card())).toMatch(/Waiting for approval/)
    expect(startsSent(dts, JOB)).toBe(0)
  },
)

test.each(WAYS)(
  'rejected with a reason; the old buttons are dead ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, chen, dts } = world
    dts.addJob({ id: JOB })
    const card = asItWas(await ann.asks(JOB))

    await bo.rejects(card, 'not on a Friday')
    await world.cardSays(/Rejected[\s\S]*Nothing was started/)
    await world.threadSays(/> not on a Friday/)

    await chen.approves(card)
    await chen.isTold(/Too late: this migration has ended/)
    expect(dts.starts(JOB)).toBe(0)
  },
)

test.each(WAYS)(
  'a request that nobody decides expires and says so ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way, { env: { ASK_EXPIRES_MINUTES: '0.03' } })
    world.dts.addJob({ id: JOB })
    await world.ann.asks(JOB)
    const card = await world.cardSays(/Expired[\s\S]*Nobody decided in time. Nothing was started/)
    expect(text(card)).not.toMatch(/\[Approve\]/)
    await world.threadSays(/@U0ANN: Expired/)
    expect(world.dts.starts(JOB)).toBe(0)
  },
)

test.each(WAYS)(
  'a job without a check is checked from the form ($version, $mode, $engine)',
  async (way) => {
    const { ann, dts } = await startWorld(way)
    dts.addJob({ id: JOB, status: 1 })
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/has not been checked yet[\s\S]*\[Run the check\]/)
    await ann.presses('Run the check')
    await ann.formSays(/Check started/)
    dts.skip(60_000)
    await ann.presses('Look again')
    await ann.formSays(/Why\?/)
  },
)

test.each(WAYS)(
  'two approvers and a form submitted twice: one start ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, chen, dts, slack } = world
    const { ws } = slack
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)
    const [submission] = ws.deliveries.filter((d) => d.payload['type'] === 'view_submission')
    if (!submission) throw new Error('no submission')
    await slack.people.redeliver(submission)

    await Promise.all([bo.approves(card), chen.approves(card), bo.approves(card)])
    await world.threadSays(/RequestId/)
    const loser = /by @U0BO/.test(text(await world.threadSays(/Approved by/))) ? chen : bo
    const late = await slack.waitFor(() => ws.ephemerals.length === 2 && ws.ephemerals, 'a "no"')
    for (const told of late) {
      expect(text(told)).toMatch(told.user === loser.id ? /Too late: / : /You approved this \d{4}-/)
    }
    expect(late.map(({ user }) => user)).toContain(loser.id)
    expect(ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)
