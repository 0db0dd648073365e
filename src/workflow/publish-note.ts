import { RejectedError } from '../slack/errors.ts'
import type { Target } from '../slack/messages.ts'
import type { Entry, Row } from '../store/store.ts'
import { type Note, note } from '../views/notes.ts'
import type { Context } from './context.ts'
import { postOnce } from './post-once.ts'

/** Says in the thread what an entry of the history has to say, if it has. */
export async function publishNote(context: Context, entry: Entry): Promise<void> {
  const { store, clock, words } = context
  const row = await store.row(entry.migrationId)
  const message = note(entry, words)
  if (row && message) await deliver(context, row, entry, message)
  await store.delivered(entry.migrationId, entry.seq, new Date(clock.now()).toISOString())
}

/**
 * If the channel rejects an important message, it goes to the owner as a direct message. That may
 * arrive twice when an answer is lost, because nobody can look there; silence would be worse.
 */
async function deliver(
  context: Context,
  row: Row,
  { migrationId, seq, news, postingSince }: Entry,
  message: Note,
): Promise<void> {
  const { store, log } = context
  const attempt = {
    key: `${migrationId}:${seq}`,
    since: postingSince,
    remember: (since: string | undefined) => store.posting(migrationId, seq, since),
  }
  for (const target of targets(row, message)) {
    try {
      await postOnce(context, target, message, attempt)
      return
    } catch (error) {
      if (!(error instanceof RejectedError)) throw error
      log.warn({ err: error, migration: migrationId, news, ...target }, 'Slack rejected message')
    }
  }
  log.error({ migration: migrationId, news }, 'message undeliverable')
}

function targets({ migration: m, card: { shown } }: Row, { broadcast }: Note): Target[] {
  const direct = { channel: m.owner }
  if (!shown) return [direct]
  const thread = { channel: shown.channel, thread: shown.ts, broadcast }
  return broadcast ? [thread, direct] : [thread]
}
