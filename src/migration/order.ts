/** An approved operation on its way to DTS: sent at most once, or again where DTS itself refused. */
import type { Look, Snapshot } from '../dts/job.ts'
import { fail } from './ending.ts'
import type { Event, Next, Rules } from './event.ts'
import type { ApprovalRequest, Migration, Order, Sending, Unknown } from './migration.ts'
import type { OperationName } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { open } from './request.ts'

type Before = Extract<Event, { type: 'changed' | 'blocked' | 'delayed' | 'attempted' }>
type After = Extract<Event, { type: 'accepted' | 'throttled' | 'denied' | 'lost' }>

/** The look at the job before the call, and the attempt that is written down before it. */
export function beforeTheCall(m: Migration, event: Before, now: string, rules: Rules): Next {
  const { order, request } = m
  if (order?.state.at !== 'approved' || !request) return 'ignored'
  switch (event.type) {
    case 'blocked': {
      const { status, statusCode } = event
      return fail(m, now, { how: 'blocked', status, statusCode })
    }
    case 'changed':
      return open({ ...m, snapshot: event.snapshot }, askedAgain(request, m.snapshot, event))
    case 'delayed': {
      const { trouble } = event
      const deadline = Date.parse(order.approvedAt) + rules.patience
      if (Date.parse(now) > deadline) return fail(m, now, { how: 'denied', trouble })
      return { to: { ...m, order: { ...order, state: { at: 'approved', trouble } } }, todo: [] }
    }
    case 'attempted': {
      const { token, before } = event
      const state: Sending = { at: 'sending', since: now, token, before }
      return { to: { ...m, order: { ...order, attempts: order.attempts + 1, state } }, todo: [] }
    }
  }
}

function askedAgain(
  { operation, requester, reason, rule, number }: ApprovalRequest,
  changedFrom: Snapshot,
  { expiresAt }: { expiresAt: string },
): ApprovalRequest {
  const again = number + 1
  return { number: again, operation, requester, reason, rule, votes: [], expiresAt, changedFrom }
}

/** What DTS said to the attempt with this token. What belongs to another one comes too late. */
export function afterTheCall(m: Migration, event: After, now: string, rules: Rules): Next {
  const { order } = m
  if (order?.state.at === 'approved') {
    if (event.type !== 'denied' || event.token !== undefined) return 'ignored'
    return fail(m, now, { how: 'denied', trouble: event.trouble })
  }
  if (!order || order.state.token !== event.token) return 'ignored'
  if (event.type === 'accepted') {
    const to = accept(m, order, order.state.since, event.requestId)
    return { to, todo: [{ queue: 'watch' }], news: 'accepted' }
  }
  if (order.state.at !== 'sending') return 'ignored'
  switch (event.type) {
    case 'denied':
      return fail(m, now, { how: 'denied', trouble: event.trouble })
    case 'throttled': {
      const { trouble } = event
      if (order.attempts >= rules.sends) return fail(m, now, { how: 'denied', trouble })
      return {
        to: { ...m, order: { ...order, state: { at: 'approved', trouble } } },
        todo: [{ queue: 'send', delay: 1000 * 2 ** (order.attempts - 1) }],
        news: 'throttled',
      }
    }
    case 'lost': {
      const { since, token, before } = order.state
      const { trouble } = event
      const due = deadlineOf(order.operation, since, m.snapshot, rules)
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

export function after(iso: string, milliseconds: number): string {
  return new Date(Date.parse(iso) + milliseconds).toISOString()
}

export function later(a: string, b: string): string {
  return a > b ? a : b
}
