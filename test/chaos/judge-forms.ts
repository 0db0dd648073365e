import { text } from '../../playground/workspace/read.ts'
import { type Card, requestIn } from './card.ts'
import type { Evidence } from './evidence.ts'
import { isAbout, isOf } from './judge-requests.ts'
import { OPERATIONS } from './operations.ts'
import { askedIn, payloadOf } from './payload.ts'
import { readBusy } from './sentences.ts'

/** What became of the forms that people submitted: as Slack was told, and as people read. */
export function judgeForms(evidence: Evidence, cards: Card[]): string[] {
  return [
    ...lostRequests(evidence, cards),
    ...untrueRefusals(evidence, cards),
    ...lostRejections(evidence, cards),
  ]
}

/** A form that was taken is a request that people read of. */
function lostRequests({ deliveries }: Evidence, cards: Card[]): string[] {
  const lost = askedIn(deliveries).filter((one) => {
    const theirs = cards.filter((card) => isAbout(one, card)).flatMap(({ requests }) => requests)
    const isRead = theirs.some(
      ({ operation, requester }) => operation === one.operation && requester === one.by,
    )
    return one.taken && !isRead
  })
  return lost.map(
    ({ operation, about: what, by }) =>
      `${what}: taken from ${by} to ${OPERATIONS[operation].to}, and nobody read of it`,
  )
}

/** Whoever is said to come first had asked for just that. */
function untrueRefusals({ deliveries }: Evidence, cards: Card[]): string[] {
  return askedIn(deliveries).flatMap((one) => {
    const first = busyIn(one.answer?.view?.blocks)
    if (!first) return []
    const theirs = cards.filter((card) => isAbout(one, card)).flatMap(({ requests }) => requests)
    const isTrue = theirs.some(
      ({ operation, requester }) => operation === first.operation && requester === first.by,
    )
    return isTrue ? [] : [`${one.about}: refused because of ${first.by}, who did not ask for that`]
  })
}

/** Whose request comes first, where a form says so. */
export function busyIn(blocks: Record<string, unknown>[] | undefined) {
  return blocks && readBusy(text({ blocks }))
}

/** A rejection that was acknowledged is what became of the request, and no other is. */
function lostRejections({ deliveries }: Evidence, cards: Card[]): string[] {
  const submitted = deliveries.flatMap((one) => {
    const { type, view, user, answer } = payloadOf(one)
    if (type !== 'view_submission' || view?.callback_id !== 'dts_reject_form') return []
    const card = cards.find((of) => isOf(view.private_metadata, of))
    const number = requestIn(view.private_metadata)
    const request = card?.requests.find((of) => of.number === number)
    return [{ card, request, by: user?.id, taken: one.ok && !answer?.response_action }]
  })
  const all = cards.flatMap((card) =>
    card.requests.flatMap((request) =>
      request.outcomes
        .filter(({ is }) => is === 'Rejected' || is === 'Withdrawn')
        .map((outcome) => ({ card, request, ...outcome })),
    ),
  )
  const lost = submitted.filter(
    ({ request, taken }) => taken && !all.some((one) => one.request === request),
  )
  const madeUp = all.filter(
    ({ request, by }) => !submitted.some((one) => one.request === request && one.by === by),
  )
  return [
    ...lost.map(({ card, request }) => {
      const became = request?.outcomes.map(({ is }) => is).join() ?? 'nothing'
      return `${card?.jobId}: a rejection was taken, and the request became: ${became}`
    }),
    ...madeUp.map(({ card, is, by }) => `${card.jobId}: ${is} by ${by}, who did not`),
  ]
}
