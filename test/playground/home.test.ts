import { expect, test } from 'vitest'
import { EVERYTHING, modal, plain, refused, slackAndApp, firstMessage } from './plain-app.ts'

/* The Home of the app, and shortcuts. */

const ANN = 'U0ANN'
const home = (more: object = {}) => ({
  type: 'home' as const,
  blocks: [
    {
      type: 'actions',
      block_id: 'a',
      elements: [{ type: 'button', action_id: 'look', text: plain('Look'), value: '1' }],
    },
  ],
  ...more,
})

test('a Home is published for one person and never replaces a newer one', async () => {
  const { slack, client } = await slackAndApp({ manifest: EVERYTHING })
  const publish = (more: object) =>
    client.views.publish({ user_id: ANN, view: home() as never, ...more })
  const { view: first } = await publish({})
  const { view: second } = await publish({ hash: first?.hash })
  expect(second).toMatchObject({ id: first?.id, type: 'home', root_view_id: first?.id })
  await refused(publish({ hash: first?.hash }), 'hash_conflict')
  await refused(publish({ view: modal() }), 'invalid_arguments')
  await refused(publish({ view: home({ title: plain('Home') }) }), 'invalid_arguments')
  await refused(publish({ user_id: 'U0NOBODY' }), 'user_not_found')
  expect(slack.ws.homes.get(ANN)?.view.hash).toBe(second?.hash)
  expect(slack.ws.homes.get('U0BO')).toBeUndefined()
  const updated = { view_id: String(first?.id), view: home({ callback_id: 'mine' }) as never }
  expect((await client.views.update(updated)).view?.callback_id).toBe('mine')
})

test('opening Home and pressing a button there reach the app', async () => {
  const { slack, client, app } = await slackAndApp({ manifest: EVERYTHING })
  await expect(slack.people.press(ANN, 'look')).rejects.toThrow('has no form open')
  await slack.people.openHome(ANN)
  expect(app.heard.at(-1)).toMatchObject({
    type: 'events_api',
    payload: {
      type: 'event_callback',
      team_id: 'T0PLAY',
      api_app_id: 'A0DTS',
      event: { type: 'app_home_opened', user: ANN, channel: 'D0ANN', tab: 'home' },
    },
  })
  await client.views.publish({ user_id: ANN, view: home() as never })
  const { payload } = await slack.people.press(ANN, 'look')
  expect(payload).toMatchObject({
    type: 'block_actions',
    view: { type: 'home', previous_view_id: null },
    container: { type: 'view' },
    actions: [{ type: 'button', action_id: 'look', block_id: 'a', value: '1' }],
  })
  const again = { ...home().blocks[0], block_id: 'b' }
  const view = home({ blocks: [...home().blocks, again] }) as never
  await client.views.publish({ user_id: ANN, view })
  const second = await slack.people.press(ANN, { action: 'look', block: 'b' })
  expect(second.payload).toMatchObject({ actions: [{ action_id: 'look', block_id: 'b' }] })
  const trigger_id = String(payload['trigger_id'])
  await client.views.open({ trigger_id, view: modal() as never })
  await expect(slack.people.press(ANN, 'look')).rejects.toThrow('The form has no look')
  await slack.people.closeView(ANN)
  await slack.people.press(ANN, 'look')
  await slack.people.openHome(ANN)
  expect(app.heard.at(-1)?.payload).toMatchObject({ event: { view: { type: 'home' } } })
})

test('global and message shortcuts can open a form', async () => {
  const { slack, client, app } = await slackAndApp({ manifest: EVERYTHING })
  const global = await slack.people.shortcut(ANN, 'ask')
  expect(app.heard.at(-1)?.payload).toMatchObject({
    type: 'shortcut',
    callback_id: 'ask',
    user: { id: ANN },
    team: { id: 'T0PLAY' },
    action_ts: expect.any(String),
  })
  expect(global.payload).not.toHaveProperty('channel')
  await client.views.open({
    trigger_id: String(global.payload['trigger_id']),
    view: modal() as never,
  })
  await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'a card' })
  const message = firstMessage(slack)
  await slack.people.messageShortcut(ANN, message, 'about')
  expect(app.heard.at(-1)?.payload).toMatchObject({
    type: 'message_action',
    callback_id: 'about',
    channel: { id: 'C0MIGRATE', name: 'db-migrations' },
    message_ts: message.ts,
    message: { ts: message.ts, text: 'a card' },
    response_url: expect.stringContaining('/response/'),
    trigger_id: expect.any(String),
  })
})

test('features that the manifest does not enable do not exist', async () => {
  const { slack, client, app } = await slackAndApp()
  const { people } = slack
  await refused(client.views.publish({ user_id: ANN, view: home() as never }), 'not_enabled')
  expect(await people.openHome(ANN)).toBeUndefined()
  await expect(people.shortcut(ANN, 'ask')).rejects.toThrow('no global shortcut ask')
  await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'a card' })
  const message = firstMessage(slack)
  await expect(people.messageShortcut(ANN, message, 'about')).rejects.toThrow(
    'no message shortcut about',
  )
  expect(app.heard).toEqual([])
})
