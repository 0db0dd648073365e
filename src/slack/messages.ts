import type { types, webApi } from '@slack/bolt'
import { MessageGoneError, errorName, sorted } from './errors.ts'

/** What is said. `text` is for notifications and clients without blocks. */
export type Content = { text: string; blocks: types.KnownBlock[] }

/** Where it is said: a channel or a person, in a thread or not, shown in the channel too or not. */
export type Target = {
  channel: string
  thread?: string | undefined
  broadcast?: boolean | undefined
}

/**
 * Posts and returns the ts. `key` goes along as metadata, so that `findPosted` can find it. Throws
 * the classes of errors.ts; MessageGoneError when the thread is gone.
 */
export async function post(
  client: webApi.WebClient,
  target: Target,
  content: Content,
  key: string,
): Promise<string> {
  const { channel, thread, broadcast } = target
  const metadata = { event_type: EVENT_TYPE, event_payload: { key } }
  const { ts, message } = await withPlainFallback(content, async (sent) => {
    const said = { channel, ...sent, ...quiet, metadata }
    return client.chat.postMessage(
      !thread
        ? said
        : broadcast
          ? { ...said, thread_ts: thread, reply_broadcast: true }
          : { ...said, thread_ts: thread },
    )
  })
  if (!ts) throw new Error('Slack posted a message without a ts')
  if (!thread || !message || 'thread_ts' in message) return ts
  // Slack answers ok to a reply whose parent was deleted, and shows it in the channel by itself.
  await withdraw(client, { channel, ts })
  throw new MessageGoneError('posted outside its thread')
}

/** Deletes a message of ours, if Slack lets us. */
export async function withdraw(
  client: webApi.WebClient,
  message: { channel: string; ts: string },
): Promise<void> {
  await client.chat.delete(message).catch(() => {})
}

/** Edits a message of ours. Throws the classes of errors.ts. */
export async function update(
  client: webApi.WebClient,
  { channel, ts }: { channel: string; ts: string },
  content: Content,
): Promise<void> {
  await withPlainFallback(content, (sent) =>
    client.chat.update({ channel, ts, ...sent, parse: 'none', link_names: false }),
  )
}

/** The ts of the message that `post` sent under this key after `since` (ISO), if it arrived. */
export async function findPosted(
  client: webApi.WebClient,
  { channel, thread }: Target,
  key: string,
  since: string,
): Promise<string | undefined> {
  const oldest = String(Date.parse(since) / 1000 - CLOCK_SKEW)
  let cursor: string | undefined
  do {
    const asked = { channel, oldest, limit: 200, include_all_metadata: true }
    const page = { ...asked, ...(cursor ? { cursor } : {}) }
    const answer = await sorted(() =>
      thread
        ? client.conversations.replies({ ...page, ts: thread })
        : client.conversations.history(page),
    )
    const ours = answer.messages?.find(
      ({ metadata }) =>
        metadata?.event_type === EVENT_TYPE &&
        (metadata.event_payload as { key?: unknown } | undefined)?.key === key,
    )
    if (ours?.ts) return ours.ts
    cursor = answer.response_metadata?.next_cursor || undefined
  } while (cursor)
  return undefined
}

/** Seconds by which the clock that said `since` may have been ahead of Slack's. */
const CLOCK_SKEW = 24 * 3600
const EVENT_TYPE = 'dts_migration'
const quiet = {
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none',
  link_names: false,
} as const

/** Clients and clouds roll out blocks unevenly; words without blocks are better than silence. */
async function withPlainFallback<T>(
  content: Content,
  send: (content: Content | { text: string }) => Promise<T>,
): Promise<T> {
  try {
    return await sorted(() => send(content))
  } catch (error) {
    if (!UNDRAWABLE.includes(errorName(error) ?? '')) throw error
    return sorted(() => send({ text: content.text }))
  }
}

const UNDRAWABLE = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
]
