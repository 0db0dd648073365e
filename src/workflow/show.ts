import { createHash } from 'node:crypto'
import type { Migration } from '../migration.ts'
import type { Entry, Row } from '../store/store.ts'
import { type Message, card } from '../views/card.ts'
import { type Note, note } from '../views/notes.ts'
import { SlowDown } from './pauses.ts'
import {
  Unpostable,
  answerOf,
  findPosted,
  isHidden,
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
  if (entry.happening.type === 'asked') return sayCard(world, tell, row, entry)
  const { migration: m } = row
  const message = note(m, entry.happening, entry.state, world.approvers)
  const ts = message && (await sayNote(world, row, entry, message))
  await world.store.said(m.id, entry.seq, new Date().toISOString(), ts)
}

/** A channel that takes no card ends the ask. The end is on disk before the card counts as said. */
async function sayCard(world: World, tell: Tell, row: Row, entry: Entry): Promise<void> {
  const { id, state } = row.migration
  const isUnshown = state.at === 'ended' && state.ending.how === 'unshown'
  try {
    if (!isUnshown) return await postCard(world, row, entry)
  } catch (error) {
    if (!(error instanceof Unpostable)) throw error
    world.log.warn({ err: error, migration: id }, 'Slack will not take the card')
    const { message, lost } = error
    await tell(id, { type: 'unshown', error: message, ...(lost ? { lost } : {}) })
  }
  await world.store.said(id, entry.seq, new Date().toISOString(), undefined)
}

async function postCard(world: World, { migration: m }: Row, entry: Entry): Promise<void> {
  const message = card(m, world.approvers)
  const { ts, found } = await postOnce(world, entry, { channel: m.channel }, message)
  // What an earlier try posted may show an older state: no hash, so that it is drawn anew.
  const shown = found ? '' : hash(message)
  await world.store.cardShown(m.id, { channel: m.channel, ts, hash: shown })
  await world.store.said(m.id, entry.seq, new Date().toISOString(), ts)
}

/**
 * In the thread. What it will not take and somebody must know goes to the requester alone. That may
 * be said twice when an answer is lost, because nobody can look there; silence would be worse.
 */
async function sayNote(
  world: World,
  { migration: m, card: shown }: Row,
  entry: Entry,
  message: Note,
): Promise<string | undefined> {
  const { broadcast } = message
  const alone: Target = { channel: m.requester }
  const targets: Target[] =
    shown && entry.happening.type !== 'unshown'
      ? [{ channel: m.channel, thread: shown.ts, broadcast }, ...(broadcast ? [alone] : [])]
      : [alone]
  for (const target of targets) {
    try {
      return (await postOnce(world, entry, target, message)).ts
    } catch (error) {
      if (!(error instanceof Unpostable)) throw error
      const about = { err: error, migration: m.id, happening: entry.happening.type, ...target }
      world.log.warn(about, 'Slack will not take it')
    }
  }
  world.log.error({ migration: m.id, happening: entry.happening.type }, 'nobody could be told')
  return undefined
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

/** Throws `Unpostable`, with `lost` when an earlier try may have arrived where nobody can look. */
async function findOrPost(
  { store, slack: { client }, log, pass }: World,
  { migrationId, seq, sayingSince, happening }: Entry,
  target: Target,
  message: Message,
): Promise<{ ts: string; found: boolean }> {
  const key = `${migrationId}:${seq}`
  let lost = sayingSince !== undefined
  // A private message goes to a user id, which has no history that we may read.
  if (sayingSince && !/^[UW]/.test(target.channel)) {
    try {
      const ts = await findPosted(client, target, key, sayingSince)
      if (ts) return { ts, found: true }
      lost = false
    } catch (error) {
      // That we may not look says nothing about what was posted, nor about what may be posted now.
      if (!isHidden(error)) throw error
      log.warn({ err: error, key }, 'cannot look whether it was posted; it may appear twice')
    }
  }
  await store.saying(migrationId, seq, sayingSince ?? new Date().toISOString())
  pass('unposted', happening.type)
  try {
    const ts = await post(client, target, message, key)
    pass('posted', happening.type)
    return { ts, found: false }
  } catch (error) {
    if (isRefusal(error) && !lost) await store.notSaid(migrationId, seq)
    if (error instanceof Unpostable && lost) throw new Unpostable(error.message, lost)
    throw error
  }
}

async function redraw(
  { slack, store, approvers, log, pass }: World,
  { migration: m }: Row,
  shown: NonNullable<Row['card']>,
): Promise<Date | void> {
  const message = card(m, approvers)
  if (hash(message) === shown.hash) return
  return slack.pauses.heed('chat.update', async () => {
    const wait = slack.updates.take(isUrgent(m))
    if (wait) return new Date(Date.now() + wait)
    pass('undrawn')
    try {
      await update(slack.client, shown, message)
      pass('drawn')
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
