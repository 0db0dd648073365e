import type { Card } from './card.ts'
import type { Evidence } from './evidence.ts'
import { APPROVERS, GRACE, SEND_WITHIN } from './world.ts'

type Call = Evidence['calls'][number]

/**
 * Milliseconds from the attempt until DTS has received the call. The bytes need next to none of it:
 * the rest is for a busy machine.
 */
const LATEST = SEND_WITHIN + (GRACE - SEND_WITHIN) / 3

/** Whether each call that DTS received for a job came while its card let people expect one. */
export function judgeTimes(calls: Call[], cards: Card[]): string[] {
  return calls.flatMap(({ at }) => {
    const [first, ...others] = cards.map((card) => untimely(at, card))
    // Of several cards of one job, any may be the one whose call it is.
    return first && others.every((fault) => fault) ? [first] : []
  })
}

/** What is wrong with a call of this card that DTS received at this moment. */
function untimely(at: number, card: Card): string | undefined {
  const { versions, thread } = card
  const end = versions.find((one) => one.ended)
  if (end && at > end.at) return `called ${at - end.at} ms after its card said ${end.state}`

  const asked = Math.max(...versions.map((one) => (one.at <= at ? (one.request ?? 0) : 0)))
  if (!isApproved(card, asked, at)) return `called before anybody approved request ${asked}`

  const doubts = [
    ...versions.filter(({ state }) => state === 'unknown'),
    ...thread.filter(({ kind }) => kind === 'outcomeUnknown'),
  ]
  // The attempt is older than the first doubt about it.
  const doubted = Math.min(...doubts.map((one) => one.at))
  return at > doubted + LATEST ? `called ${at - doubted} ms after people read of it` : undefined
}

/** Whether somebody who may had pressed *Approve* for this request, or for a newer one. */
function isApproved({ clicks }: Card, request: number, at: number): boolean {
  return clicks.some(
    (click) =>
      APPROVERS.some((by) => by === click.user) &&
      click.request >= request &&
      Number(click.at) * 1000 <= at,
  )
}
