import { webApi } from '@slack/bolt'
import type { Message } from '../views/card.ts'
import type { Budget } from './budget.ts'
import { type Pauses, SlowDown } from './pauses.ts'

/** `client` must not retry by itself: a lost answer to a post is looked up, not sent again. */
export type Slack = { client: webApi.WebClient; updates: Budget; pauses: Pauses }

/**
 * Slack said that this channel will not take the message, now or later. Its error name. `lost`: an
 * earlier try may have arrived all the same.
 */
export class Unpostable extends Error {
  override name = 'Unpostable' as const
  readonly lost: boolean

  constructor(message: string, lost = false) {
    super(message)
    this.lost = lost
  }
}

/** Whether Slack certainly did nothing. After anything else a message may have been posted. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof Unpostable || error instanceof SlowDown) return true
  return errorName(error) !== undefined && !isPassing(error)
}

/** The error name of an `ok: false` answer. */
export function errorName(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined
}

/** Whether Slack does not let us look for what we posted, now or later. */
export function isHidden(error: unknown): boolean {
  return error instanceof Unpostable || errorName(error) === 'missing_scope'
}

/** What Slack said, in a word or two for people. */
export function answerOf(error: unknown): string {
  if (error instanceof webApi.WebAPIHTTPError) return `HTTP ${error.statusCode}`
  if (error instanceof webApi.WebAPIRateLimitedError) return 'ratelimited'
  return errorName(error) ?? (error instanceof Error ? error.name : 'nothing')
}

/** Whether the same may work the next time: Slack was busy, broken or silent. */
export function isPassing(error: unknown): boolean {
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500
  if (error instanceof webApi.WebAPIRateLimitedError) return true
  if (error instanceof webApi.WebAPIRequestError) return true
  return ['internal_error', 'fatal_error', 'request_timeout'].includes(errorName(error) ?? '')
}

/** Seconds that Slack asks to wait. */
export function waitAsked(error: unknown): number | undefined {
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter : undefined
}

/** Whether Slack will do nothing for us until an operator has changed the token. */
export function isTokenRefused(error: unknown): boolean {
  return TOKEN_REFUSED.includes(errorName(error) ?? '')
}

const TOKEN_REFUSED = [
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
]

/** The scope that Slack said is missing. */
export function missingScope(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined
  if (error.data.error !== 'missing_scope') return undefined
  return 'needed' in error.data && typeof error.data.needed === 'string' ? error.data.needed : '?'
}

type Target = { channel: string; thread?: string; broadcast?: boolean }

/** Posts and returns the ts. `key` goes along as metadata, so that `findPosted` can find it. */
export async function post(
  client: webApi.WebClient,
  { channel, thread, broadcast }: Target,
  message: Message,
  key: string,
): Promise<string> {
  const metadata = { event_type: EVENT_TYPE, event_payload: { key } }
  return withPlainFallback(message, async (content) => {
    const said = { channel, ...content, ...quiet, metadata }
    const { ts } = await client.chat.postMessage(
      !thread
        ? said
        : broadcast
          ? { ...said, thread_ts: thread, reply_broadcast: true }
          : { ...said, thread_ts: thread },
    )
    if (!ts) throw new Error('Slack posted a message and did not say its ts')
    return ts
  })
}

/** Redraws a message of ours. */
export async function update(
  client: webApi.WebClient,
  { channel, ts }: { channel: string; ts: string },
  message: Message,
): Promise<void> {
  await withPlainFallback(message, (content) =>
    client.chat.update({ channel, ts, ...content, parse: 'none', link_names: false }),
  )
}

/** The ts of the message that `post` sent under this key after `since` (ISO), if it arrived. */
export async function findPosted(
  client: webApi.WebClient,
  { channel, thread }: Target,
  key: string,
  since: string,
): Promise<string | undefined> {
  const clockSkew = 60
  const oldest = String(Date.parse(since) / 1000 - clockSkew)
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

const EVENT_TYPE = 'dts_migration'
const quiet = {
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none',
  link_names: false,
} as const

/** Clients and clouds roll out blocks unevenly; words without blocks are better than silence. */
async function withPlainFallback<T>(
  message: Message,
  send: (content: Message | { text: string }) => Promise<T>,
): Promise<T> {
  try {
    return await sorted(() => send(message))
  } catch (error) {
    const name = errorName(error) ?? ''
    if (!UNDRAWABLE.includes(name)) throw error
    return sorted(() => send({ text: message.text }))
  }
}

const UNDRAWABLE = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
]

const UNPOSTABLE =
  /^(not_in_channel|channel_not_found|is_archived|restricted_action\w*|cannot_reply_to_message|messages_tab_disabled|user_not_found|message_not_found|cant_update_message|edit_window_closed|is_inactive)$/

async function sorted<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      throw new SlowDown(new Date(Date.now() + error.retryAfter * 1000))
    }
    const name = errorName(error)
    if (name && UNPOSTABLE.test(name)) throw new Unpostable(name)
    throw error
  }
}
