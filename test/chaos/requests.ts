import type { Card, Click, Note } from './card.ts'
import type { Operation } from './operations.ts'
import { APPROVERS } from './world.ts'

/** A request for an operation, as people read of it in the thread and pressed on the card. */
export type Request = {
  /** Counts within the migration, from 1. */
  number: number
  operation: Operation
  requester: string
  /** As the thread says. */
  approvedBy: string[]
  /** *Approve*, by those who may, whatever became of it. */
  clicks: Click[]
  /** What the thread says of it, until the next one. */
  notes: Note[]
  /** One, unless something is wrong. */
  outcomes: Outcome[]
}

/**
 * What became of it, as people read. `asked again`: the next request is the same question.
 * `job ended`: nobody has to know any more. `at`: milliseconds since 1970.
 */
export type Outcome = {
  is: 'took effect' | 'asked again' | 'job ended' | 'Rejected' | 'Withdrawn' | 'Expired' | 'nothing'
  says: string
  by: string | undefined
  at: number
}

/** Both of a request, as in `how` of a note. */
export const REFUSED = ['Rejected', 'Withdrawn', 'Expired'] as const

type Told = Pick<Card, 'versions' | 'thread' | 'clicks' | 'owner' | 'says' | 'endedBy'>

/** The requests of a migration, from the first on. One that begins with a start has it on its card. */
export function requestsOf(card: Told): Request[] {
  const requests: Request[] = []
  const begin = (operation: Operation, requester: string): void => {
    const number = requests.length + 1
    const clicks = card.clicks.filter(
      ({ user, request }) => request === number && APPROVERS.some((by) => by === user),
    )
    const none = { approvedBy: [], notes: [], outcomes: [] }
    requests.push({ number, operation, requester, clicks, ...none })
  }
  const [first] = card.versions
  if (first?.state === 'asking' && first.operation) begin(first.operation, card.owner)
  // A card that was posted late: nobody could decide any more.
  else if (first?.state === 'Expired') begin('start', card.owner)
  for (const note of card.thread) {
    const asked = requests.at(-1)
    if (note.kind === 'requested' && note.operation) begin(note.operation, note.by ?? '')
    else if (asked) {
      asked.notes.push(note)
      if (note.kind === 'approvedBy') asked.approvedBy.push(note.by ?? '')
      const is = outcomeIn(note, asked)
      if (is) asked.outcomes.push({ is, ...wordsOf(note, card), at: note.at })
      if (is === 'asked again') begin(asked.operation, asked.requester)
    }
  }
  return requests
}

function outcomeIn({ kind, how = '' }: Note, asked: Request): Outcome['is'] | undefined {
  switch (kind) {
    case 'accepted':
    case 'tookEffect':
      return 'took effect'
    case 'changed':
    case 'outdated':
      return 'asked again'
    case 'failed':
      return REFUSED.find((one) => one === how) ?? 'nothing'
    case 'ended': {
      if (asked.outcomes.length > 0) return undefined
      if (how === 'Not started' || how === 'Did not start') return 'nothing'
      return REFUSED.find((one) => one === how) ?? 'job ended'
    }
    default:
      return undefined
  }
}

/** The end of a migration is said on its card, whole. */
function wordsOf({ kind, says }: Note, card: Told): Pick<Outcome, 'says' | 'by'> {
  return kind === 'ended'
    ? { says: card.says, by: card.endedBy }
    : { says, by: /^By @(\w+)\./m.exec(says)?.[1] }
}
