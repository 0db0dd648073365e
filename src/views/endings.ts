import type { Ended, Ending, Migration } from '../migration/migration.ts'
import { checkedText } from './check.ts'
import { type EndingText, failureText } from './failures.ts'
import type { Line } from './rich.ts'
import { began } from './watch-standing.ts'
import type { Wording } from './wording/wording.ts'
import { jobInText } from './mrkdwn.ts'

/** How a migration ended, for the card and the thread. */
export function endingText(m: Migration, { at, ending }: Ended, words: Wording): EndingText {
  const { endings } = words
  const owned = { person: m.owner, next: endings.look(), loud: true } as const
  switch (ending.how) {
    case 'done': {
      const { title, text } = endings.done
      const took = m.watch && Date.parse(at) - Date.parse(began(m.watch, m.watch.look))
      const says = requestClosed(m, words)
      const headed = { title: title(took), text: text(title(took), jobInText(m)) }
      return { ...owned, mark: '✅', ...headed, says, next: [] }
    }
    case 'failed':
      return { ...failed(m, ending, words), person: m.owner }
    case 'stopped': {
      const { title, text, says } = endings.stopped
      return { ...owned, mark: '⏹', title, text: text(jobInText(m)), says: [says()], next: [] }
    }
    case 'notRunning':
      return notRunning(m, ending, words)
    case 'checked':
      return { ...checkedText(m, ending, words), person: m.owner, loud: true }
    case 'watchStopped': {
      const { title, text, says } = endings.watchStopped
      return { ...owned, mark: '❓', title, text: text(jobInText(m)), says: [says(ending.by)] }
    }
    case 'gone': {
      const { title, text, says } = endings.gone
      return { ...owned, mark: '❓', title, text: text(jobInText(m)), says: [says(m.job.region)] }
    }
    case 'undeliverable':
      return undeliverable(m, ending, words)
    case 'rejected':
    case 'expired':
    case 'blocked':
    case 'denied':
    case 'noEffect':
      return failureText(m, ending, words)
  }
}

/** Nobody has to decide any more about a job that has ended. */
function requestClosed({ request }: Migration, words: Wording): Line[] {
  return request && !request.decision ? [words.endings.requestClosed(request.operation)] : []
}

function failed(
  m: Migration,
  { errors, requestId, stopLost }: Extract<Ending, { how: 'failed' }>,
  words: Wording,
): Omit<EndingText, 'person'> {
  const { title, text, says, turn, noReason, stopLost: unclear } = words.endings.failed
  return {
    mark: '❌',
    title,
    text: (stopLost ? unclear.text : text)(jobInText(m)),
    says: [
      (stopLost ? unclear.says : says)(),
      ...(requestId ? [words.trouble.requestId(requestId)] : []),
      ...requestClosed(m, words),
    ],
    next: stopLost ? words.endings.look() : turn(m.owner, m.job.id),
    quotes: errors.length > 0 ? errors.map(({ log }) => log) : [noReason],
    loud: true,
  }
}

function notRunning(
  m: Migration,
  { status, statusCode }: Extract<Ending, { how: 'notRunning' }>,
  words: Wording,
): EndingText {
  const { title, text, says, saysAccepted, lookThenAsk } = words.endings.notRunning
  const isOurs = m.watch?.accepted !== undefined
  return {
    person: m.owner,
    mark: '❓',
    title,
    text: text(jobInText(m)),
    says: [(isOurs ? saysAccepted : says)(status, statusCode)],
    next: isOurs ? lookThenAsk(m.job.id) : words.endings.look(),
    loud: true,
  }
}

function undeliverable(
  m: Migration,
  { error, lost }: Extract<Ending, { how: 'undeliverable' }>,
  words: Wording,
): EndingText {
  const { title, text, says, lost: maybePosted, next } = words.endings.undeliverable
  const operation = m.request?.operation ?? 'start'
  return {
    person: m.owner,
    mark: '✖',
    title,
    text: text(operation, jobInText(m)),
    says: [says(error), ...(lost ? [maybePosted()] : [])],
    next: next(operation, m.job.id),
  }
}
