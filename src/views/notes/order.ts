import { STATUSES } from '../../dts/job.ts'
import type { Event } from '../../migration/event.ts'
import type { Migration, Order, Unknown } from '../../migration/migration.ts'
import type { OperationName } from '../../migration/operation.ts'
import { blindLines, references, troubleLines } from '../trouble.ts'
import type { Wording } from '../wording/wording.ts'
import { type Note, say, sayLoud } from './say.ts'
import { ready } from './watch.ts'
import { jobInText } from '../mrkdwn.ts'

export function accepted(
  m: Migration,
  operation: OperationName,
  requestId: string,
  words: Wording,
): Note {
  const { text, says, timed } = words.notes.accepted
  const isTimed = operation === 'start' && m.snapshot.runMode === 'timed'
  return say(
    text(operation, jobInText(m)),
    isTimed ? timed(m.snapshot) : says(operation),
    ...(requestId ? [words.trouble.requestId(requestId)] : []),
  )
}

export function throttled(m: Migration, { operation, state }: Order, words: Wording): Note {
  const { text, says } = words.notes.throttled
  const trouble = state.at === 'approved' ? state.trouble : undefined
  return say(
    text(operation, jobInText(m)),
    says(operation),
    ...(trouble ? references(trouble, words) : []),
  )
}

export function outcomeUnknown(
  m: Migration,
  { operation }: Order,
  { trouble, deadline }: Unknown,
  words: Wording,
): Note {
  const { text, title } = words.notes.outcomeUnknown
  const { sent, findingOut } = words.card.unknown
  return sayLoud(
    text(operation, jobInText(m)),
    [...title(), ' ', ...sent(operation, trouble)],
    ...troubleLines(trouble, words, m.request?.requester),
    findingOut(operation, deadline),
  )
}

/** The bot cannot find out, so people have to look. */
export function cannotTell(m: Migration, { operation }: Order, words: Wording): Note {
  const { text, says, turn } = words.notes.cannotTell
  const blind = m.watch?.blind
  return sayLoud(
    text(operation, jobInText(m)),
    says(operation),
    ...(blind ? blindLines(blind, m.watch?.look, words) : []),
    turn(m.request?.rule.approvers ?? [m.owner]),
  )
}

/**
 * An order whose answer was lost did take effect: a look says so, or a person. A job that is ready to
 * cut over by then is news of its own.
 */
export function tookEffect(
  m: Migration,
  operation: OperationName,
  event: Event,
  words: Wording,
): Note | undefined {
  const { text, says, saysAlone, saysWhen, saysBy } = words.notes.tookEffect
  const title = text(operation, jobInText(m))
  if (event.type === 'settled') return say(title, saysBy(operation, event.by))
  if (event.type === 'checked') return say(title, saysAlone(operation))
  if (event.type !== 'observed') return undefined
  const { look } = event
  if (look.status === 'readyComplete') {
    const news = ready(m, words)
    const { blocks } = say(title, says(operation, look))
    return { ...news, text: `${title} ${news.text}`, blocks: [...blocks, ...news.blocks] }
  }
  const hasStopped = operation === 'start' && !STATUSES[look.status].atWork
  return hasStopped && look.startedAt
    ? say(title, saysWhen(operation, look.startedAt, look))
    : say(title, says(operation, look))
}
