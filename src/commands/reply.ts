import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RespondFn } from '@slack/bolt'
import { DtsError, DtsUnreachable } from '../dts/errors.ts'
import { Refused } from '../refusal.ts'
import { noticeMessage, noticeView } from '../views/notice.ts'
import { refused } from '../views/refusals.ts'
import { type Line, bold, code } from '../views/rich.ts'
import { troubleLines } from '../views/trouble.ts'
import { answerOf, errorName, isPassing, missingScope, waitAsked } from '../workflow/slack.ts'
import { troubleOf } from '../workflow/trouble.ts'
import type { Here } from './here.ts'

/**
 * The one place where what is thrown becomes a sentence for the person: a refusal says why, an
 * answer of DTS and a passing trouble of Slack are explained, anything else is an apology with an
 * incident id that the log has.
 */
export async function answering(
  here: Here,
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
      await say(sentence(here, person, error))
    } catch (unsaid) {
      here.log.error({ err: unsaid, user: person }, 'could not answer a person')
    }
  }
}

function sentence({ log, approvers }: Here, person: string, error: unknown): Line[] {
  if (error instanceof Refused) return refused(error.refusal, approvers)
  if (error instanceof DtsError || error instanceof DtsUnreachable) {
    return troubleLines(troubleOf(error), undefined)
  }
  const scope = missingScope(error)
  if (scope) return refused({ no: 'missingScope', scope }, approvers)
  if (isPassing(error)) {
    log.warn({ err: error, user: person }, 'Slack did not let the bot answer')
    const [said, seconds] = [answerOf(error), waitAsked(error)]
    return refused({ no: 'slackTrouble', error: said, seconds }, approvers)
  }

  const incident = randomBytes(4).toString('hex')
  log.error({ err: error, incident, user: person, slack: errorName(error) }, 'a command failed')
  return [
    [bold('That did not work, and it is not your fault.')],
    ['Tell an operator this incident id: ', code(incident)],
  ]
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
  const patience = sleep(PATIENCE, undefined, { signal: waited.signal }).catch(() => undefined)
  try {
    await Promise.race([said, patience])
  } finally {
    waited.abort()
  }
  await ack()
  await said
}

const PATIENCE = 1_000

/** An open form, by the id that Slack gave it or the name that we did. */
export type OpenForm = { id: string } | { name: string }

/** How `views.update` is told which form. */
export function whichView(form: OpenForm): { view_id: string } | { external_id: string } {
  return 'id' in form ? { view_id: form.id } : { external_id: form.name }
}

/** Says it in a form, in place of what is there; where Slack does not draw it, `otherwise`. */
export async function sayInForm(
  { log, slack }: Here,
  form: OpenForm,
  said: Line[],
  otherwise: () => Promise<unknown>,
): Promise<void> {
  try {
    await slack.client.views.update({ ...whichView(form), view: noticeView(said) })
  } catch (error) {
    log.warn({ err: error }, 'Slack did not take an answer into its form')
    await otherwise()
  }
}

/** A direct message: what is pressed in a form has no other way back. */
export async function sayDirectly({ slack }: Here, person: string, said: Line[]): Promise<void> {
  await slack.client.chat.postMessage({ channel: person, ...noticeMessage(TITLE, said) })
}

/** What its reader alone sees, in the channel. */
export async function whisper(respond: RespondFn, said: Line[]): Promise<void> {
  await respond({
    response_type: 'ephemeral',
    replace_original: false,
    ...noticeMessage(TITLE, said),
  })
}

const TITLE = 'A message from the DTS bot'

/**
 * An acknowledgement that may be called twice and never fails: when the connection to Slack is
 * lost meanwhile, what was recorded stays recorded.
 */
export function onceAcked<T extends unknown[]>(
  here: Here,
  ack: (...response: T) => Promise<void>,
): (...response: T) => Promise<void> {
  let acked = false
  return async (...response) => {
    if (acked) return
    acked = true
    try {
      await ack(...response)
    } catch (error) {
      here.log.warn({ err: error }, 'Slack did not get an acknowledgement')
    }
  }
}
