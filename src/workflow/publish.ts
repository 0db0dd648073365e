import { MessageGoneError, RateLimitedError, answerOf, isTokenRefused } from '../slack/errors.ts'
import { RUN_MS } from '../store/store.ts'
import type { Context, Dispatch } from './context.ts'
import { forgetCard, publishCard, redrawCard } from './publish-card.ts'
import { publishNote } from './publish-note.ts'

/**
 * Brings Slack up to date with the row: the card, then what the history has not said yet, in order,
 * each once. A message whose fate is unknown is looked for before it is sent again.
 */
export async function publish(
  context: Context,
  dispatch: Dispatch,
  id: string,
): Promise<number | void> {
  const { store, clock, log } = context
  try {
    await publishCard(context, dispatch, id)
    const until = clock.monotonic() + RUN_MS / 2
    for (const entry of await store.undelivered(id)) {
      if (clock.monotonic() > until) return 0
      await publishNote(context, entry)
    }
    return await redrawCard(context, id)
  } catch (error) {
    if (error instanceof RateLimitedError) return error.wait
    if (error instanceof MessageGoneError) {
      log.warn({ err: error, migration: id }, 'card was deleted, posting it again')
      await forgetCard(context, id)
      return 0
    }
    if (isTokenRefused(error)) log.error({ migration: id }, tokenRefused(error))
    throw error
  }
}

function tokenRefused(error: unknown): string {
  return (
    `Slack does not accept SLACK_BOT_TOKEN: ${answerOf(error)}. Set a new one and restart the bot: ` +
    'it then posts what people missed.'
  )
}
