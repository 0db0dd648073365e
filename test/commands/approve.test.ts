import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { acknowledged } from '../support/acknowledged.ts'
import { startDecision } from '../support/decision.ts'
import { JOB } from '../support/world.ts'

type Payload = Delivery['payload']
type Decision = Awaited<ReturnType<typeof startDecision>>

/** What was last sent to the bot for this kind of thing, to be sent again with a change. */
function last({ slack: { ws } }: Decision, type: string): Payload {
  const found = ws.deliveries.findLast(({ payload }) => payload['type'] === type)
  if (!found) throw new Error(`nothing of type ${type} was sent`)
  return structuredClone(found.payload)
}

function send({ slack: { people } }: Decision, payload: Payload): Promise<Delivery> {
  return acknowledged(people.redeliver({ id: randomUUID(), kind: 'interactive', payload }))
}

test('a button that the bot did not draw, or of a migration that it does not know', async () => {
  const world = await startDecision()
  const { dee, asked, answer } = world
  const press = async (action_id: string, value: string | undefined) => {
    await answer(dee, () => dee.approves(asked))
    const click = last(world, 'block_actions')
    const [action] = click['actions'] as Payload[]
    return answer(dee, () => send(world, { ...click, actions: [{ ...action, action_id, value }] }))
  }
  for (const button of ['dts_approve', 'dts_took_effect', 'dts_no_effect', 'dts_stop_watching']) {
    expect(await press(button, undefined)).toMatch(/no longer active/)
    expect(await press(button, 'of an older version')).toMatch(/no longer active/)
    expect(await press(button, `${randomUUID()}:1`)).toMatch(/no record of this migration/)
  }
})

test('a button Reject of a migration that the bot does not know says so in the form', async () => {
  const world = await startDecision()
  const { bo, asked, answer } = world
  const button = { type: 'button', text: { type: 'plain_text', text: 'Reject' } }
  const press = (value: string) => {
    const elements = [{ ...button, action_id: 'dts_reject', value }]
    const blocks = [{ type: 'actions', block_id: 'b', elements }]
    return answer(bo, () => bo.presses('Reject', { ...asked, blocks }))
  }
  expect(await press('of an older version')).toMatch(/no longer active/)
  expect(await press(`${randomUUID()}:1`)).toMatch(/no record of this migration/)
})

test('Slack is asked for the workspace of a person; a payload may name another one', async () => {
  const world = await startDecision()
  const { bo, fay, asked, answer } = world
  await answer(fay, () => fay.approves(asked))
  const click = last(world, 'block_actions')
  const as = (id: string, team_id?: string) => send(world, { ...click, user: { id, team_id } })
  for (const team of ['T0PLAY', 'T0OTHER', undefined]) {
    expect(await answer(fay, () => as(fay.id, team))).toMatch(/Only people in the workspace/)
  }
  await as(bo.id, 'E0ORG')
  await world.threadSays(/Approved by @U0BO/)
})

test('requesters withdraw without being approvers, and without a question to Slack', async () => {
  const world = await startDecision()
  world.slack.faults.add('users.info', { error: 'user_not_found', times: 99 })
  await world.ann.rejects(world.asked, '  not on a Friday ')
  await world.cardSays(/Withdrawn/)
  await world.threadSays(/> not on a Friday$/)
})

test('a rejection says why, in a few words', async () => {
  const world = await startDecision()
  const { bo, asked, slack } = world
  await bo.presses('Reject', asked)
  await bo.formSays(/Why\?/)
  slack.faults.add('users.info', { status: 500, times: 1 })
  await bo.submits('x')
  const form = last(world, 'view_submission')
  const submit = async (values: object) => {
    const view = { ...(form['view'] as object), state: { values } }
    return (await send(world, { ...form, view })).response
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
  expect(text(world.card())).toMatch(/Waiting for approval/)

  expect(await typed(` ${'x'.repeat(500)} `)).not.toHaveProperty('errors')
  await world.cardSays(/Rejected/)
})

test('whether somebody may reject is asked again when the reason comes', async () => {
  const world = await startDecision()
  const { bo, asked, slack } = world
  await bo.presses('Reject', asked)
  await bo.formSays(/Why\?/)
  slack.ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: [] })
  await bo.submits('not on a Friday')
  await bo.formSays(/This decision belongs to/)
  await world.cardSays(/Waiting for approval/)
})

test('an old card opens no question, and its approval counts once', async () => {
  const world = await startDecision()
  const { bo, chen, asked, answer, dts } = world
  await bo.approves(asked)
  await world.threadSays(/Approved by @U0BO/)
  await world.threadSays(/RequestId/)

  expect(await answer(chen, () => chen.approves(asked))).toMatch(/Too late: /)
  expect(await answer(chen, () => chen.presses('Reject', asked))).toMatch(/Too late: /)
  expect(dts.starts(JOB)).toBe(1)
})
