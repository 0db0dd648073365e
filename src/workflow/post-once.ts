import { deadlineIn, isPast } from '../dts/deadline.ts'
import { RejectedError, isRefusal, isUnreadable } from '../slack/errors.ts'
import { type Content, type Target, findPosted, post } from '../slack/messages.ts'
import type { Context } from './context.ts'

/** One message. `since`: when an earlier try to post it began, if that did not come to an end. */
export type Attempt = {
  key: string
  since: string | undefined
  remember: (since: string | undefined) => Promise<void>
}

/**
 * Posts a message unless an earlier try has arrived (`found`). Throws RejectedError, with `lost` when
 * an earlier try may have arrived where nobody can look, and what else slack/errors.ts names.
 */
export async function postOnce(
  context: Context,
  target: Target,
  content: Content,
  attempt: Attempt,
): Promise<{ ts: string; found: boolean }> {
  return context.slack.rateLimits.respect(`chat.postMessage ${target.channel}`, () =>
    findOrPost(context, target, content, attempt),
  )
}

/**
 * Milliseconds from a look to what is posted or drawn because of it. A bot that was paused in between may
 * no longer have the work, and another one may have said something newer.
 */
export const LEAVE_WITHIN = 10_000

async function findOrPost(
  { slack: { client }, clock, log }: Context,
  target: Target,
  content: Content,
  { key, since, remember }: Attempt,
): Promise<{ ts: string; found: boolean }> {
  let lost = since !== undefined
  // A direct message goes to a user id, which has no history that we may read.
  if (since && !/^[UW]/.test(target.channel)) {
    try {
      const ts = await findPosted(client, target, key, since)
      if (ts) return { ts, found: true }
      lost = false
    } catch (error) {
      // That we may not look says nothing about what was posted, nor about what may be posted now.
      if (!isUnreadable(error)) throw error
      log.warn({ err: error, key }, 'cannot check whether message was posted, it may appear twice')
    }
  }
  const leaveBy = deadlineIn(LEAVE_WITHIN, clock)
  await remember(since ?? new Date(clock.now()).toISOString())
  if (isPast(leaveBy, clock)) throw new Error('too late to post, looking again')
  try {
    return { ts: await post(client, target, content, key), found: false }
  } catch (error) {
    if (isRefusal(error) && !lost) await remember(undefined)
    if (error instanceof RejectedError && lost) throw new RejectedError(error.message, lost)
    throw error
  }
}
