import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { CHEN, DEE, JOB, startDecision } from '../support/decision.ts'
import { ANN, BO } from '../support/town.ts'

type Payload = Delivery['payload']
type Decision = Awaited<ReturnType<typeof startDecision>>

/** What was last sent to the bot for this kind of thing, to be sent again with a change. */
function last({ slack: { ws } }: Decision, type: string): Payload {
  const found = ws.deliveries.findLast(({ payload }) => payload['type'] === type)
  if (!found) throw new Error(`nothing of type ${type} was sent`)
  return structuredClone(found.payload)
}

function send({ slack: { people } }: Decision, payload: Payload): Promise<Delivery> {
  return people.redeliver({ id: randomUUID(), kind: 'interactive', payload })
}

async function openForm({ slack, card }: Decision, user: string) {
  await slack.people.click(user, card, 'dts_reject')
  await slack.waitFor(() => slack.ws.topView(user), `the form for ${user}`)
}

test('a button that the bot did not draw, or of a migration that it does not know', async () => {
  const town = await startDecision()
  const { slack, card, answer } = town
  const press = async (action_id: string, value: string | undefined) => {
    await answer(DEE, () => slack.people.click(DEE, card, 'dts_approve'))
    const click = last(town, 'block_actions')
    const [action] = click['actions'] as Payload[]
    return answer(DEE, () => send(town, { ...click, actions: [{ ...action, action_id, value }] }))
  }
  for (const button of ['dts_approve', 'dts_reject']) {
    expect(await press(button, undefined)).toMatch(/no longer active/)
    expect(await press(button, 'of an older version')).toMatch(/no longer active/)
    expect(await press(button, `${randomUUID()}:1`)).toMatch(/do not remember this migration/)
  }
})

test('people of another workspace may not even withdraw what they asked for', async () => {
  const town = await startDecision()
  const { slack, card, answer } = town
  await answer(ANN, () => slack.people.click(ANN, card, 'dts_approve'))
  const click = last(town, 'block_actions')
  const as = (user: object) => send(town, { ...click, user: { id: ANN, ...user } })
  expect(await answer(ANN, () => as({ team_id: 'T0OTHER' }))).toMatch(
    /Only people of the workspace/,
  )
  expect(await answer(ANN, () => as({}))).toMatch(/someone else has to approve it/)
})

test('requesters withdraw without being approvers, and without a question to Slack', async () => {
  const town = await startDecision()
  const { slack } = town
  slack.faults.add('users.info', { error: 'user_not_found', times: 99 })
  await openForm(town, ANN)
  slack.people.fill(ANN, 'dts_reject_reason', '  not on a Friday ')
  expect((await slack.people.submit(ANN)).ok).toBe(true)
  await town.town.cardSays(/Withdrawn/)
  await town.town.threadSays(/> not on a Friday$/)
})

test('a rejection says why, in a few words', async () => {
  const town = await startDecision()
  const { slack } = town
  await openForm(town, BO)
  slack.people.fill(BO, 'dts_reject_reason', 'x')
  slack.faults.add('users.info', { status: 500, times: 1 })
  await slack.people.submit(BO)
  const form = last(town, 'view_submission')
  const submit = async (values: object) => {
    const view = { ...(form['view'] as object), state: { values } }
    return (await send(town, { ...form, view })).response
  }
  const typed = (value: unknown) =>
    submit({ dts_reject_reason: { dts_reject_reason: { type: 'plain_text_input', value } } })
  const errors = (words: string) => ({
    response_action: 'errors',
    errors: { dts_reject_reason: words },
  })
  const empty = errors('Say why, in a few words.')
  for (const nothing of [null, '', ' \n ']) expect(await typed(nothing)).toEqual(empty)
  expect(await submit({})).toEqual(empty)
  expect(await submit({ dts_reject_reason: {} })).toEqual(empty)
  expect(await typed('x'.repeat(501))).toEqual(errors('At most 500 characters.'))
  expect(text(town.town.card())).toMatch(/Waiting for approval/)

  expect(await typed(` ${'x'.repeat(500)} `)).not.toHaveProperty('errors')
  await town.town.cardSays(/Rejected/)
})

test('whether somebody may reject is asked again when the reason comes', async () => {
  const town = await startDecision()
  const { slack } = town
  await openForm(town, BO)
  slack.ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: [] })
  slack.people.fill(BO, 'dts_reject_reason', 'not on a Friday')
  await slack.people.submit(BO)
  await slack.waitFor(
    () => /This decision belongs to/.test(text(slack.ws.topView(BO)?.view ?? { blocks: [] })),
    'the form to say that Bo may not decide',
  )
  expect(text(town.town.card())).toMatch(/Waiting for approval/)
})

test('an old card opens no form, and its approval counts once', async () => {
  const town = await startDecision()
  const { slack, card, answer } = town
  const click = await slack.people.click(BO, card, 'dts_approve')
  expect(click.ok).toBe(true)
  await town.town.threadSays(/Approved by @U0BO/)
  await town.town.threadSays(/RequestId/)

  const stale = (action: string) => answer(CHEN, () => slack.people.click(CHEN, card, action, true))
  expect(await stale('dts_approve')).toMatch(/Too late: this migration/)
  expect(await stale('dts_reject')).toMatch(/Too late: this migration/)
  expect(town.town.dts.starts(JOB)).toBe(1)
})
