import { once } from 'node:events'
import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import { startTown } from '../support/town.ts'
import { connectApp, refusal, slackAndApp, slackAndClient } from './plain-app.ts'

/* The pretend workspace refuses what the real Slack would refuse. */

const VIEW = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'A form' },
  blocks: [{ type: 'divider' as const }],
}

test('messages: membership, archives, limits, own messages only', async () => {
  const { client } = await slackAndClient()
  const post = (channel: string, more: object = {}) =>
    client.chat.postMessage({ channel, text: 'hello', ...more })
  await expect(post('C0RANDOM')).rejects.toMatchObject(refusal('not_in_channel'))
  await expect(post('G0SECRET')).rejects.toMatchObject(refusal('channel_not_found'))
  await expect(post('C0ATTIC')).rejects.toMatchObject(refusal('is_archived'))
  const long = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }
  await expect(post('C0MIGRATE', { blocks: [long] })).rejects.toMatchObject(
    refusal('invalid_blocks'),
  )
  const nonsense = { blocks: [{ type: 'nonsense' }] }
  await expect(post('C0MIGRATE', nonsense)).rejects.toMatchObject(refusal('invalid_blocks'))
  const many = { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }
  await expect(post('C0MIGRATE', many)).rejects.toMatchObject(refusal('invalid_blocks'))

  const { ts } = await post('C0MIGRATE', { blocks: [{ type: 'divider' }] })
  const update = { channel: 'C0MIGRATE', ts: String(ts) }
  await expect(client.chat.update({ ...update, text: 'x'.repeat(4001) })).rejects.toMatchObject(
    refusal('msg_too_long'),
  )
  await expect(client.chat.update({ ...update, ts: '1.000001', text: 'x' })).rejects.toMatchObject(
    refusal('message_not_found'),
  )
})

test('an update without blocks takes the blocks away', async () => {
  const { slack, client } = await slackAndClient()
  const blocks = [{ type: 'divider' as const }]
  const { ts } = await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'a', blocks })
  await client.chat.update({ channel: 'C0MIGRATE', ts: String(ts), text: 'b' })
  expect(slack.ws.messages).toMatchObject([{ text: 'b', blocks: [], edits: 1 }])
})

test('a reply to a deleted message is posted outside the thread, or refused where that is set', async () => {
  const { slack, client } = await slackAndClient()
  const channel = 'C0MIGRATE'
  const post = async (more: object = {}) =>
    String((await client.chat.postMessage({ channel, text: 'x', ...more })).ts)
  const lonely = await post()
  slack.ws.messages.slice().forEach((one) => slack.ws.remove(one))
  const { message } = await client.chat.postMessage({ channel, text: 'late', thread_ts: lonely })
  expect(message).not.toHaveProperty('thread_ts')
  expect(slack.ws.messages).toMatchObject([{ text: 'late', threadTs: undefined }])
  await expect(client.conversations.replies({ channel, ts: lonely })).rejects.toMatchObject(
    refusal('thread_not_found'),
  )
  slack.ws.repliesToDeleted = 'refused'
  await expect(post({ thread_ts: lonely })).rejects.toMatchObject(refusal('thread_not_found'))
})

test('a deleted message with replies leaves a tombstone, and its thread goes on', async () => {
  const { slack, client } = await slackAndClient()
  const channel = 'C0MIGRATE'
  const blocks = [{ type: 'divider' as const }]
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'a card', blocks })
  await client.chat.postMessage({ channel, text: 'first', thread_ts: ts })
  const [card] = slack.ws.messages
  if (card) slack.ws.remove(card)
  await client.chat.postMessage({ channel, text: 'second', thread_ts: ts })
  const { messages } = await client.conversations.replies({ channel, ts })
  expect(messages).toMatchObject([
    { ts, subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT', blocks: [] },
    { text: 'first', thread_ts: ts },
    { text: 'second', thread_ts: ts },
  ])
  const gone = { channel, ts, text: 'x' }
  await expect(client.chat.update(gone)).rejects.toMatchObject(refusal('message_not_found'))
  slack.ws.repliesToDeleted = 'refused'
  const late = { channel, text: 'third', thread_ts: ts }
  await expect(client.chat.postMessage(late)).rejects.toMatchObject(refusal('thread_not_found'))
})

