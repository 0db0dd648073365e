import { createHash } from 'node:crypto'
import type { Migration } from '../migration.ts'
import type { Entry, Row } from '../store/store.ts'
import { type Message, card } from '../views/card.ts'
import { note } from '../views/notes.ts'
import { SlowDown } from './pauses.ts'
import {
  Unpostable,
  answerOf,
  errorName,
  findPosted,
  isRefusal,
  isTokenRefused,
  post,
  update,
} from './slack.ts'
import type { Tell, World } from './world.ts'

/**
 * Brings Slack up to date with the row: the card, then what the history has not said yet, in
 * order, each once. A message whose fate is unknown is looked for before it is sent again.
 */
export async function show(world: World, tell: Tell, id: string): Promise<Date | void> {
  try {
    for (const entry of await world.store.unsaid(id)) {
      const row = await world.store.row(id)
      if (row) await sayEntry(world, tell, row, entry)
    }
    const row = await world.store.row(id)
    return row?.card ? await redraw(world, row, row.card) : undefined
  } catch (error) {
    if (error instanceof SlowDown) return error.until
    if (isTokenRefused(error)) world.log.error({ migration: id }, tokenRefused(error))
    throw error
  }
}

function tokenRefused(error: unknown): string {
  return (
    `Slack does not accept SLACK_BOT_TOKEN any more: ${answerOf(error)}. ` +
    'Put in a new one and restart me: what people missed is said then.'
  )
}

async function sayEntry(world: World, tell: Tell, row: Row, entry: Entry): Promise<void> {
  const { migration: m } = row
  const { store, approvers, log } = world
  const { happening, seq, state } = entry
  try {
    if (happening.type === 'asked') return await postCard(world, row, entry)
    const message = note(m, happening, state, approvers)
    const thread = row.card?.ts
    const target =
      happening.type === 'unshown' || !thread
        ? { channel: m.requester }
        : { channel: m.channel, thread, broadcast: message?.broadcast ?? false }
    const posted = message && (await postOnce(world, entry, target, message))
    await store.said(m.id, seq, new Date().toISOString(), posted?.ts)
  } catch (error) {
    if (!(error instanceof Unpostable)) throw error
    log.warn({ err: error, migration: m.id, happening: happening.type }, 'Slack will not take it')
    await store.said(m.id, seq, new Date().toISOString(), undefined)
    if (happening.type === 'asked') await tell(m.id, { type: 'unshown', error: error.message })
    else await tellPrivately(world, m, entry)
  }
}

async function postCard(world: World, { migration: m }: Row, entry: Entry): Promise<void> {
  const message = card(m, world.approvers)
  const { ts, found } = await postOnce(world, entry, { channel: m.channel }, message)
  // What an earlier try posted may show an older state: no hash, so that it is drawn anew.
  const shown = found ? '' : hash(message)
  await world.store.cardShown(m.id, { channel: m.channel, ts, hash: shown })
  await world.store.said(m.id, entry.seq, new Date().toISOString(), ts)
}

type Target = { channel: string; thread?: string; broadcast?: boolean }

async function postOnce(
  world: World,
  entry: Entry,
  target: Target,
  message: Message,
): Promise<{ ts: string; found: boolean }> {
  return world.slack.pauses.heed(`chat.postMessage ${target.channel}`, () =>
    findOrPost(world, entry, target, message),
  )
}

async function findOrPost(
  { store, slack: { client }, log }: World,
  { migrationId, seq, sayingSince }: Entry,
  target: Target,
  message: Message,
): Promise<{ ts: string; found: boolean }> {
  const key = `${migrationId}:${seq}`
  // A private message goes to a user id, which has no history that we may read.
  if (sayingSince && !/^[UW]/.test(target.channel)) {
    try {
      const ts = await findPosted(client, target, key, sayingSince)
      if (ts) return { ts, found: true }
    } catch (error) {
      if (errorName(error) !== 'missing_scope') throw error
      log.warn({ err: error, key }, 'cannot look whether it was posted; it may appear twice')
    }
  }
  await store.saying(migrationId, seq, sayingSince ?? new Date().toISOString())
  try {
    return { ts: await post(client, target, message, key), found: false }
  } catch (error) {
    if (isRefusal(error)) await store.notSaid(migrationId, seq)
    throw error
  }
}

/** What the channel will not take and the requester must know goes to them alone. */
async function tellPrivately(
  world: World,
  m: Migration,
  { happening, state }: Entry,
): Promise<void> {
  const message = note(m, happening, state, world.approvers)
  if (!message?.broadcast) return
  try {
    await post(world.slack.client, { channel: m.requester }, message, m.id)
  } catch (error) {
    world.log.error({ err: error, migration: m.id }, 'nobody could be told')
  }
}

async function redraw(
  { slack, store, approvers, log }: World,
  { migration: m }: Row,
  shown: NonNullable<Row['card']>,
): Promise<Date | void> {
  const message = card(m, approvers)
  if (hash(message) === shown.hash) return
  return slack.pauses.heed('chat.update', async () => {
    const wait = slack.updates.take(isUrgent(m))
    if (wait) return new Date(Date.now() + wait)
    try {
      await update(slack.client, shown, message)
    } catch (error) {
      if (!(error instanceof Unpostable)) throw error
      log.warn({ err: error, migration: m.id }, 'the card can no longer be redrawn')
    }
    await store.cardShown(m.id, { ...shown, hash: hash(message) })
  })
}

/** Percents can wait; questions, ends and everything that changes what people may do cannot. */
function isUrgent({ state }: Migration): boolean {
  return state.at !== 'started' || state.seen?.status !== 'running'
}

function hash(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('hex')
}
