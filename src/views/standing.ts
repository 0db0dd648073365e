import type {
  ApprovalRequest,
  Blind,
  Migration,
  Order,
  Unknown,
  Watch,
} from '../migration/migration.ts'
import { openRequest } from '../migration/migration.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { checkStanding } from './check.ts'
import { endingText } from './endings.ts'
import { lookShown } from './look.ts'
import type { Line } from './rich.ts'
import { blindLines, references, troubleLines } from './trouble.ts'
import { type Standing, watchStanding } from './watch-standing.ts'
import type { Wording } from './wording/wording.ts'
import { jobInText } from './mrkdwn.ts'

/** Where a migration stands. People are asked first, whatever else is going on. */
export function standing(m: Migration, words: Wording): Standing {
  if (m.ended) return endingText(m, m.ended, words)
  const asked = openRequest(m)
  if (asked) return asking(m, asked, words)
  if (m.order) return ordered(m, m.order, words)
  const { check } = m.watch ?? {}
  const seen = check ? checkStanding(m, check, words) : watchStanding(m, m.watch, words)
  return m.watch?.blind ? outOfSight(m, seen.title, m.watch.blind, words) : seen
}

function asking(m: Migration, asked: ApprovalRequest, words: Wording): Standing {
  const { number, operation, requester, mode, rule, votes, expiresAt } = asked
  const isAgain = number > 1 && asked.changedFrom !== undefined
  const { title, titleAgain, text, textAgain, votes: counted, mayApprove } = words.card.asking
  const people = votes.map(({ by }) => by)
  return {
    mark: '⏳',
    title: isAgain ? titleAgain(operation) : title(operation),
    text: (isAgain ? textAgain : text)(
      operation,
      `<@${requester}>`,
      jobInText(m),
      OPERATIONS[operation].hurts(m.snapshot, mode),
    ),
    says: [
      ...beside(m.watch, words),
      ...(rule.approvals > 1 ? [counted(people, rule.approvals)] : []),
    ],
    next: mayApprove(rule.approvers, expiresAt),
  }
}

function ordered(m: Migration, order: Order, words: Wording): Standing {
  const { operation, state } = order
  const people = m.request?.votes.map(({ by }) => by) ?? []
  const approved = people.length > 0 ? [words.card.approvedBy(people)] : []
  const now = beside(m.watch, words)
  const headed = (title: string) => ({ title, text: words.card.text(title, jobInText(m)) })
  switch (state.at) {
    case 'approved': {
      const { title, next, delayed } = words.card.approved
      return {
        mark: '⏳',
        ...headed(title(operation)),
        says: [...approved, ...(state.trouble ? troubleLines(state.trouble, words) : []), ...now],
        next: state.trouble ? delayed(operation) : next(operation),
      }
    }
    case 'sending': {
      const { title, next } = words.card.sending
      const says = [...approved, ...now]
      return { mark: '⏳', ...headed(title(operation)), says, next: next(operation) }
    }
    case 'unknown':
      return unknown(m, order, state, words)
  }
}

function unknown(m: Migration, { operation }: Order, state: Unknown, words: Wording): Standing {
  const { title, text, textBlind, sent, dtsSaid, findingOut, lookThere } = words.card.unknown
  const { trouble, deadline } = state
  const { watch } = m
  const blind = watch?.blind
  return {
    mark: '❓',
    title: title(),
    text: (blind ? textBlind : text)(operation, jobInText(m)),
    says: [
      sent(operation, trouble),
      ...(trouble.kind === 'error' ? [dtsSaid(trouble.code)] : []),
      ...references(trouble, words),
      ...(blind ? blindLines(blind, watch?.look, words) : beside(watch, words)),
    ],
    next: blind ? lookThere() : findingOut(operation, deadline),
  }
}

/** How the job is while people decide, or an order is on its way. */
function beside(watch: Watch | undefined, words: Wording): Line[] {
  if (!watch) return []
  if (watch.blind) return [words.card.watching.blind()]
  return watch.look ? [words.card.watching.now(lookShown(watch.look))] : []
}

function outOfSight(m: Migration, title: string, blind: Blind, words: Wording): Standing {
  const { blindTitle, textBlind, lastSeen, blindNext } = words.card.watching
  const { watch } = m
  const isTelling = watch?.look !== undefined && watch.look.status !== 'unknown'
  return {
    mark: '❓',
    title: blindTitle(),
    text: textBlind(jobInText(m)),
    says: [...(isTelling ? [lastSeen(title)] : []), ...blindLines(blind, watch?.look, words)],
    next: blindNext(),
  }
}
