/** What people say to an approval request. */
import { end, fail } from './ending.ts'
import type { Event, NewRequest, News, Next, Step } from './event.ts'
import type { ApprovalRequest, Decision, Migration, Order, Rule, Vote } from './migration.ts'
import { openRequest, stageOf } from './migration.ts'
import { offersOf } from './offers.ts'
import type { Refusal } from './refusal.ts'

type Of<Type extends Event['type']> = Extract<Event, { type: Type }>

/** People are asked about an operation on a job that has a migration already. */
export function ask(m: Migration, asked: NewRequest): Next {
  if (m.ended) return { refusal: { no: 'tooLate', stage: 'ended' } }
  if (isSame(openRequest(m), asked)) return 'ignored'
  const busy = busyWith(m)
  if (busy) return { refusal: busy }
  const { operation } = asked
  if (!offersOf(m).some((one) => one === operation)) {
    return { refusal: { no: 'notNow', operation, look: m.watch?.look } }
  }
  return open(m, requestOf(asked, (m.request?.number ?? 0) + 1))
}

/** Whether a form was delivered twice. */
function isSame(open: ApprovalRequest | undefined, asked: NewRequest): boolean {
  const { operation, requester, reason, mode } = asked
  return (
    open?.operation === operation &&
    open.requester === requester &&
    open.reason === reason &&
    open.mode === mode
  )
}

/** The request that comes first: people decide about it, or its order is on its way. */
function busyWith(m: Migration): Extract<Refusal, { no: 'busy' }> | undefined {
  const { request, order } = m
  const stage = openRequest(m) ? 'asking' : order?.state.at
  if (!request || !stage) return undefined
  const { operation, requester } = request
  return { no: 'busy', operation, requester, stage }
}

/** The first request of a migration, or the next one. */
export function requestOf(asked: NewRequest, number: number): ApprovalRequest {
  const { operation, mode, skip, requester, reason, rule, expiresAt } = asked
  return { number, operation, mode, skip, requester, reason, rule, votes: [], expiresAt }
}

/** Puts the question to people. */
export function open(m: Migration, request: ApprovalRequest, news: News = 'requested'): Step {
  const { number, expiresAt } = request
  return {
    to: { ...m, request, order: undefined },
    todo: [{ queue: 'expire', request: number, at: expiresAt }],
    news,
  }
}

/** A vote, and with the last one that the rule wants an order. */
export function approve(m: Migration, { request, by }: Of<'approved'>, now: string): Next {
  return whileOpen(m, request, now, (asked) => {
    const { approvers } = asked.rule
    if (by === asked.requester) return { refusal: { no: 'selfApproval', approvers } }
    const voted = alreadyVoted(m, request, by)
    if (voted) return { refusal: voted }
    const votes = [...asked.votes, { by, at: now }]
    if (!isSatisfied(asked.rule, votes)) {
      return { to: { ...m, request: { ...asked, votes } }, todo: [], news: 'voted' }
    }
    const order: Order = {
      operation: asked.operation,
      request,
      approvedAt: now,
      attempts: 0,
      state: { at: 'approved' },
    }
    const decided = decide({ ...asked, votes }, { is: 'approved', at: now })
    return {
      to: { ...m, request: decided, order },
      todo: [{ queue: 'send', delay: 0 }],
      news: 'approved',
    }
  })
}

/** The "no" for whoever approved this request before, however it came out. */
export function alreadyVoted(m: Migration, request: number, by: string): Refusal | undefined {
  const asked = m.request
  const vote = asked?.number === request && asked.votes.find((one) => one.by === by)
  if (!asked || !vote) return undefined
  const { approvers, approvals } = asked.rule
  const missing = asked.decision ? 0 : approvals - new Set(asked.votes.map((one) => one.by)).size
  return { no: 'alreadyVoted', at: vote.at, missing, approvers }
}

/** Whether the rule has all the votes that it wants. Nobody is counted twice. */
export function isSatisfied({ approvals }: Rule, votes: Vote[]): boolean {
  return new Set(votes.map(({ by }) => by)).size >= approvals
}

export function reject(m: Migration, { request, by, reason }: Of<'rejected'>, now: string): Next {
  return whileOpen(m, request, now, (asked) => {
    const decided = decide(asked, { is: 'rejected', at: now, by, reason })
    return fail({ ...m, request: decided }, now, { how: 'rejected', by, reason })
  })
}

export function expire(m: Migration, { request }: Of<'expired'>, now: string): Next {
  const asked = openRequest(m)
  if (asked?.number !== request) return 'ignored'
  const decided = decide(asked, { is: 'expired', at: now })
  return fail({ ...m, request: decided }, now, { how: 'expired' })
}

/** Slack rejected the card, so nobody can see the question. */
export function undeliver(m: Migration, { error, lost }: Of<'undeliverable'>, now: string): Next {
  if (!openRequest(m) || m.watch) return 'ignored'
  return end(m, now, { how: 'undeliverable', error, lost })
}

function whileOpen(
  m: Migration,
  number: number,
  now: string,
  then: (asked: ApprovalRequest) => Next,
): Next {
  const asked = openRequest(m)
  if (!asked) return { refusal: { no: 'tooLate', stage: stageOf(m) } }
  if (asked.number !== number) return { refusal: { no: 'requestReplaced' } }
  if (now >= asked.expiresAt) {
    const { operation } = asked
    return { refusal: { no: 'requestExpired', operation, jobId: m.job.id } }
  }
  return then(asked)
}

function decide(asked: ApprovalRequest, decision: Decision): ApprovalRequest {
  return { ...asked, decision }
}