test.each(['invalid_auth', 'too_many_websockets'])(
  'a new connection can be refused while the app runs: %s',
  async (error) => {
    const { slack, app } = await slackAndApp()
    slack.faults.add('apps.connections.open', { error, times: 1 })
    slack.dropSockets()
    await once(app.socket, 'close')
    await expect(connectApp(slack)).rejects.toThrow(error)
    await connectApp(slack)
  },
)

test('scopes, tokens, unknown methods, rate limits', async () => {
  const { slack, client } = await slackAndClient({ rateLimits: true })
  slack.ws.scopes.delete('users:read')
  await expect(client.users.info({ user: 'U0BO' })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'users:read' },
  })
  await expect(client.apiCall('no.such')).rejects.toMatchObject(refusal('unknown_method'))
  slack.rateLimits.set('chat.update', 1)
  const { ts } = await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'a' })
  const update = () => client.chat.update({ channel: 'C0MIGRATE', ts: String(ts), text: 'b' })
  await update()
  await expect(update()).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError)
  slack.ws.tokenRevoked = true
  await expect(client.auth.test()).rejects.toMatchObject(refusal('token_revoked'))
})

test('a view needs a fresh trigger and the newest hash', async () => {
  const town = await startTown({ mode: 'socket', engine: 'sqlite' })
  const { slack } = town
  town.dts.addJob({ id: 'dts-1kl0iy0v' })
  const client = new webApi.WebClient('xoxb-playground', { slackApiUrl: slack.apiUrl })
  const { payload } = await slack.people.command('U0ANN', 'C0MIGRATE', '/dts start dts-1kl0iy0v')
  const used = String(payload['trigger_id'])
  await town.form(/Why\?/)
  await expect(client.views.open({ trigger_id: used, view: VIEW })).rejects.toMatchObject(
    refusal('exchanged_trigger_id'),
  )
  await expect(client.views.open({ trigger_id: 'made.up', view: VIEW })).rejects.toMatchObject(
    refusal('invalid_trigger_id'),
  )
  const id = slack.people.view('U0ANN')?.view.id ?? ''
  await expect(client.views.update({ view_id: id, hash: 'old', view: VIEW })).rejects.toMatchObject(
    refusal('hash_conflict'),
  )
  await slack.people.closeView('U0ANN')
  await expect(client.views.update({ view_id: id, view: VIEW })).rejects.toMatchObject(
    refusal('not_found'),
  )
})

test('what nobody acknowledges fails for the person, and a dead link says so', async () => {
  const { slack } = await slackAndClient()
  const alone = await slack.people.command('U0ANN', 'C0MIGRATE', '/dts help')
  expect(alone).toMatchObject({ ok: false, error: 'the app is not connected' })
  const url = String(alone.payload['response_url'])
  const body = JSON.stringify({ text: 'hi', response_type: 'ephemeral' })
  const use = async () => (await fetch(url, { method: 'POST', body })).status
  const statuses = []
  for (let n = 0; n < 6; n++) statuses.push(await use())
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
})

test('the control API refuses what it does not understand, with a sentence', async () => {
  const { slack } = await slackAndClient()
  const send = async (path: string, body: string) => {
    const response = await fetch(`${slack.url}/_control/${path}`, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }
  expect(await send('act', '{"do":"dance"}')).toMatchObject({ status: 400 })
  expect(await send('act', 'nonsense')).toMatchObject({ status: 400 })
  expect(await send('other', '{}')).toMatchObject({ status: 404 })
  const nothing = await send('act', '{"do":"submit","user":"U0ANN"}')
  expect(nothing).toEqual({ status: 409, text: '{"error":"U0ANN has no form open."}' })
})
