import { expect, test } from 'vitest'
import { modal, plain, refused, slackAndApp } from './plain-app.ts'

/* Forms: their values, updates and refusals. */

const option = (value: string) => ({ text: plain(value), value })
const asked = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Asked'),
  element,
  ...more,
})
const typed = { type: 'plain_text_input', action_id: 'why' }
const NEXT = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'next', text: plain('Next') }],
}

/** An app with a form open for Ann, and how another is pushed on it. */
async function withForm(more: object = {}) {
  const { slack, client, app, open } = await slackAndApp()
  const { view: root } = await open(modal({ blocks: [NEXT], ...more }))
  const push = async (above: object = {}) => {
    const { payload } = await slack.people.press('U0ANN', 'next')
    const view = modal({ blocks: [NEXT], ...above }) as never
    return client.views.push({ trigger_id: String(payload['trigger_id']), view })
  }
  return { slack, app, root, push }
}

test('an opened form has the values of all inputs, empty and initial ones too', async () => {
  const { slack, open } = await slackAndApp()
  const named = (action_id: string, element: object) =>
    asked({ ...element, action_id }, { block_id: action_id })
  const options = [option('1'), option('2')]
  const when = { type: 'datepicker', action_id: 'g', initial_date: '2026-11-24' }
  const blocks = [
    named('a', typed),
    named('b', { ...typed, initial_value: 'so' }),
    named('c', { type: 'static_select', options }),
    named('d', { type: 'radio_buttons', options, initial_option: option('1') }),
    named('e', { type: 'checkboxes', options }),
    named('f', { type: 'users_select' }),
    { type: 'section', block_id: 'g', text: plain('When'), accessory: when },
    NEXT,
  ]
  await open(modal({ submit: plain('Go'), blocks }))
  expect(slack.people.view('U0ANN')?.values).toEqual({
    a: { a: { type: 'plain_text_input', value: null } },
    b: { b: { type: 'plain_text_input', value: 'so' } },
    c: { c: { type: 'static_select', selected_option: null } },
    d: { d: { type: 'radio_buttons', selected_option: option('1') } },
    e: { e: { type: 'checkboxes', selected_options: [] } },
    f: { f: { type: 'users_select', selected_user: null } },
    g: { g: { type: 'datepicker', selected_date: '2026-11-24' } },
  })
})

test('typed text survives an update only if the app named the block', async () => {
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

test('a block without an id gets a new one each time', async () => {
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

test('a bad view does not use the trigger up; used, old and unknown triggers are refused', async () => {
  const { slack, client } = await slackAndApp()
  const { payload } = await slack.people.command('U0ANN', 'C0MIGRATE', '/dts form')
  const trigger_id = String(payload['trigger_id'])
  const openWith = (view: object) => client.views.open({ trigger_id, view: view as never })
  await refused(openWith(modal({ title: plain('x'.repeat(25)) })), 'invalid_arguments')
  await refused(openWith({ type: 'home', blocks: [] }), 'invalid_arguments')
  await openWith(modal())
  await refused(openWith(modal()), 'exchanged_trigger_id')
  const unknown = client.views.open({ trigger_id: 'made.up', view: modal() as never })
  await refused(unknown, 'invalid_trigger_id')

  const late = await slack.people.command('U0ANN', 'C0MIGRATE', '/dts form')
  slack.ws.skip(3_001)
  await refused(
    client.views.open({ trigger_id: String(late.payload['trigger_id']), view: modal() as never }),
    'expired_trigger_id',
  )
})

test('a view is updated by its id or its own name, with the newest hash only', async () => {
  const { slack, client, open } = await slackAndApp()
  const { view: first } = await open(modal({ external_id: 'mine' }))
  const byName = await client.views.update({ external_id: 'mine', view: modal() as never })
  expect(byName.view).toMatchObject({ id: first?.id, root_view_id: first?.id })
  await refused(
    client.views.update({
      view_id: String(first?.id),
      hash: String(first?.hash),
      view: modal() as never,
    }),
    'hash_conflict',
  )
  const hash = String(byName.view?.hash)
  await client.views.update({ view_id: String(first?.id), hash, view: modal() as never })
  await refused(client.views.update({ external_id: 'other', view: modal() as never }), 'not_found')

  await open(modal({ external_id: 'taken' }))
  const { payload } = await slack.people.command('U0BO', 'C0MIGRATE', '/dts form')
  const again = { trigger_id: String(payload['trigger_id']), view: modal({ external_id: 'taken' }) }
  await refused(client.views.open(again as never), 'duplicate_external_id')
})

test('pushed views know their root and the view before; at most three', async () => {
  const { app, root, push } = await withForm()
  const { view: second } = await push()
  const places = { root_view_id: root?.id, previous_view_id: root?.id }
  expect(second).toMatchObject(places)
  await push()
  expect(app.heard.at(-1)?.payload['view']).toMatchObject({
    id: second?.id,
    ...places,
    app_id: 'A0DTS',
    team_id: 'T0PLAY',
    app_installed_team_id: 'T0PLAY',
    bot_id: 'B0DTS',
    hash: expect.stringMatching(/^\d+\.\w+$/),
    state: { values: {} },
  })
  await refused(push(), 'push_limit_reached')
})

test('closing closes the top view, and notifies the app if it asked for that', async () => {
  const { slack, app, root, push } = await withForm({ callback_id: 'root', notify_on_close: true })
  await push()
  expect(await slack.people.closeView('U0ANN')).toEqual([])
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

test('a view that clears on close closes those below as well', async () => {
  const { slack, app, push } = await withForm({ notify_on_close: true })
  await push({ notify_on_close: true, clear_on_close: true })
  await slack.people.closeView('U0ANN')
  const closed = app.heard.filter(({ payload }) => payload['type'] === 'view_closed')
  expect(closed.map(({ payload }) => payload['is_cleared'])).toEqual([true, true])
  expect(slack.people.view('U0ANN')).toBeUndefined()
})
