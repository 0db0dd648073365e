import { once } from 'node:events'
import { expect, test } from 'vitest'
import { connectApp, firstMessage, refused, slackAndApp, slackAndClient } from './plain-app.ts'

/* The pretend Slack refuses what the real one refuses. */

test('messages: membership, archives, limits, own messages only', async () => {
  const { client } = await slackAndClient()
  const post = (channel: string, more: object = {}) =>
    client.chat.postMessage({ channel, text: 'hello', ...more })
  await refused(post('C0RANDOM'), 'not_in_channel')
  await refused(post('G0SECRET'), 'channel_not_found')
  await refused(post('C0ATTIC'), 'is_archived')
  const nonsense = { blocks: [{ type: 'nonsense' }] }
  await refused(post('C0MIGRATE', nonsense), 'invalid_blocks')

  const { ts } = await post('C0MIGRATE', { blocks: [{ type: 'divider' }] })
  const update = { channel: 'C0MIGRATE', ts: String(ts) }
  await refused(client.chat.update({ ...update, text: 'x'.repeat(4001) }), 'msg_too_long')
  await refused(client.chat.update({ ...update, ts: '1.000001', text: 'x' }), 'message_not_found')
})

test('an update without blocks removes them', async () => {
  const { slack, client } = await slackAndClient()
  const blocks = [{ type: 'divider' as const }]
  const { ts } = await client.chat.postMessage({ channel: 'C0MIGRATE', text: 'a', blocks })
  await client.chat.update({ channel: 'C0MIGRATE', ts: String(ts), text: 'b' })
  expect(slack.ws.messages).toMatchObject([{ text: 'b', blocks: [], edits: 1 }])
})

test('a reply to a deleted message is posted outside the thread, or refused if so set', async () => {
  const { slack, client } = await slackAndClient()
  const channel = 'C0MIGRATE'
  const post = async (more: object = {}) =>
    String((await client.chat.postMessage({ channel, text: 'x', ...more })).ts)
  const lonely = await post()
  slack.ws.remove(firstMessage(slack))
  const { message } = await client.chat.postMessage({ channel, text: 'late', thread_ts: lonely })
  expect(message).not.toHaveProperty('thread_ts')
  expect(slack.ws.messages).toMatchObject([{ text: 'late', threadTs: undefined }])
  await refused(client.conversations.replies({ channel, ts: lonely }), 'thread_not_found')
  slack.ws.repliesToDeleted = 'refused'
  await refused(post({ thread_ts: lonely }), 'thread_not_found')
})

test('a deleted message with replies leaves a tombstone, and its thread goes on', async () => {
  const { slack, client } = await slackAndClient()
  const channel = 'C0MIGRATE'
  const blocks = [{ type: 'divider' as const }]
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'a card', blocks })
  await client.chat.postMessage({ channel, text: 'first', thread_ts: ts })
  slack.ws.remove(firstMessage(slack))
  await client.chat.postMessage({ channel, text: 'second', thread_ts: ts })
  const { messages } = await client.conversations.replies({ channel, ts })
  expect(messages).toMatchObject([
    { ts, subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT', blocks: [] },
    { text: 'first', thread_ts: ts },
    { text: 'second', thread_ts: ts },
  ])
  const gone = { channel, ts, text: 'x' }
  await refused(client.chat.update(gone), 'message_not_found')
  slack.ws.repliesToDeleted = 'refused'
  const late = { channel, text: 'third', thread_ts: ts }
  await refused(client.chat.postMessage(late), 'thread_not_found')
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

test('scopes, tokens, unknown methods', async () => {
  const { slack, client } = await slackAndClient()
  slack.ws.scopes.delete('users:read')
  await expect(client.users.info({ user: 'U0BO' })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'users:read' },
  })
  await refused(client.apiCall('no.such'), 'unknown_method')
  slack.ws.tokenRevoked = true
  await refused(client.auth.test(), 'token_revoked')
})
