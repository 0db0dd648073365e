import { expect, test } from 'vitest'
import { modal, plain, refusal, slackAndApp } from './plain-app.ts'

/* Forms: what they hold, how they are redrawn, and in which order Slack refuses. */

const option = (value: string) => ({ text: plain(value), value })
const asked = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Asked'),
  element,
  ...more,
})
const typed = { type: 'plain_text_input', action_id: 'why' }

test('a form holds every input from the moment it is opened, also empty and initial ones', async () => {
  const { slack, open } = await slackAndApp()
  const blocks = [
    asked(typed, { block_id: 'why' }),
    asked({ ...typed, action_id: 'b', initial_value: 'so' }, { block_id: 'b' }),
    asked(
      { type: 'static_select', action_id: 'c', options: [option('1'), option('2')] },
      { block_id: 'c' },
    ),
    asked(
      {
        type: 'radio_buttons',
        action_id: 'd',
        options: [option('1')],
        initial_option: option('1'),
      },
      { block_id: 'd' },
    ),
    asked({ type: 'checkboxes', action_id: 'e', options: [option('1')] }, { block_id: 'e' }),
    asked({ type: 'users_select', action_id: 'f' }, { block_id: 'f' }),
    {
      type: 'section',
      block_id: 'g',
      text: plain('When'),
      accessory: { type: 'datepicker', action_id: 'g', initial_date: '2026-11-24' },
    },
    { type: 'actions', block_id: 'h', elements: [{ type: 'button', text: plain('Go') }] },
  ]
  await open(modal({ submit: plain('Go'), blocks }))
  const values = {
    why: { why: { type: 'plain_text_input', value: null } },
    b: { b: { type: 'plain_text_input', value: 'so' } },
    c: { c: { type: 'static_select', selected_option: null } },
    d: { d: { type: 'radio_buttons', selected_option: option('1') } },
    e: { e: { type: 'checkboxes', selected_options: [] } },
    f: { f: { type: 'users_select', selected_user: null } },
    g: { g: { type: 'datepicker', selected_date: '2026-11-24' } },
  }
  expect(slack.people.view('U0ANN')?.values).toEqual(values)
})

test('what is typed survives a redraw only where the app named the block', async () => {
  const { slack, client, open } = await slackAndApp()
  const form = (named: object) =>
    modal({ submit: plain('Go'), blocks: [asked(typed, named)] }) as never
  const why = () => Object.values(slack.people.view('U0ANN')?.values ?? {})[0]?.['why']?.['value']
  for (const [named, kept] of [
    [{ block_id: 'why' }, 'text'],
    [{}, null],
  ] as const) {
    const { view } = await open(form(named))
    slack.people.fill('U0ANN', 'why', 'text')
    expect(why()).toBe('text')
    await client.views.update({ view_id: String(view?.id), view: form(named) })
    expect(why()).toBe(kept)
  }
})

test('blocks without a name get another one each time', async () => {
  const { slack, client } = await slackAndApp()
  const blocks = [{ type: 'divider' as const }, { type: 'divider' as const, block_id: 'mine' }]
  const { ts } = await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'a', blocks })
  const names = () => slack.ws.messages[0]?.blocks.map((block) => block['block_id']) ?? []
  const [first, second] = names()
  expect([first, second]).toEqual([expect.any(String), 'mine'])
  await client.chat.update({ channel: 'C0MIGRATE', ts: String(ts), text: 'a', blocks })
  expect(names()[0]).not.toBe(first)
  expect(names()[1]).toBe('mine')
})

test('a bad view does not use the trigger up; a used or old one is told as such', async () => {
  const { slack, client } = await slackAndApp()
  const { payload } = await slack.people.command('U0ANN', 'C0MIGRATE', '/dts form')
  const trigger_id = String(payload['trigger_id'])
  const openWith = (view: object) => client.views.open({ trigger_id, view: view as never })
  await expect(openWith(modal({ title: plain('x'.repeat(25)) }))).rejects.toMatchObject(
    refusal('invalid_arguments'),
  )
  await expect(openWith({ type: 'home', blocks: [] })).rejects.toMatchObject(
    refusal('invalid_arguments'),
  )
  await openWith(modal())
  await expect(openWith(modal())).rejects.toMatchObject(refusal('exchanged_trigger_id'))

  const late = await slack.people.command('U0ANN', 'C0MIGRATE', '/dts form')
  slack.ws.skip(3_001)
  await expect(
    client.views.open({ trigger_id: String(late.payload['trigger_id']), view: modal() as never }),
  ).rejects.toMatchObject(refusal('expired_trigger_id'))
})

