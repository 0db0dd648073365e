import type { JobStatus, Look } from '../../src/dts/job.ts'
import type { Event } from '../../src/migration/event.ts'
import type { Migration } from '../../src/migration/migration.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { BEGIN, DAY, HOUR, TROUBLE as trouble, at } from './clock.ts'
import { LOOK } from './sample-migration.ts'

/** What can happen next, each in a few words. */
export type Move = keyof typeof EVENTS

export const ANN = 'U0ANN'
export const BO = 'U0BO'
export const CHEN = 'U0CHEN'
/** Also of the first request: asking the same twice is one request. */
export const REASON = 'It is time.'
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
    reason: REASON,
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
  runs: ({ m, now }) => observed(m, 'running', now),
  ready: ({ m, now }) => observed(m, 'readyComplete', now),
  completes: ({ m, now }) => observed(m, 'completing', now),
  stops: ({ m, now }) => observed(m, 'stopping', now),
  waits: ({ m, now }) => observed(m, 'checkPass', now),
  'waits, ran before': ({ m, now }) => observed(m, 'checkPass', now, RAN_BEFORE),
  'waits, ran since': ({ m, now }) => observed(m, 'checkPass', now, at(0)),
  odd: ({ m, now }) => observed(m, 'unknown', now),
  success: ({ m, now }) => observed(m, 'success', now),
  failed: ({ m, now }) => observed(m, 'failed', now),
} as const satisfies Table

/** Somebody sets the clock. */
const SET = {
  'a day ahead': () => undefined,
  'a day back': () => undefined,
} as const satisfies Table

const token = 'another'
const EVENTS = {
  ...SET,
  'time passes': () => undefined,
  ...BY_PEOPLE,
  ...LOOKS,
  expired: ({ request }) => ({ type: 'expired', request }),
  'the request before expired': ({ before }) => ({ type: 'expired', request: before }),
  undeliverable: () => ({ type: 'undeliverable', error: 'not_in_channel' }),
  changed: ({ m, now, request }) => changed(m, now, request),
  outdated: ({ now, request }) => outdated(now, request),
  blocked: ({ request }) => blocked(request),
  delayed: ({ request }) => ({ type: 'delayed', request, trouble }),
  attempted: ({ now, request }) => attempted(now, request),
  'denied unsent': ({ request }) => ({ type: 'denied', request, trouble }),
  'changed, for the request before': ({ m, now, before }) => changed(m, now, before),
  'outdated, for the request before': ({ now, before }) => outdated(now, before),
  'blocked, for the request before': ({ before }) => blocked(before),
  'delayed, for the request before': ({ before }) => ({
    type: 'delayed',
    request: before,
    trouble,
  }),
  'attempted, for the request before': ({ now, before }) => attempted(now, before),
  'denied unsent, for the request before': ({ before }) => {
    return { type: 'denied', request: before, trouble }
  },
  denied: ({ request, ...moment }) => ({ type: 'denied', request, token: moment.token, trouble }),
  accepted: (moment) => ({ type: 'accepted', token: moment.token, requestId: 'r' }),
  throttled: (moment) => ({ type: 'throttled', token: moment.token, trouble }),
  lost: (moment) => ({ type: 'lost', token: moment.token, trouble }),
  'another denied': ({ request }) => ({ type: 'denied', request, token, trouble }),
  'another accepted': () => ({ type: 'accepted', token, requestId: 'r' }),
  'another throttled': () => ({ type: 'throttled', token, trouble }),
  'another lost': () => ({ type: 'lost', token, trouble }),
  'an older look': ({ m }) => older(m),
  missing: () => ({ type: 'missing' }),
  'missing for minutes': () => ({ type: 'missing' }),
  unseen: () => ({ type: 'unseen', trouble }),
} as const satisfies Table

/** All that can happen while the clock is right. */
export const MOVES = Object.keys(EVENTS).filter((move) => !(move in SET)) as Move[]
export const CLOCKS = Object.keys(SET) as Move[]

/** Milliseconds until it has happened, by a clock that may be set meanwhile. */
export function lasts(move: Move): number {
  if (move === 'a day ahead') return DAY
  if (move === 'a day back') return -DAY
  return move === 'time passes' || move === 'missing for minutes' ? 2 * HOUR : 1000
}

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

function changed(m: Migration, now: number, request: number): Event {
  const snapshot = { ...m.snapshot, digest: `d${now}` }
  return { type: 'changed', request, snapshot, expiresAt: at(now + HOUR) }
}

function outdated(now: number, request: number): Event {
  return { type: 'outdated', request, expiresAt: at(now + HOUR) }
}

function blocked(request: number): Event {
  return { type: 'blocked', request, status: 'running', statusCode: '7' }
}

function attempted(now: number, request: number): Event {
  return { type: 'attempted', request, token: `t${now}`, before: { startedAt: RAN_BEFORE } }
}

function rejected(request: number): Event {
  return { type: 'rejected', request, by: BO, reason: 'no' }
}

function settled(request: number, tookEffect: boolean): Event {
  return { type: 'settled', request, by: BO, tookEffect }
}

/** The job is still set up as people were shown. */
function observed(m: Migration, status: JobStatus, now: number, startedAt?: string): Event {
  const { runMode, expectedAt } = m.snapshot
  const shows = { status, statusCode: status, runMode, expectedAt, startedAt }
  const look: Look = { ...LOOK, ...shows, at: at(now) }
  return { type: 'observed', look }
}

/** Asked before the newest look, or before an order was sent whose outcome is unknown. */
function older(m: Migration): Event | undefined {
  const { order, watch } = m
  const sent = order?.state.at === 'unknown' ? order.state.since : ''
  const [, newest] = [sent, watch?.look?.at ?? ''].toSorted()
  return newest ? observed(m, 'success', Date.parse(newest) - BEGIN - 1) : undefined
}
