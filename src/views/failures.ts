import type { Trouble } from '../dts/trouble.ts'
import type { Failure, Migration } from '../migration/migration.ts'
import type { Line } from './rich.ts'
import { references, troubleLines } from './trouble.ts'
import type { Standing } from './watch-standing.ts'
import type { Wording } from './wording/wording.ts'
import { jobInText } from './mrkdwn.ts'

/**
 * A failure or an ending. `person`: who is mentioned. `quotes`: text from people or DTS, for the
 * thread. `details`: what the thread says instead of `says`, in blocks. `loud`: shown in the channel too.
 */
export type EndingText = Standing & {
  person: string
  quotes?: string[]
  details?: Line[][]
  loud?: true
}

/** The note about a lost answer no longer has its trouble. */
export type Failed =
  | Exclude<Failure, { how: 'noEffect' }>
  | { how: 'noEffect'; trouble?: Trouble; by?: string | undefined }

/** How the request of a migration, or its order, came to nothing. */
export function failureText(m: Migration, failure: Failed, words: Wording): EndingText {
  const { request, owner } = m
  const operation = request?.operation ?? 'start'
  const person = request?.requester ?? owner
  const again = words.endings.askAgain(operation, m.job.id)
  switch (failure.how) {
    case 'rejected': {
      const { by, reason } = failure
      const { title, text, withdrawn, textWithdrawn, says } = words.endings.rejected
      const isWithdrawn = by === person
      return {
        person,
        mark: '✖',
        title: isWithdrawn ? withdrawn : title,
        text: (isWithdrawn ? textWithdrawn : text)(operation, jobInText(m)),
        says: [says(by, operation)],
        next: [],
        quotes: [reason],
      }
    }
    case 'expired':
      return {
        person,
        mark: '✖',
        title: words.endings.expired.title,
        text: words.endings.expired.text(operation, jobInText(m)),
        says: [expired(m, words)],
        next: again,
      }
    case 'blocked': {
      const { title, text, says, saysItems } = words.endings.blocked
      return {
        person,
        mark: '✖',
        title: title(operation),
        text: text(operation, jobInText(m)),
        says: [failure.items ? saysItems(failure.items) : says(operation, failure)],
        next: again,
        loud: true,
      }
    }
    case 'denied': {
      const { title, text, next } = words.endings.denied
      return {
        person,
        mark: '❌',
        title: title(operation),
        text: text(operation, jobInText(m)),
        says: troubleLines(failure.trouble, words, person),
        next: next(operation),
        loud: true,
      }
    }
    case 'noEffect':
      return { person, ...noEffect(m, failure, words) }
  }
}

function expired({ request }: Migration, words: Wording): Line {
  const { says, saysVotes } = words.endings.expired
  const operation = request?.operation ?? 'start'
  return request && request.votes.length > 0
    ? saysVotes(request.votes.length, request.rule.approvals, operation)
    : says(operation)
}

function noEffect(
  m: Migration,
  { trouble, by }: Extract<Failed, { how: 'noEffect' }>,
  words: Wording,
): Omit<EndingText, 'person'> {
  const { title, text, says, saysBy, lookThenAsk } = words.endings.noEffect
  const operation = m.request?.operation ?? 'start'
  return {
    mark: '✖',
    title: title(operation),
    text: text(operation, jobInText(m)),
    says: [
      by ? saysBy(operation, by) : says(operation),
      ...(trouble ? references(trouble, words) : []),
    ],
    next: lookThenAsk(operation, m.job.id),
    loud: true,
  }
}
