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
  const first = Math.min(...calls.map(({ at }) => at))
  return calls.flatMap(({ at }) => {
    const [fault, ...others] = cards.map((card) => untimely(at, card, at === first))
    // Of several cards of one job, any may be the one whose call it is.
    return fault && others.every((one) => one) ? [fault] : []
  })
}

/** What is wrong with a call of this card that DTS received at this moment. */
function untimely(at: number, card: Card, isFirst: boolean): string | undefined {
  const { versions, thread } = card
  const end = versions.find((one) => one.ended)
  if (end && at > end.at) return `called ${at - end.at} ms after its card said ${end.state}`

  const asked = Math.max(...versions.map((one) => (one.at <= at ? (one.request ?? 0) : 0)))
  if (!isApproved(card, asked, at)) return `called before anybody approved request ${asked}`

  // What people read of an attempt is younger than the attempt. After a rate limit there are more.
  const read = [
    ...versions.filter(({ state }) => state === 'unknown' || (isFirst && state === 'sending')),
    ...thread.filter(({ kind }) => kind === 'outcomeUnknown'),
  ]
  const since = Math.min(...read.map((one) => one.at))
  return at > since + LATEST ? `called ${at - since} ms after people read of it` : undefined
}

/** Whether somebody who may had pressed *Approve* for this request, or for a newer one. */
function isApproved({ clicks }: Card, request: number, at: number): boolean {
  return clicks.some(
    (click) =>
      APPROVERS.some((by) => by === click.user) && click.request >= request && click.at <= at,
  )
}
