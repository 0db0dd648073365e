import { expect, test } from 'vitest'
import { messageProblems } from '../../playground/workspace/validate.ts'
import { modal, plain, slackAndApp, firstMessage } from './plain-app.ts'

/* What people can choose, and what Slack takes as a choice. */

const ANN = 'U0ANN'
const option = (value: string, text = value) => ({ text: plain(text), value })
const options = (count: number) => Array.from({ length: count }, (_, n) => option(String(n)))
const actions = (...elements: object[]) => ({ type: 'actions', block_id: 'a', elements })
const problems = (element: object) => messageProblems({ blocks: [actions(element)] })
const select = (more: object) => ({ type: 'static_select', action_id: 'pick', ...more })

test.each([
  ['the same value twice', select({ options: [option('1', 'a'), option('1', 'b')] })],
  [
    'the same value in two groups',
    select({
      option_groups: ['a', 'b'].map((label) => ({ label: plain(label), options: [option('1')] })),
    }),
  ],
  ['options and groups', select({ options: options(1), option_groups: [] })],
  ['mrkdwn', select({ options: [{ text: { type: 'mrkdwn', text: 'a' }, value: '1' }] })],
  ['a link', select({ options: [{ ...option('1'), url: 'https://example.com' }] })],
])('a menu is refused for %s', (_, element) => {
  expect(problems(element)[0]).toMatchObject({ error: 'invalid_blocks' })
})

test('an overflow menu takes links, radio buttons mrkdwn', () => {
  const mrkdwn = [{ text: { type: 'mrkdwn', text: '*a*' }, value: '1' }]
  const links = [{ ...option('1'), url: 'https://example.com' }]
  expect(problems({ type: 'overflow', options: links })).toEqual([])
  expect(problems({ type: 'radio_buttons', options: mrkdwn })).toEqual([])
})

const external = (more: object = {}) =>
  modal({ blocks: [actions({ type: 'external_select', action_id: 'pick', ...more })] })

test('an external select offers only the last suggestions of the app', async () => {
  const { slack, app, open } = await slackAndApp()
  await open(external({ min_query_length: 1 }))
  const { people } = slack
  await expect(people.choose(ANN, 'pick', 'one')).rejects.toThrow('pick does not offer one.')
  await expect(people.suggest(ANN, 'pick', '')).rejects.toThrow('at least 1 characters')
  app.answers = ({ type }) => {
    const option_groups = [{ label: plain('All'), options: [option('one', 'One')] }]
    return type === 'block_suggestion' ? { option_groups } : undefined
  }
  expect(await people.suggest(ANN, 'pick', 'o')).toEqual([{ text: 'One', value: 'one' }])
  await people.choose(ANN, 'pick', 'one')
  expect(app.heard.at(-1)?.payload).toMatchObject({
    actions: [{ type: 'external_select', selected_option: option('one', 'One') }],
    view: { state: { values: { a: { pick: { selected_option: option('one', 'One') } } } } },
  })
  app.answers = () => ({ options: [] })
  expect(await people.suggest(ANN, 'pick', 'x')).toEqual([])
  await expect(people.choose(ANN, 'pick', 'one')).rejects.toThrow('pick does not offer one.')
})

test.each([
  ['a value twice', { options: [option('1', 'a'), option('1', 'b')] }],
  ['both', { options: options(1), option_groups: [] }],
  ['nothing', {}],
  ['words', 'one'],
])('unusable suggestions are empty and recorded: %s', async (_, answer) => {
  const { slack, app, open } = await slackAndApp()
  await open(external({ min_query_length: 0 }))
  app.answers = () => answer
  expect(await slack.people.suggest(ANN, 'pick', '')).toEqual([])
  expect(slack.ws.refusals).toMatchObject([{ what: 'the answer to block_suggestion' }])
})

const AT_NOON = 1_764_000_000

