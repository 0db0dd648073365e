import { refuse } from './refuse.ts'
import { checkMessage } from './validate.ts'
import { BOT, BOT_ID, type Channel, type Json, type Message, type Workspace } from './workspace.ts'

/** `chat.postMessage`. */
export function postMessage(ws: Workspace, args: Json): Json {
  const channel = writable(ws, string(args['channel']))
  const content = checked(args)
  const thread = args['thread_ts'] === undefined ? undefined : string(args['thread_ts'])
  const threadTs = thread === undefined ? undefined : threadIn(ws, channel.id, thread)
  const message = ws.post({
    channel: channel.id,
    threadTs,
    broadcast: threadTs !== undefined && isTrue(args['reply_broadcast']),
    metadata: args['metadata'] as Json | undefined,
    ...content,
  })
  return { channel: channel.id, ts: message.ts, message: asSlack(message) }
}

/** The thread of a message; a deleted one has none, unless it had replies. */
function threadIn(ws: Workspace, channel: string, ts: string): string | undefined {
  const parent = ws.message(channel, ts)
  if (parent && !parent.subtype) return ts
  const existed = ws.versions.some((one) => one.channel === channel && one.ts === ts)
  if (!existed || ws.repliesToDeleted === 'refused') refuse('thread_not_found')
  return parent?.ts
}

/** `chat.update`: an update without blocks removes them. */
export function updateMessage(ws: Workspace, args: Json): Json {
  const channel = known(ws, string(args['channel']))
  const message = ws.message(channel.id, string(args['ts'])) ?? refuse('message_not_found')
  if (message.subtype) refuse('message_not_found')
  if (message.user !== BOT) refuse('cant_update_message')
  if (channel.archived) refuse('is_archived')
  const content = checked(args)
  if (content.text.length > 4000) refuse('msg_too_long')
  Object.assign(message, content, { edits: message.edits + 1 })
  ws.versions.push({ ...message, at: ws.now() })
  return { channel: channel.id, ts: message.ts, text: message.text, message: asSlack(message) }
}

/** `chat.delete`: a bot deletes what it posted itself. */
export function deleteMessage(ws: Workspace, args: Json): Json {
  const channel = known(ws, string(args['channel']))
  const message = ws.message(channel.id, string(args['ts'])) ?? refuse('message_not_found')
  if (message.subtype) refuse('message_not_found')
  if (message.user !== BOT) refuse('cant_delete_message')
  ws.remove(message)
  return { channel: channel.id, ts: message.ts }
}

/** `chat.postEphemeral`. */
export function postEphemeral(ws: Workspace, args: Json): Json {
  const channel = writable(ws, string(args['channel']))
  const user = string(args['user'])
  if (!channel.members.has(user)) refuse('user_not_in_channel')
  const thread = args['thread_ts'] === undefined ? {} : { threadTs: string(args['thread_ts']) }
  return { message_ts: ws.showEphemeral(user, channel.id, { ...checked(args), ...thread }).ts }
}

/** `chat.getPermalink`. */
export function permalink(ws: Workspace, args: Json): Json {
  const channel = known(ws, string(args['channel']))
  const ts = string(args['message_ts'])
  if (!ws.message(channel.id, ts)) refuse('message_not_found')
  const link = `https://playground.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`
  return { channel: channel.id, permalink: link }
}

/** `conversations.history`: top-level messages and broadcasts, the newest first. */
export function history(ws: Workspace, args: Json): Json {
  const channel = readable(ws, string(args['channel']))
  const listed = ws.messages.filter(
    (m) => m.channel === channel.id && (!m.threadTs || m.broadcast) && within(m, args),
  )
  return page(listed.reverse(), args)
}

/** `conversations.replies`: the parent and its thread, the oldest first. */
export function replies(ws: Workspace, args: Json): Json {
  const channel = readable(ws, string(args['channel']))
  const parent = string(args['ts'])
  if (!ws.message(channel.id, parent)) refuse('thread_not_found')
  const listed = ws.messages.filter(
    (m) =>
      m.channel === channel.id && (m.ts === parent || (m.threadTs === parent && within(m, args))),
  )
  return page(listed, args)
}

function page(listed: Message[], args: Json): Json {
  const limit = Math.min(Number(args['limit'] ?? 100), 999)
  const from = Number(args['cursor'] ?? 0)
  const withMetadata = isTrue(args['include_all_metadata'])
  const messages = listed.slice(from, from + limit).map((m) => {
    const { metadata, ...rest } = asSlack(m)
    return withMetadata && metadata ? { ...rest, metadata } : rest
  })
  const next = from + limit < listed.length ? String(from + limit) : ''
  return { messages, has_more: next !== '', response_metadata: { next_cursor: next } }
}

/** The content of a message, its blocks with ids. Refuses as Slack does. */
export function checked(args: Json): { text: string; blocks: Json[] } {
  const read = checkMessage(args)
  if (!read.ok) return refuse(read.error, { response_metadata: { messages: read.problems } })
  return { text: read.text, blocks: read.blocks }
}

export function asSlack({ ts, threadTs, text, blocks, metadata, user, subtype }: Message): Json {
  const thread = threadTs ? { thread_ts: threadTs } : {}
  const meta = metadata ? { metadata } : {}
  const author = { user, ...(user === BOT ? { bot_id: BOT_ID } : {}), ...(subtype && { subtype }) }
  return { type: 'message', ts, text, blocks, ...author, ...thread, ...meta }
}

/** A channel that the bot can see: private ones only as a member. */
export function known(ws: Workspace, id: string): Channel {
  const channel = ws.channels.get(id)
  if (!channel || (channel.private && !channel.members.has(BOT))) refuse('channel_not_found')
  return channel
}

function readable(ws: Workspace, id: string): Channel {
  const channel = known(ws, id)
  return channel.members.has(BOT) ? channel : refuse('not_in_channel')
}

function writable(ws: Workspace, id: string): Channel {
  if (/^[UW]/.test(id)) return ws.users.has(id) ? ws.dm(id) : refuse('channel_not_found')
  const channel = known(ws, id)
  if (channel.archived) refuse('is_archived')
  return channel.members.has(BOT) ? channel : refuse('not_in_channel')
}

function within({ ts }: Message, { oldest, latest, inclusive }: Json): boolean {
  const edge = isTrue(inclusive)
  const after = oldest === undefined || Number(ts) > Number(oldest) || (edge && ts === oldest)
  const before = latest === undefined || Number(ts) < Number(latest) || (edge && ts === latest)
  return after && before
}

export function string(value: unknown): string {
  return typeof value === 'string' ? value : refuse('invalid_arguments')
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
