import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import {
  EVERYTHING,
  plain,
  refused,
  slackAndApp,
  slackAndClient,
  firstMessage,
} from './plain-app.ts'

/* Response URLs, who may act where, and rate limits. */

const ANN = 'U0ANN'
const HERE = 'C0MIGRATE'
const button = [
  { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] },
] as never

async function clicked(post: 'postMessage' | 'postEphemeral' = 'postMessage') {
  const { slack, client, app } = await slackAndApp()
  const said = { channel: HERE, text: 'card', blocks: button, user: ANN }
  await client.chat[post](said)
  const [shown] = post === 'postMessage' ? slack.ws.messages : slack.ws.ephemerals
  if (!shown) throw new Error('nothing was posted')
  const { payload } = await slack.people.click(ANN, shown, 'go')
  const respond = async (body: unknown) => {
    const response = await fetch(String(payload['response_url']), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return [response.status, await response.text()]
  }
  return { slack, client, app, respond }
}

test('a response URL answers, replaces and deletes the message that was clicked', async () => {
  const { slack, respond } = await clicked()
  expect(await respond({ text: 'psst' })).toEqual([200, 'ok'])
  expect(slack.ws.ephemerals).toMatchObject([{ user: ANN, channel: HERE, text: 'psst' }])
  await respond({ text: 'for all', response_type: 'in_channel' })
  expect(slack.ws.messages.map(({ text }) => text)).toEqual(['card', 'for all'])
  await respond({ text: 'other', replace_original: true })
  expect(slack.ws.messages[0]).toMatchObject({ text: 'other', blocks: [], edits: 1 })
  expect(await respond({ delete_original: true })).toEqual([200, 'ok'])
  expect(slack.ws.messages.map(({ text }) => text)).toEqual(['for all'])
})

test('an ephemeral message can be clicked, replaced and deleted too', async () => {
  const { slack, app, respond } = await clicked('postEphemeral')
  const [shown] = slack.ws.ephemerals
  if (!shown) throw new Error('nothing')
  expect(app.heard.at(-1)?.payload).toMatchObject({ container: { is_ephemeral: true } })
  await expect(slack.people.click('U0BO', shown, 'go')).rejects.toThrow('U0BO does not see')
  await respond({ text: 'other', replace_original: true })
  expect(slack.ws.ephemerals).toMatchObject([{ text: 'other', blocks: [] }])
  await respond({ delete_original: true })
  expect(slack.ws.ephemerals).toEqual([])
})

test('a response URL works five times within thirty minutes', async () => {
  const { slack, respond } = await clicked()
  for (let n = 0; n < 5; n++) expect(await respond({ text: 'hi' })).toEqual([200, 'ok'])
  expect(await respond({ text: 'hi' })).toEqual([404, 'used_url'])
  expect(slack.ws.ephemerals).toHaveLength(5)

  const other = await clicked()
  other.slack.ws.skip(30 * 60_000 + 1)
  expect(await other.respond({ text: 'hi' })).toEqual([404, 'expired_url'])
})

test.each(['{"text":', '[]', 'null', '4', { blocks: [{ type: 'nonsense' }] }, {}])(
  'a response URL refuses %j and nothing changes',
  async (body) => {
    const { slack, respond } = await clicked()
    const before = structuredClone([slack.ws.messages, slack.ws.ephemerals])
    expect((await respond(body))[0]).toBe(400)
    expect([slack.ws.messages, slack.ws.ephemerals]).toEqual(before)
  },
)

test('people act only in their channels, and nobody types into an archived one', async () => {
  const { slack } = await slackAndApp()
  const { people, ws } = slack
  ws.channels.get('G0SECRET')?.members.delete('U0BO')
  await expect(people.command('U0BO', 'G0SECRET', '/dts help')).rejects.toThrow(
    'U0BO is not in #secret.',
  )
  await expect(people.command(ANN, 'C0ATTIC', '/dts help')).rejects.toThrow('#attic is archived.')
  await expect(people.command(ANN, 'C0NONE', '/dts help')).rejects.toThrow('no channel C0NONE')
  await expect(people.command('U0NONE', HERE, '/dts help')).rejects.toThrow('no person U0NONE')
  await expect(people.command('U0BO', 'D0ANN', '/dts help')).rejects.toThrow('D0ANN')
  expect(await people.command(ANN, 'D0ANN', '/dts help')).toMatchObject({ ok: true })

  await slack.people.command(ANN, 'G0SECRET', '/dts help')
  const url = String(ws.deliveries.at(-1)?.payload['response_url'])
  const said = JSON.stringify({ text: 'x', blocks: button, response_type: 'in_channel' })
  expect((await fetch(url, { method: 'POST', body: said })).status).toBe(200)
  const message = firstMessage(slack)
  await expect(people.click('U0BO', message, 'go')).rejects.toThrow('U0BO is not in #secret.')
  expect(await people.click(ANN, message, 'go')).toMatchObject({ ok: true })
})

test('a channel takes about one message a second, with bursts', async () => {
  const { slack, client } = await slackAndClient({ rateLimits: true })
  const post = (channel: string) => client.chat.postMessage({ channel, text: 'a' })
  for (let n = 0; n < 5; n++) await post(HERE)
  const refused = await post(HERE).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(webApi.WebAPIRateLimitedError)
  expect(refused).toMatchObject({ retryAfter: expect.any(Number) })
  expect((refused as webApi.WebAPIRateLimitedError).retryAfter).toBeGreaterThan(0)
  await post('U0BO')
  slack.ws.skip(5_000)
  await post(HERE)
})

test.each([
  ['chat.update', 50, { channel: HERE, ts: '1.1', text: 'a' }, 'message_not_found'],
  ['usergroups.users.list', 20, { usergroup: 'S0ONCALL' }, undefined],
  ['usergroups.list', 20, {}, undefined],
  ['conversations.info', 50, { channel: HERE }, undefined],
  ['views.publish', 100, { user_id: ANN }, 'invalid_arguments'],
])('%s is answered %i times a minute for the whole workspace', async (name, most, args, error) => {
  const { slack, client } = await slackAndClient({ rateLimits: true, manifest: EVERYTHING })
  const call = () => client.apiCall(name, args)
  for (let n = 0; n < most; n++) {
    if (error) await refused(call(), error)
    else await call()
  }
  await expect(call()).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError)
  await client.auth.test()
  slack.ws.skip(60_000)
  if (error) await refused(call(), error)
  else await call()
})
