/** An approved operation on its way to DTS: sent at most once, or again where DTS itself refused. */
import type { Look, Snapshot } from '../dts/job.ts'
import { fail } from './ending.ts'
import type { Event, Next, Rules } from './event.ts'
import type { ApprovalRequest, Migration, Order, Sending, Unknown } from './migration.ts'
import type { OperationName } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { open } from './request.ts'
import { after, earlier, later } from './times.ts'

type Before = Extract<Event, { type: 'changed' | 'outdated' | 'blocked' | 'delayed' | 'attempted' }>
type After = Extract<Event, { type: 'accepted' | 'throttled' | 'denied' | 'lost' }>

/** The look at the job before the call, and the attempt that is written down before it. */
export function beforeTheCall(m: Migration, event: Before, now: string, rules: Rules): Next {
  const { order, request } = m
  if (order?.state.at !== 'approved' || order.request !== event.request || !request) {
    return 'ignored'
  }
  switch (event.type) {
    case 'blocked': {
      const { status, statusCode, items } = event
      return fail(m, now, { how: 'blocked', status, statusCode, items })
    }
    case 'changed':
      return open(
        { ...m, snapshot: event.snapshot },
        askedAgain(request, m.snapshot, event),
        'changed',
      )
    case 'outdated':
      return open(m, askedAgain(request, undefined, event), 'outdated')
    case 'delayed': {
      const { trouble } = event
      return { to: { ...m, order: { ...order, state: { at: 'approved', trouble } } }, todo: [] }
    }
    case 'attempted': {
      if (isOutdated(order, now, rules)) return 'ignored'
      const { token, before } = event
      const state: Sending = { at: 'sending', since: now, token, before }
      return { to: { ...m, order: { ...order, attempts: order.attempts + 1, state } }, todo: [] }
    }
  }
}

/**
 * Whether the approval is too old to act on, whatever happened since. One that lies in the future was
 * given while the clock was wrong, so nobody knows how old it is.
 */
export function isOutdated({ approvedAt }: Order, now: string, { patience }: Rules): boolean {
  return Math.abs(Date.parse(now) - Date.parse(approvedAt)) > patience
}

function askedAgain(
  { operation, mode, skip, requester, reason, rule, number }: ApprovalRequest,
  changedFrom: Snapshot | undefined,
  { expiresAt }: { expiresAt: string },
): ApprovalRequest {
  const again = number + 1
  return {
    number: again,
    operation,
    mode,
    skip,
    requester,
    reason,
    rule,
    votes: [],
    expiresAt,
    changedFrom,
  }
}

/** What DTS said to the attempt with this token. What belongs to another one comes too late. */
export function afterTheCall(m: Migration, event: After, now: string, rules: Rules): Next {
  const { order } = m
  if (order?.state.at === 'approved') {
    const isUnsent = event.type === 'denied' && event.token === undefined
    if (!isUnsent || event.request !== order.request) return 'ignored'
    return fail(m, now, { how: 'denied', trouble: event.trouble })
  }
  if (!order || order.state.token !== event.token) return 'ignored'
  if (event.type === 'accepted') {
    const to = accept(m, order, order.state.since, event.requestId)
    return { to, todo: [{ queue: 'watch' }], news: 'accepted' }
  }
  // A clear "no" that comes late settles an unknown outcome, too.
  if (event.type === 'denied') return fail(m, now, { how: 'denied', trouble: event.trouble })
  const isLate = order.state.at === 'unknown'
  switch (event.type) {
    case 'throttled': {
      const { trouble } = event
      if (isLate || order.attempts >= rules.sends) return fail(m, now, { how: 'denied', trouble })
      return {
        to: { ...m, order: { ...order, state: { at: 'approved', trouble } } },
        todo: [{ queue: 'send', delay: 1000 * 2 ** (order.attempts - 1) }],
        news: 'throttled',
      }
    }
    case 'lost': {
      if (isLate) return 'ignored'
      const { since, token, before } = order.state
      const { trouble } = event
      const due = deadlineOf(order.operation, earlier(since, now), m.snapshot, rules)
      const state: Unknown = {
        at: 'unknown',
        since,
        token,
        before,
        trouble,
        deadline: later(due, now),
      }
      const watch = { ...(m.watch ?? { since }), blind: undefined }
      return {
        to: { ...m, order: { ...order, state }, watch },
        todo: [{ queue: 'watch' }],
        news: 'outcomeUnknown',
      }
    }
  }
}

/** DTS accepted the operation, or a look or a person says that it took effect. */
export function accept(
  m: Migration,
  { operation }: Order,
  since: string,
  requestId?: string,
): Migration & { watch: object } {
  const watch = m.watch && !OPERATIONS[operation].begins ? m.watch : { since }
  const accepted = { operation, since, requestId }
  return { ...m, order: undefined, watch: { ...watch, accepted, blind: undefined } }
}

/** The moment (ISO, UTC) after which an operation that took effect would show in the job's status. */
export function deadlineOf(
  operation: OperationName,
  since: string,
  snapshot: Snapshot,
  { grace }: Rules,
  look?: Look,
): string {
  return after(OPERATIONS[operation].actsFrom(since, snapshot, look), grace)
}