test('a view is updated by its id or its own name, with the newest hash only', async () => {
  const { slack, client, open } = await slackAndApp()
  const { view: first } = await open(modal({ external_id: 'mine' }))
  const byName = await client.views.update({ external_id: 'mine', view: modal() as never })
  expect(byName.view).toMatchObject({ id: first?.id, root_view_id: first?.id })
  await expect(
    client.views.update({
      view_id: String(first?.id),
      hash: String(first?.hash),
      view: modal() as never,
    }),
  ).rejects.toMatchObject(refusal('hash_conflict'))
  const hash = String(byName.view?.hash)
  await client.views.update({ view_id: String(first?.id), hash, view: modal() as never })
  await expect(
    client.views.update({ external_id: 'other', view: modal() as never }),
  ).rejects.toMatchObject(refusal('not_found'))

  await open(modal({ external_id: 'taken' }))
  const { payload } = await slack.people.command('U0BO', 'C0MIGRATE', '/dts form')
  const again = { trigger_id: String(payload['trigger_id']), view: modal({ external_id: 'taken' }) }
  await expect(client.views.open(again as never)).rejects.toMatchObject(
    refusal('duplicate_external_id'),
  )
})

test('pushed views know their root and the view before; at most three', async () => {
  const { slack, client, open, app } = await slackAndApp()
  const blocks = [
    { type: 'actions', elements: [{ type: 'button', action_id: 'next', text: plain('Next') }] },
  ]
  const { view: root } = await open(modal({ blocks }))
  const push = async () => {
    const { payload } = await slack.people.press('U0ANN', 'next')
    return client.views.push({
      trigger_id: String(payload['trigger_id']),
      view: modal({ blocks }) as never,
    })
  }
  const { view: second } = await push()
  expect(second).toMatchObject({ root_view_id: root?.id, previous_view_id: root?.id })
  await push()
  expect(app.heard.at(-1)?.payload['view']).toMatchObject({
    id: second?.id,
    root_view_id: root?.id,
    previous_view_id: root?.id,
    app_id: 'A0DTS',
    team_id: 'T0PLAY',
    app_installed_team_id: 'T0PLAY',
    bot_id: 'B0DTS',
    hash: expect.stringMatching(/^\d+\.\w+$/),
    state: { values: {} },
  })
  await expect(push()).rejects.toMatchObject(refusal('push_limit_reached'))
})

test('closing closes the top view, and says so where the app wants to know', async () => {
  const { slack, client, open, app } = await slackAndApp()
  const blocks = [
    { type: 'actions', elements: [{ type: 'button', action_id: 'next', text: plain('Next') }] },
  ]
  const { view: root } = await open(modal({ blocks, callback_id: 'root', notify_on_close: true }))
  const pressed = await slack.people.press('U0ANN', 'next')
  const trigger_id = String(pressed.payload['trigger_id'])
  await client.views.push({ trigger_id, view: modal() as never })
  const before = app.heard.length
  expect(await slack.people.closeView('U0ANN')).toEqual([])
  expect(app.heard).toHaveLength(before)
  expect(slack.people.view('U0ANN')?.view.id).toBe(root?.id)
  expect(await slack.people.closeView('U0ANN')).toMatchObject([{ ok: true }])
  expect(app.heard.at(-1)?.payload).toMatchObject({
    type: 'view_closed',
    is_cleared: false,
    user: { id: 'U0ANN' },
    view: { id: root?.id, callback_id: 'root' },
  })
  expect(slack.people.view('U0ANN')).toBeUndefined()
})

test('a view that clears on close takes those below with it', async () => {
  const { slack, client, open, app } = await slackAndApp()
  const blocks = [
    { type: 'actions', elements: [{ type: 'button', action_id: 'next', text: plain('Next') }] },
  ]
  await open(modal({ blocks, notify_on_close: true }))
  const pressed = await slack.people.press('U0ANN', 'next')
  const view = modal({ notify_on_close: true, clear_on_close: true }) as never
  await client.views.push({ trigger_id: String(pressed.payload['trigger_id']), view })
  await slack.people.closeView('U0ANN')
  const closed = app.heard.filter(({ payload }) => payload['type'] === 'view_closed')
  expect(closed).toHaveLength(2)
  expect(closed[0]?.payload['is_cleared']).toBe(true)
  expect(slack.people.view('U0ANN')).toBeUndefined()
})
