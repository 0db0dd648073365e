import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { SILENCE, modal, plain, slackAndApp, slackAndClient } from './plain-app.ts'

/* What people see of an acknowledgement, also of an unusable or missing one. */

const ANN = 'U0ANN'
const HERE = 'C0MIGRATE'
const why = {
  type: 'input',
  block_id: 'why',
  label: plain('Why'),
  element: { type: 'plain_text_input', action_id: 'why' },
}
const form = (more: object = {}) => modal({ submit: plain('Go'), blocks: [why], ...more })
const TROUBLE = 'We had some trouble connecting. Try again?'

test.each([
  ['words alone', 'only for you'],
  ['a text', { text: 'only for you' }],
  ['blocks', { text: 'x', blocks: [{ type: 'section', text: plain('only for you') }] }],
])('a command is answered by its acknowledgement: %s', async (_, answer) => {
  const { slack, app } = await slackAndApp()
  app.answers = () => answer
  await slack.people.command(ANN, HERE, '/dts help')
  expect(slack.ws.messages).toEqual([])
  expect(slack.ws.ephemerals).toMatchObject([{ user: ANN, channel: HERE }])
  expect(slack.ws.ephemerals.map((one) => text(one))).toEqual(['only for you'])
})

test('an answer in_channel is for everybody; an empty one shows nothing', async () => {
  const { slack, app } = await slackAndApp()
  app.answers = () => ({ text: 'for all', response_type: 'in_channel' })
  await slack.people.command(ANN, HERE, '/dts help')
  expect(slack.ws.messages).toMatchObject([{ channel: HERE, text: 'for all' }])
  for (const empty of [undefined, '', {}, { response_type: 'in_channel' }]) {
    app.answers = () => empty
    await slack.people.command(ANN, HERE, '/dts help')
  }
  expect(slack.ws.messages).toHaveLength(1)
  expect(slack.ws.ephemerals).toEqual([])
  expect(slack.ws.refusals).toEqual([])
})

test('an answer that Slack cannot draw is an error for the person, and recorded', async () => {
  const { slack, app } = await slackAndApp()
  app.answers = () => ({ blocks: [{ type: 'nonsense' }] })
  await slack.people.command(ANN, HERE, '/dts help')
  expect(slack.ws.ephemerals).toMatchObject([
    { user: ANN, text: '/dts failed with the error "invalid_command_response"' },
  ])
  expect(slack.ws.refusals).toMatchObject([{ what: 'the answer to /dts' }])
})

test('a submitted form closes, shows errors, is updated, pushes another, or clears all', async () => {
  const { slack, app, open } = await slackAndApp()
  await open(form())
  const root = slack.people.view(ANN)?.view.id
  const submit = async (answer: unknown) => {
    slack.people.fill(ANN, 'why', 'because')
    app.answers = () => answer
    return slack.people.submit(ANN)
  }
  await submit({ response_action: 'errors', errors: { why: 'Say more.' } })
  expect(slack.people.view(ANN)?.errors).toEqual({ why: 'Say more.' })

  await submit({ response_action: 'update', view: form({ callback_id: 'second' }) })
  expect(slack.people.view(ANN)).toMatchObject({
    view: { id: root, callback_id: 'second' },
    errors: {},
    values: { why: { why: { value: 'because' } } },
  })
  await submit({ response_action: 'push', view: form({ callback_id: 'third' }) })
  expect(slack.people.view(ANN)?.view).toMatchObject({
    callback_id: 'third',
    root_view_id: root,
    previous_view_id: root,
  })
  await submit({ response_action: 'push', view: form({ callback_id: 'fourth' }) })
  await submit({ response_action: 'push', view: form({ callback_id: 'fifth' }) })
  expect(slack.people.view(ANN)).toMatchObject({
    view: { callback_id: 'fourth' },
    trouble: TROUBLE,
  })
  await submit(undefined)
  expect(slack.people.view(ANN)?.view.callback_id).toBe('third')
  await submit({ response_action: 'clear' })
  expect(slack.people.view(ANN)).toBeUndefined()
})

test.each([
  ['an unknown action', { response_action: 'dance' }],
  ['a bad view', { response_action: 'update', view: form({ title: plain('x'.repeat(25)) }) }],
  ['no view', { response_action: 'push' }],
  ['a Home view', { response_action: 'update', view: { type: 'home', blocks: [] } }],
  ['no errors', { response_action: 'errors', errors: {} }],
  ['an error at no input', { response_action: 'errors', errors: { other: 'Wrong.' } }],
  ['an empty error', { response_action: 'errors', errors: { why: '' } }],
  ['nonsense', 'nonsense'],
])('a form stays open with an error when the answer is %s', async (_, answer) => {
  const { slack, app, open } = await slackAndApp()
  await open(form())
  slack.people.fill(ANN, 'why', 'because')
  app.answers = () => answer
  await slack.people.submit(ANN)
  expect(slack.people.view(ANN)).toMatchObject({
    trouble: TROUBLE,
    errors: {},
    values: { why: { why: { value: 'because' } } },
  })
  expect(slack.ws.refusals).toMatchObject([
    { what: 'the answer to view_submission', why: [expect.any(String)] },
  ])
  app.answers = () => undefined
  await slack.people.submit(ANN)
  expect(slack.people.view(ANN)).toBeUndefined()
})

test('a late acknowledgement is an error for the person', async () => {
  const { slack, app, open } = await slackAndApp({ patienceMs: 1_000 })
  await open(form())
  slack.people.fill(ANN, 'why', 'because')
  app.answers = () => SILENCE
  const submitted = await slack.people.submit(ANN)
  expect(submitted).toMatchObject({ ok: false, error: 'the app did not respond' })
  expect(slack.people.view(ANN)?.trouble).toBe(TROUBLE)

  const late = slack.people.command(ANN, HERE, '/dts help')
  await slack.waitFor(() => app.heard.at(-1)?.type === 'slash_commands', 'the command')
  expect(await late).toMatchObject({ ok: false, error: 'the app did not respond' })
  const { envelope_id } = app.heard.at(-1) ?? {}
  app.socket.send(JSON.stringify({ envelope_id, payload: { text: 'too late' } }))
  app.answers = () => ({ text: 'in time' })
  await slack.people.command(ANN, HERE, '/dts help')
  expect(slack.ws.ephemerals.map((one) => one.text)).toEqual([
    '/dts failed because the app did not respond.',
    'in time',
  ])
})

test('without a connection the command is an error for the person', async () => {
  const { slack } = await slackAndClient()
  await slack.people.command(ANN, HERE, '/dts help')
  expect(slack.ws.ephemerals).toMatchObject([
    { user: ANN, text: '/dts failed with the error "dispatch_failed"' },
  ])
})
