import type { Card } from './card.ts'
import type { Call } from './evidence.ts'
import { OPERATIONS } from './operations.ts'
import { REFUSED, type Request } from './requests.ts'
import { SENT_NOTHING } from './sentences.ts'
import { GRACE, SEND_WITHIN } from './world.ts'

/**
 * Milliseconds from the attempt until DTS has received the call. The bytes need next to none of it:
 * the rest is for a busy machine.
 */
const LATEST = SEND_WITHIN + (GRACE - SEND_WITHIN) / 3

/**
 * Whether DTS received the calls for a job that its cards let people expect, when they did, and
 * whether they did what people read. `cards`: all of this job.
 */
export function judgeCalls(calls: Call[], cards: Card[]): string[] {
  const shown = cards.toSorted((a, b) => firstAt(a) - firstAt(b))
  const faults = calls.length > 0 && shown.length === 0 ? ['called, and nobody asked'] : []
  return [...faults, ...shown.flatMap((card) => judgeCard(callsOf(card, calls, shown), card))]
}

function firstAt({ versions }: Card): number {
  return versions[0]?.at ?? 0
}

/** Those since this card was posted, or before any was, and until the next one was. */
function callsOf(card: Card, calls: Call[], cards: Card[]): Call[] {
  const nth = cards.indexOf(card)
  const next = cards[nth + 1]
  const [from, until] = [nth === 0 ? 0 : firstAt(card), next ? firstAt(next) : Infinity]
  return calls.filter(({ at }) => at >= from && at < until)
}

function judgeCard(calls: Call[], card: Card): string[] {
  const { requests, versions } = card
  const end = versions.find((one) => one.ended)
  const late = calls.filter((call) => end && call.at > end.at)
  return [
    ...late.map(
      (call) => `called ${call.at - (end?.at ?? 0)} ms after its card said ${end?.state}`,
    ),
    ...calls.flatMap((call) => unapproved(call, card)),
    ...requests.flatMap((request) => {
      const theirs = calls.filter((call) => approvedBefore(call, card)?.number === request.number)
      return [
        ...judgeNumber(theirs, request),
        ...judgeOutcome(theirs, request),
        ...judgeTimes(theirs, request, card),
      ]
    }),
  ]
}

/** The newest request for which somebody who may had pressed *Approve* before the call. */
function approvedBefore({ at }: Call, { requests }: Card): Request | undefined {
  return requests.findLast(({ clicks }) => clicks.some((click) => click.at <= at))
}

function unapproved(call: Call, card: Card): string[] {
  const asked = Math.max(
    ...card.versions.map((one) => (one.at <= call.at ? (one.request ?? 0) : 0)),
  )
  const request = approvedBefore(call, card)
  if (!request || request.number < asked) return [`called before anybody approved request ${asked}`]
  const { operation } = request
  return call.operation === operation
    ? []
    : [`called to ${OPERATIONS[call.operation].to} for an approval to ${OPERATIONS[operation].to}`]
}

function judgeNumber(calls: Call[], { operation, approvedBy }: Request): string[] {
  const { to } = OPERATIONS[operation]
  const sent = calls.filter(isSent).length
  const effective = calls.filter((one) => one.effective).length
  const faults: string[] = []
  if (effective > 1) faults.push(`${to}: took effect ${effective} times`)
  if (approvedBy.length === 0 && calls.length > 0) faults.push(`${to}: called, and nobody approved`)
  else if (sent > 1) faults.push(`${to}: called ${sent} times for one approval`)
  return faults
}

/** DTS refused the others before any work, so they are sent again. */
function isSent({ outcome }: Call): boolean {
  return outcome !== 'RequestLimitExceeded'
}

function judgeOutcome(calls: Call[], { operation, notes, outcomes }: Request): string[] {
  const { to } = OPERATIONS[operation]
  const isEffective = calls.some((one) => one.effective)
  const faults = outcomes.flatMap(({ is, says }): string[] => {
    if (is === 'took effect') {
      return isEffective ? [] : [`${to}: said to have taken effect, and it did not`]
    }
    if (SENT_NOTHING.test(says) && calls.some(isSent)) {
      return [`${to}: said that nothing was sent, and called`]
    }
    if (REFUSED.some((one) => one === is) && calls.length > 0) return [`${to}: ${is}, and called`]
    const isOpen = is === 'job ended'
    return isEffective && !isOpen ? [`${to}: said to have had no effect, and it did`] : []
  })
  const isDenied = notes.some(({ kind }) => kind === 'notDone') && isEffective
  return isDenied ? [...faults, `${to}: no sign of it, and it took effect`] : faults
}

function judgeTimes(calls: Call[], request: Request, { requests, versions }: Card): string[] {
  const { number, operation, clicks, notes, outcomes } = request
  const from = Math.min(...clicks.map(({ at }) => at))
  const next = requests.find((one) => one.number > number && one.clicks.length > 0)
  const until = Math.min(Infinity, ...(next?.clicks ?? []).map(({ at }) => at))
  const first = Math.min(...calls.map(({ at }) => at))
  const { to } = OPERATIONS[operation]
  return calls.flatMap(({ at }) => {
    // What people read of an attempt is younger than the attempt. After a rate limit there are more.
    const read = [
      ...versions.filter(
        (one) =>
          one.at >= from &&
          one.at < until &&
          (one.state === 'unknown' || (at === first && one.state === 'sending')),
      ),
      ...notes.filter(({ kind }) => kind === 'outcomeUnknown'),
    ]
    const since = Math.min(...read.map((one) => one.at))
    const told = outcomes.find((one) => at > one.at)
    return [
      ...(at > since + LATEST ? [`${to}: called ${at - since} ms after people read of it`] : []),
      ...(told ? [`${to}: called ${at - told.at} ms after people read: ${told.is}`] : []),
    ]
  })
}