test.each([
  ['users_select', {}, 'U0BO', { selected_user: 'U0BO' }, 'U0NOBODY'],
  ['conversations_select', {}, 'C0RANDOM', { selected_conversation: 'C0RANDOM' }, 'C0NONE'],
  ['channels_select', {}, 'C0RANDOM', { selected_channel: 'C0RANDOM' }, 'G0SECRET'],
  ['static_select', { options: options(2) }, '1', { selected_option: option('1') }, '2'],
  ['radio_buttons', { options: options(2) }, '1', { selected_option: option('1') }, '2'],
  ['checkboxes', { options: options(2) }, ['0', '1'], { selected_options: options(2) }, ['2']],
  ['multi_users_select', {}, ['U0BO'], { selected_users: ['U0BO'] }, ['U0NOBODY']],
  [
    'multi_static_select',
    { options: options(2), max_selected_items: 1 },
    ['1'],
    { selected_options: [option('1')] },
    ['0', '1'],
  ],
  ['datepicker', {}, '2026-11-24', { selected_date: '2026-11-24' }, '2026-13-24'],
  ['timepicker', {}, '09:30', { selected_time: '09:30' }, '25:00'],
  ['datetimepicker', {}, AT_NOON, { selected_date_time: AT_NOON }, 4],
])('%s takes its own kind of value', async (type, more, value, chosen, wrong) => {
  const { slack, app, open } = await slackAndApp()
  await open(modal({ blocks: [actions({ type, action_id: 'pick', ...more })] }))
  await expect(slack.people.choose(ANN, 'pick', wrong)).rejects.toThrow('pick')
  await slack.people.choose(ANN, 'pick', value)
  expect(app.heard.at(-1)?.payload).toMatchObject({
    type: 'block_actions',
    actions: [{ type, action_id: 'pick', block_id: 'a', ...chosen }],
    view: { state: { values: { a: { pick: { type, ...chosen } } } } },
  })
})

test('an overflow menu keeps no state', async () => {
  const { slack, app, open } = await slackAndApp()
  await open(
    modal({ blocks: [actions({ type: 'overflow', action_id: 'o', options: options(2) })] }),
  )
  await slack.people.choose(ANN, 'o', '1')
  expect(app.heard.at(-1)?.payload).toMatchObject({
    actions: [{ type: 'overflow', selected_option: option('1') }],
    view: { state: { values: {} } },
  })
})

test('an input stays quiet until the form is sent, unless it dispatches', async () => {
  const { slack, app, open } = await slackAndApp()
  const { people } = slack
  const asked = (action_id: string, type: string, more: object) => {
    const element = { type, action_id }
    return { type: 'input', block_id: action_id, label: plain('Asked'), element, ...more }
  }
  const blocks = [
    asked('quiet', 'plain_text_input', {}),
    asked('quiet day', 'datepicker', {}),
    asked('loud', 'plain_text_input', { dispatch_action: true }),
    asked('loud day', 'datepicker', { dispatch_action: true }),
  ]
  await open(modal({ submit: plain('Go'), blocks }))
  expect(await people.enter(ANN, 'quiet', 'psst')).toBeUndefined()
  expect(await people.choose(ANN, 'quiet day', '2026-11-24')).toBeUndefined()
  expect(app.heard).toHaveLength(1)
  const value = { type: 'plain_text_input', value: 'hey' }
  await people.enter(ANN, 'loud', 'hey')
  expect(app.heard.at(-1)?.payload).toMatchObject({
    type: 'block_actions',
    actions: [{ ...value, action_id: 'loud', block_id: 'loud' }],
    view: { state: { values: { quiet: { quiet: { value: 'psst' } }, loud: { loud: value } } } },
  })
  expect(await people.choose(ANN, 'loud day', '2026-11-24')).toMatchObject({ ok: true })
  await people.submit(ANN)
  expect(people.view(ANN)).toBeUndefined()
})

test('typing is for text fields, pressing for buttons; choices of messages count too', async () => {
  const { slack, client, app, open } = await slackAndApp()
  const menu = actions(select({ options: options(2) }))
  await open(modal({ blocks: [menu] }))
  expect(() => slack.people.fill(ANN, 'pick', '1')).toThrow('pick is chosen from, not typed into.')
  await expect(slack.people.press(ANN, 'pick')).rejects.toThrow('pick is no button.')

  const blocks = [menu] as never
  await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'x', blocks })
  const message = firstMessage(slack)
  await slack.people.chooseIn(ANN, message, 'pick', '1')
  expect(app.heard.at(-1)?.payload).toMatchObject({
    container: { type: 'message', message_ts: message.ts },
    actions: [{ type: 'static_select', selected_option: option('1') }],
    state: { values: { a: { pick: { selected_option: option('1') } } } },
  })
})
