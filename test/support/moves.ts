import type { JobStatus, Look } from '../../src/dts/job.ts'
import type { Event } from '../../src/migration/event.ts'
import type { Migration } from '../../src/migration/migration.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { BEGIN, HOUR, TROUBLE as trouble, at } from './clock.ts'
import { LOOK } from './sample-migration.ts'

/** What can happen next, each in a few words. Two hours pass in between, or else one second. */
export type Move = keyof typeof EVENTS

export const ANN = 'U0ANN'
export const BO = 'U0BO'
export const CHEN = 'U0CHEN'
export const RULE = { approvers: [BO, CHEN], approvals: 2 }
/** The job ran before, was set back, and its check passed again. */
const RAN_BEFORE = at(-HOUR)

/** `now` in milliseconds. `request` and `token` are those of `m` now, `before` is the request before. */
type Moment = {
  m: Migration
  now: number
  operation: OperationName
  request: number
  before: number
  token: string
}
type Table = Record<string, (moment: Moment) => Event | undefined>

const BY_PEOPLE = {
  'Ann asks': ({ operation, now }) => ({
    type: 'requested',
    operation,
    requester: ANN,
    reason: 'It is time.',
    rule: RULE,
    expiresAt: at(now + HOUR),
  }),
  'Ann approves': ({ request }) => ({ type: 'approved', request, by: ANN }),
  'Bo approves': ({ request }) => ({ type: 'approved', request, by: BO }),
  'Chen approves': ({ request }) => ({ type: 'approved', request, by: CHEN }),
  'Bo approves the request before': ({ before }) => ({ type: 'approved', request: before, by: BO }),
  'Bo rejects': ({ request }) => rejected(request),
  'Bo rejects the request before': ({ before }) => rejected(before),
  'Bo says it took effect': ({ request }) => settled(request, true),
  'Bo says it had no effect': ({ request }) => settled(request, false),
  'Bo says so of the request before': ({ before }) => settled(before, true),
  'Bo stops watching': () => ({ type: 'watchStopped', by: BO }),
} as const satisfies Table

const LOOKS = {
  runs: ({ now }) => observed('running', now),
  ready: ({ now }) => observed('readyComplete', now),
  completes: ({ now }) => observed('completing', now),
  stops: ({ now }) => observed('stopping', now),
  waits: ({ now }) => observed('checkPass', now),
  'waits, ran before': ({ now }) => observed('checkPass', now, RAN_BEFORE),
  'waits, ran since': ({ now }) => observed('checkPass', now, at(0)),
  odd: ({ now }) => observed('unknown', now),
  success: ({ now }) => observed('success', now),
  failed: ({ now }) => observed('failed', now),
} as const satisfies Table

const token = 'another'
const EVENTS = {
  'time passes': () => undefined,
  ...BY_PEOPLE,
  ...LOOKS,
  expired: ({ request }) => ({ type: 'expired', request }),
  'the request before expired': ({ before }) => ({ type: 'expired', request: before }),
  undeliverable: () => ({ type: 'undeliverable', error: 'not_in_channel' }),
  changed: ({ m, now }) => ({
    type: 'changed',
    snapshot: { ...m.snapshot, digest: `d${now}` },
    expiresAt: at(now + HOUR),
  }),
  blocked: () => ({ type: 'blocked', status: 'running', statusCode: '7' }),
  delayed: () => ({ type: 'delayed', trouble }),
  attempted: ({ now }) => {
    return { type: 'attempted', token: `t${now}`, before: { startedAt: RAN_BEFORE } }
  },
  'denied unsent': () => ({ type: 'denied', trouble }),
  denied: (moment) => ({ type: 'denied', token: moment.token, trouble }),
  accepted: (moment) => ({ type: 'accepted', token: moment.token, requestId: 'r' }),
  throttled: (moment) => ({ type: 'throttled', token: moment.token, trouble }),
  lost: (moment) => ({ type: 'lost', token: moment.token, trouble }),
  'another denied': () => ({ type: 'denied', token, trouble }),
  'another accepted': () => ({ type: 'accepted', token, requestId: 'r' }),
  'another throttled': () => ({ type: 'throttled', token, trouble }),
  'another lost': () => ({ type: 'lost', token, trouble }),
  'an older look': ({ m }) => older(m),
  missing: () => ({ type: 'missing' }),
  unseen: () => ({ type: 'unseen', trouble }),
} as const satisfies Table

export const MOVES = Object.keys(EVENTS) as Move[]

/** Whether a person does it, so that it must be answered. */
export function isByPeople(move: Move): boolean {
  return move in BY_PEOPLE
}

/** Whether it is a look that shows the job, and is no older than the newest. */
export function isLook(move: Move): boolean {
  return move in LOOKS
}

/** Undefined where nothing happens to the migration. */
export function eventOf(move: Move, m: Migration, now: number, operation: OperationName) {
  const request = m.request?.number ?? 0
  const state = m.order?.state
  const sent = state && 'token' in state ? state.token : 'none'
  return EVENTS[move]({ m, now, operation, request, before: request - 1, token: sent })
}

function rejected(request: number): Event {
  return { type: 'rejected', request, by: BO, reason: 'no' }
}

function settled(request: number, tookEffect: boolean): Event {
  return { type: 'settled', request, by: BO, tookEffect }
}

function observed(status: JobStatus, now: number, startedAt?: string): Event {
  const look: Look = { ...LOOK, at: at(now), status, statusCode: status, startedAt }
  return { type: 'observed', look }
}

/** Asked before the newest look, or before an order was sent whose outcome is unknown. */
function older({ order, watch }: Migration): Event | undefined {
  const sent = order?.state.at === 'unknown' ? order.state.since : ''
  const [, newest] = [sent, watch?.look?.at ?? ''].toSorted()
  return newest ? observed('success', Date.parse(newest) - BEGIN - 1) : undefined
}
