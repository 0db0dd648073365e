import { describe, expect, test } from 'vitest'
import type { Look, Snapshot } from '../../src/dts/job.ts'
import type { Event } from '../../src/migration/event.ts'
import type {
  Migration,
  Order,
  OrderState,
  Sending,
  Unknown,
} from '../../src/migration/migration.ts'
import { next } from '../../src/migration/next.ts'
import { deadlineOf } from '../../src/migration/order.ts'
import { DAY, HOUR, RULES, SKEW, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import {
  LOOK,
  ORDER,
  REQUEST,
  SNAPSHOT,
  WATCH,
  sampleMigration,
} from '../support/sample-migration.ts'

const since = at(0)
const token = 'a-1'
const before = { startedAt: at(-HOUR) }
const approved: OrderState = { at: 'approved' }
const sending: Sending = { at: 'sending', since, token, before }
const unknown: Unknown = { ...sending, at: 'unknown', trouble, deadline: at(RULES.grace) }
const denied = { how: 'denied', trouble }
const votes = [{ by: 'U0BO', at: since }]
const request = { ...REQUEST, votes, decision: { is: 'approved', at: since } } as const
const sample = sampleMigration({ request })

describe('before the call', () => {
  test('the attempt is written down, with what DTS showed', () => {
    const m = ordered({ ...approved, trouble }, { attempts: 2 })
    const to = ordered(sending, { attempts: 3 })
    expect(happen(m, { type: 'attempted', request: 1, token, before })).toEqual({ to, todo: [] })
  })

  test('a look that fails is tried again, without news, also on an approval that is too old by then', () => {
    const delayed: Event = { type: 'delayed', request: 1, trouble }
    const to = ordered({ ...approved, trouble })
    expect(happen(ordered(approved), delayed, RULES.patience)).toEqual({ to, todo: [] })
    expect(happen(ordered(approved), delayed, RULES.patience + 1)).toEqual({ to, todo: [] })
  })

  test('no attempt is written down on an approval that is too old, or dated too far ahead', () => {
    const attempted: Event = { type: 'attempted', request: 1, token, before }
    for (const age of [RULES.patience, -RULES.patience]) {
      const further = age + Math.sign(age)
      expect(happen(ordered(approved), attempted, age)).toHaveProperty('to.order.attempts', 2)
      expect(happen(ordered(approved), attempted, further)).toBe('ignored')
      expect(happen(ordered({ ...approved, trouble }), attempted, further)).toBe('ignored')
    }
  })

  test('an approval that is too old is asked for again under the next number, by the same rule', () => {
    const again = { ...REQUEST, number: 2, expiresAt: at(HOUR), changedFrom: undefined }
    const outdated: Event = { type: 'outdated', request: 1, expiresAt: at(HOUR) }
    for (const when of [RULES.patience + 1, -DAY]) {
      expect(happen(ordered(approved), outdated, when)).toEqual({
        to: { ...sample, request: again },
        todo: [{ queue: 'expire', request: 2, at: at(HOUR) }],
        news: 'outdated',
      })
    }
    const asked = taken(happen(ordered(approved), outdated))
    expect(happen(asked, { type: 'approved', request: 1, by: 'U0BO' })).toEqual({
      refusal: { no: 'requestReplaced' },
    })
    for (const state of [sending, unknown]) expect(happen(ordered(state), outdated)).toBe('ignored')
  })

  test('a job that has changed is asked about again, and nobody has voted', () => {
    const snapshot = { ...SNAPSHOT, name: 'orders-2', digest: 'd2' }
    const again = { ...REQUEST, number: 2, expiresAt: at(HOUR), changedFrom: SNAPSHOT }
    const changed: Event = { type: 'changed', request: 1, snapshot, expiresAt: at(HOUR) }
    expect(happen(ordered(approved), changed)).toEqual({
      to: { ...sample, snapshot, request: again },
      todo: [{ queue: 'expire', request: 2, at: at(HOUR) }],
      news: 'changed',
    })
  })

  test.each<[Event, object]>([
    [{ type: 'denied', request: 1, trouble }, denied],
    [
      { type: 'blocked', request: 1, status: 'created', statusCode: '1' },
      { how: 'blocked', status: 'created', statusCode: '1' },
    ],
  ])('an order that cannot be sent fails: $type', (event, ending) => {
    const to = { ...sample, ended: { at: at(5), ending } }
    expect(happen(ordered(approved), event, 5)).toEqual({ to, todo: [], news: 'ended' })
    const watched = { ...sample, watch: WATCH }
    const m = { ...ordered(approved), watch: WATCH }
    expect(happen(m, event)).toEqual({ to: watched, todo: [], news: 'failed' })
  })
})

describe('after the call', () => {
  test('a throttled order is sent again, later each time, and not for ever', () => {
    const throttled: Event = { type: 'throttled', token, trouble }
    const send = (attempts: number) =>
      next(ordered(sending, { attempts }), throttled, since, { ...RULES, sends: 4 })
    for (const attempts of [1, 2, 3]) {
      expect(send(attempts)).toEqual({
        to: ordered({ ...approved, trouble }, { attempts }),
        todo: [{ queue: 'send', delay: [0, 1000, 2000, 4000][attempts] }],
        news: 'throttled',
      })
    }
    expect(send(4)).toMatchObject({ to: { ended: { ending: denied } } })
  })

  test.each<[string, OrderState]>([
    ['in flight', sending],
    ['given up as unknown', unknown],
  ])('a yes to an order that was %s begins the watch', (_, state) => {
    const accepted = { operation: 'start', since, requestId: 'r-1' }
    expect(happen(ordered(state), { type: 'accepted', token, requestId: 'r-1' }, 5)).toEqual({
      to: { ...sample, watch: { since, accepted } },
      todo: [{ queue: 'watch' }],
      news: 'accepted',
    })
  })

  test.each(['cutOver', 'stop'] as const)('a yes to a %s goes on with the watch', (operation) => {
    const blind = { since, statusCode: '99' }
    const m = { ...ordered(sending, { operation }), watch: { ...WATCH, blind } }
    const watch = { ...WATCH, accepted: { operation, since, requestId: 'r-2' }, blind: undefined }
    expect(happen(m, { type: 'accepted', token, requestId: 'r-2' })).toMatchObject({
      to: { watch },
    })
  })

  test('a no fails the order: the end of a start, back to the watch of a running job', () => {
    const no: Event = { type: 'denied', request: 1, token, trouble }
    const ended = { at: since, ending: denied }
    expect(happen(ordered(sending), no)).toEqual({
      to: { ...sample, ended },
      todo: [],
      news: 'ended',
    })
    const to = { ...sample, watch: WATCH }
    for (const operation of ['cutOver', 'stop'] as const) {
      const m = { ...ordered(sending, { operation }), watch: WATCH }
      expect(happen(m, no)).toEqual({ to, todo: [], news: 'failed' })
    }
  })

  test.each([
    ['denied', { type: 'denied', request: 1, token, trouble }],
    ['throttled', { type: 'throttled', token, trouble }],
  ] as const)('a late no settles an unknown outcome, and nothing is sent again: %s', (_, no) => {
    const blind = { since, trouble }
    const ended = { at: at(5), ending: denied }
    const start = { ...ordered(unknown), watch: { since, blind } }
    expect(happen(start, no, 5)).toEqual({
      to: { ...start, order: undefined, ended },
      todo: [],
      news: 'ended',
    })
    const cutOver = { ...ordered(unknown, { operation: 'cutOver' }), watch: WATCH }
    const back = { to: { ...sample, watch: WATCH }, todo: [], news: 'failed' }
    expect(happen(cutOver, no, HOUR)).toEqual(back)
    expect(happen(cutOver, { ...no, token: 'another' })).toBe('ignored')
  })

  test('a second loss of the same answer changes nothing', () => {
    const m = { ...ordered(unknown), watch: { since } }
    expect(happen(m, { type: 'lost', token, trouble }, HOUR)).toBe('ignored')
  })

  test('a loss at a clock that was set back gives the operation as long as ever', () => {
    const lost: Event = { type: 'lost', token, trouble }
    const deadline = at(RULES.grace - DAY)
    expect(happen(ordered(sending), lost, -DAY)).toMatchObject({
      to: { order: { state: { deadline } } },
    })
  })

  test('a lost answer leaves the outcome unknown until a deadline', () => {
    const lost: Event = { type: 'lost', token, trouble }
    expect(happen(ordered(sending), lost, 5)).toEqual({
      to: { ...ordered(unknown), watch: { since } },
      todo: [{ queue: 'watch' }],
      news: 'outcomeUnknown',
    })
    const late = { order: { state: { deadline: at(RULES.grace + 5) } } }
    expect(happen(ordered(sending), lost, RULES.grace + 5)).toMatchObject({ to: late })
    const m = { ...ordered(sending), watch: { ...WATCH, blind: { since, trouble } } }
    expect(happen(m, lost)).toMatchObject({ to: { watch: { ...WATCH, blind: undefined } } })
  })
})

describe('an operation that took effect shows some time', () => {
  const timed: Snapshot = { ...SNAPSHOT, runMode: 'timed', expectedAt: at(HOUR) }

  const untimed = { ...timed, expectedAt: undefined }
  const later = { runMode: 'timed', expectedAt: at(3 * HOUR) } as const

  test.each<[string, Snapshot, number, Partial<Look> | undefined, number]>([
    ['after it was sent', SNAPSHOT, 5, undefined, 5],
    ['after that whatever time an untimed job mentions', SNAPSHOT, 0, { expectedAt: at(5) }, 0],
    ['after the time that the job is set to', timed, 0, undefined, HOUR + SKEW],
    ['after the time that it was set to since', timed, 0, later, 3 * HOUR + SKEW],
    ['after the time of a job that was not timed before', SNAPSHOT, 0, later, 3 * HOUR + SKEW],
    ['after it was sent when the job is no longer timed', timed, 5, { runMode: 'immediate' }, 5],
    ['after the known time when a look cannot tell', timed, 0, { runMode: 'unknown' }, HOUR + SKEW],
    ['after it was sent when that time was over', timed, 2 * HOUR, undefined, 2 * HOUR],
    ['after it was sent when no time is reported', untimed, 0, undefined, 0],
    ['after it was sent when no time is reported since', timed, 5, { runMode: 'timed' }, 5],
  ])('%s', (_, snapshot, sent, shows, from) => {
    const look = shows && { ...LOOK, ...shows }
    expect(deadlineOf('start', at(sent), snapshot, RULES, look)).toBe(at(from + RULES.grace))
  })

  test.each(['cutOver', 'stop'] as const)('after a %s was sent', (operation) => {
    expect(deadlineOf(operation, since, timed, RULES)).toBe(at(RULES.grace))
  })
})

function ordered(state: OrderState, change: Partial<Order> = {}): Migration {
  return { ...sample, order: { ...ORDER, attempts: 1, state, ...change } }
}
