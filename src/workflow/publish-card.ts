import { createHash } from 'node:crypto'
import { deadlineIn, isPast } from '../dts/deadline.ts'
import { type Migration, stageOf } from '../migration/migration.ts'
import { RejectedError } from '../slack/errors.ts'
import { update, withdraw } from '../slack/messages.ts'
import type { Card, Row } from '../store/store.ts'
import { type Message, card as draw } from '../views/card.ts'
import type { Context, Dispatch } from './context.ts'
import { LEAVE_WITHIN, postOnce } from './post-once.ts'

/** A card that is deleted is posted again, but not for ever. */
const MOST_CARDS = 5

/** Posts the card where there is none. A channel that rejects it ends the request. */
export async function publishCard(context: Context, dispatch: Dispatch, id: string): Promise<void> {
  const row = await context.store.row(id)
  if (!row || row.card.shown) return
  const content = draw(row.migration, context.words)
  if (!isWorthPosting(row, content)) return
  try {
    await post(context, row, content)
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    const { message, lost } = error
    context.log.warn({ err: error, migration: id }, 'Slack rejected card')
    await dispatch(id, { type: 'undeliverable', error: message, ...(lost ? { lost } : {}) })
    await context.store.saveCard(id, { ...row.card, hash: hash(content) })
  }
}

/** What Slack rejected is tried again when something else is to be shown that cannot wait. */
function isWorthPosting({ migration: m, card }: Row, content: Message): boolean {
  if (m.ended?.ending.how === 'undeliverable' || card.number >= MOST_CARDS) return false
  return card.hash === undefined || (card.hash !== hash(content) && isUrgent(m))
}

async function post(context: Context, { migration: m, card }: Row, content: Message) {
  const { store, slack, log } = context
  const attempt = {
    key: `${m.id}:card:${card.number}`,
    since: card.postingSince,
    remember: (postingSince: string | undefined) => store.saveCard(m.id, { ...card, postingSince }),
  }
  const { ts, found } = await postOnce(context, { channel: m.channel }, content, attempt)
  const shown = { channel: m.channel, ts }
  const isSaved = await store.savePosted(m.id, {
    number: card.number + 1,
    postingSince: undefined,
    // What an earlier try posted may show an older state: without a hash it is drawn again.
    hash: found ? undefined : hash(content),
    shown,
  })
  if (isSaved) return
  // Another process took over while this one posted, and either found this card or posted its own.
  if ((await store.row(m.id))?.card.shown?.ts === ts) return
  log.warn({ migration: m.id }, 'card was posted twice, deleting one')
  await withdraw(slack.client, shown)
}

/** Milliseconds in which an edit arrives, if it does. */
const ARRIVES_WITHIN = 2 * LEAVE_WITHIN

/** Edits the card where it shows something else than the row. Milliseconds: not before then. */
export async function redrawCard(context: Context, id: string): Promise<number | void> {
  const { store, slack, clock, log, words } = context
  const leaveBy = deadlineIn(LEAVE_WITHIN, clock)
  const row = await store.row(id)
  if (!row?.card.shown) return
  const { migration: m, card } = row
  const { shown } = row.card
  const content = draw(m, words)
  if (hash(content) === card.hash) return
  return slack.rateLimits.respect('chat.update', async () => {
    const wait = slack.updates.take(isUrgent(m))
    if (wait) return wait
    const now = clock.now()
    await store.drawing(id, iso(now), iso(now + ARRIVES_WITHIN))
    if (isPast(leaveBy, clock)) return 0
    try {
      await update(slack.client, shown, content)
    } catch (error) {
      if (!(error instanceof RejectedError)) throw error
      log.warn({ err: error, migration: id }, 'Slack rejected card update')
    }
    await store.drawn(id, hash(content))
    // Another bot was drawing, or is still, or nobody knows whether its edit arrives: once more then.
    const after = await store.row(id)
    if (after && hash(draw(after.migration, words)) !== after.card.hash) return ARRIVES_WITHIN
  })
}

/** The card was deleted. */
export async function forgetCard({ store, log }: Context, id: string): Promise<void> {
  const row = await store.row(id)
  if (!row) return
  const gone: Card = { ...row.card, hash: undefined, shown: undefined }
  if (gone.number >= MOST_CARDS) log.error({ migration: id }, 'card was deleted too often')
  await store.saveCard(id, gone)
}

/** Percents can wait; questions, ends and everything that changes what people may do cannot. */
function isUrgent(m: Migration): boolean {
  const { check, compare, look } = m.watch ?? {}
  const isTicking = check !== undefined || compare?.state.at === 'running'
  return stageOf(m) !== 'watching' || (!isTicking && look?.status !== 'running')
}

function iso(time: number): string {
  return new Date(time).toISOString()
}

function hash(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('hex')
}
