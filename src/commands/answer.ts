import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RespondFn } from '@slack/bolt'
import { DtsError, DtsUnreachableError } from '../dts/errors.ts'
import { troubleOf } from '../dts/trouble.ts'
import { RefusedError } from '../migration/refusal.ts'
import { answerOf, errorName, isTransient, missingScope, retryAfter } from '../slack/errors.ts'
import { noticeMessage } from '../views/notice.ts'
import { refusalLines } from '../views/refusals.ts'
import type { Line } from '../views/rich.ts'
import { troubleLines } from '../views/trouble.ts'
import type { CommandContext } from './context.ts'

/**
 * The one place where what is thrown becomes a sentence for the person: a refusal says why, an
 * answer of DTS and a passing trouble of Slack are explained, anything else is an apology with an
 * incident id that the log has.
 */
export async function answering(
  context: CommandContext,
  person: string,
  say: (said: Line[]) => Promise<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    // The same click or command was delivered before, and its form was opened then.
    if (errorName(error) === 'exchanged_trigger_id') return
    try {
      await say(sentence(context, person, error))
    } catch (unsaid) {
      context.log.error({ err: unsaid, user: person }, 'answer undeliverable')
    }
  }
}

function sentence({ log, words }: CommandContext, person: string, error: unknown): Line[] {
  if (error instanceof RefusedError) return refusalLines(error.refusal, words)
  if (error instanceof DtsError || error instanceof DtsUnreachableError) {
    log.warn({ err: error, user: person }, 'DTS call failed')
    return troubleLines(troubleOf(error), words)
  }
  const scope = missingScope(error)
  if (scope) return refusalLines({ no: 'missingScope', scope }, words)
  if (isTransient(error)) {
    log.warn({ err: error, user: person }, 'Slack call failed')
    const [said, seconds] = [answerOf(error), retryAfter(error)]
    return refusalLines({ no: 'slackTrouble', error: said, seconds }, words)
  }

  const incident = randomBytes(4).toString('hex')
  log.error({ err: error, incident, user: person, slack: errorName(error) }, 'command failed')
  return words.incident(incident)
}

/**
 * Says it, and then acknowledges: when it cannot be said, or the bot ends in between, Slack shows the
 * person an error, not nothing. Slack waits three seconds for an acknowledgement; what takes longer to
 * say comes after it.
 */
export async function sayThenAck(
  ack: () => Promise<void>,
  say: () => Promise<void>,
): Promise<void> {
  const said = say()
  const waited = new AbortController()
  const patience = sleep(SAY_MS, undefined, { signal: waited.signal }).catch(() => undefined)
  try {
    await Promise.race([said, patience])
  } finally {
    waited.abort()
  }
  await ack()
  await said
}

const SAY_MS = 1_000

/** A direct message: what is pressed in a form has no other way back. */
export async function sayDirectly(
  { slack }: CommandContext,
  person: string,
  said: Line[],
): Promise<void> {
  await slack.client.chat.postMessage({ channel: person, ...noticeMessage(said) })
}

/** What its reader alone sees, in the channel. */
export async function whisper(respond: RespondFn, said: Line[]): Promise<void> {
  await respond({ response_type: 'ephemeral', replace_original: false, ...noticeMessage(said) })
}

/**
 * An acknowledgement that may be called twice and never fails: when the connection to Slack is
 * lost meanwhile, what was recorded stays recorded.
 */
export function onceAcked<T extends unknown[]>(
  { log }: CommandContext,
  ack: (...response: T) => Promise<void>,
): (...response: T) => Promise<void> {
  let acked = false
  return async (...response) => {
    if (acked) return
    acked = true
    try {
      await ack(...response)
    } catch (error) {
      log.warn({ err: error }, 'acknowledgement failed')
    }
  }
}
