import { expect, test } from 'vitest'
import type { Compare } from '../../src/dts/api.ts'
import { canCompare, compareToShow } from '../../src/migration/compare.ts'
import type { Event } from '../../src/migration/event.ts'
import type { CompareState, Comparison } from '../../src/migration/comparison.ts'
import type { Watch } from '../../src/migration/migration.ts'
import { HOUR, RULES, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { REQUEST } from '../support/sample-migration.ts'
import { accepted, lookOf, running, since, watching } from '../support/watched.ts'

const { grace, patience } = RULES
const by = 'U0ANN'
const id = 'dts-1kl0iy0v-cmp-37skmii9'
const shown: Compare = { id, name: '', status: 'running', createdAt: since }
const ready: Watch = { since, look: lookOf('readyComplete', 0, { allowed: ['compare'] }) }
const followed: CompareState = { at: 'running', id, seen: since }
const over: CompareState = { at: 'over', id, result: 'same', when: since }

function comparing(state: CompareState, asked: Partial<Comparison> = { by }) {
  return watching({ ...ready, compare: { since, state, ...asked } })
}

function seen(compare: Compare | undefined, when: number): Event {
  return { type: 'compareSeen', at: at(when), compare }
}

test.each<[string, boolean, Watch, object]>([
  ['a job that may be compared', true, ready, {}],
  ['one that is over', true, { ...ready, compare: { since, state: over } }, {}],
  ['one that runs', false, { ...ready, compare: { since, state: followed } }, {}],
  ['one that was asked for', false, { ...ready, compare: { since, state: { at: 'asked' } } }, {}],
  ['a job that DTS does not let anybody compare', false, running, {}],
  ['a job that is out of sight', false, { ...ready, blind: { since, trouble } }, {}],
  ['a check', false, { ...ready, check: { since, requestId: '' } }, {}],
  [
    'a cutover that DTS accepted',
    false,
    { ...ready, accepted: { ...accepted, operation: 'cutOver' } },
    {},
  ],
  ['a request to cut over', true, ready, { request: { ...REQUEST, operation: 'cutOver' } }],
  ['a request to stop', false, ready, { request: { ...REQUEST, operation: 'stop' } }],
  ['the end', false, ready, { ended: { at: since, ending: { how: 'done' } } }],
])('beside %s people may ask for a comparison: %s', (_, may, watch, change) => {
  const m = watching(watch, change)
  expect(canCompare(m)).toBe(may)
  const result = happen(m, { type: 'compareAsked', by: 'U0BO' })
  expect('refusal' in Object(result)).toBe(!may)
})

test('it is created and started once, and no other run goes on with it', () => {
  const asked = taken(happen(watching(ready), { type: 'compareAsked', by }))
  expect(asked.watch?.compare).toEqual({ by, since, state: { at: 'asked' } })
  expect(happen(asked, { type: 'compareAsked', by })).toBe('ignored')
  expect(happen(asked, { type: 'compareCreated', compareId: id })).toBe('ignored')
  const sending = taken(happen(asked, { type: 'compareSending' }))
  expect(happen(sending, { type: 'compareSending' })).toBe('ignored')
  expect(happen(sending, seen(shown, 0))).toBe('ignored')
  const created = taken(happen(sending, { type: 'compareCreated', compareId: id }))
  expect(created.watch?.compare?.state).toEqual(followed)
  expect(happen(created, { type: 'compareCreated', compareId: 'other' })).toBe('ignored')
  expect(happen(created, { type: 'compareDenied', trouble })).toBe('ignored')
  expect(happen(created, { type: 'compareDenied', compareId: id, trouble })).toMatchObject({
    to: { watch: { compare: { state: { result: 'notBegun', id, trouble } } } },
    news: 'compared',
  })
})

test.each<[string, Partial<Compare>, object]>([
  ['alike', { status: 'success', conclusion: 'same' }, { result: 'same' }],
  ['different', { status: 'success', conclusion: 'different' }, { result: 'different' }],
  ['skipped', { status: 'success', conclusion: 'skipped' }, { result: 'skipped' }],
  ['without a conclusion', { status: 'success' }, { result: 'unclear' }],
  ['failed', { status: 'failed', message: 'why' }, { result: 'failed', message: 'why' }],
  ['stopped in the console', { status: 'canceled' }, { result: 'canceled' }],
])('a comparison that ends as %s is told once', (_, shows, outcome) => {
  const m = comparing(followed)
  const step = happen(m, seen({ ...shown, ...shows, finishedAt: at(50) }, 100), 100)
  const state = { at: 'over', id, when: at(50), ...outcome }
  expect(step).toMatchObject({ to: { watch: { compare: { by, state } } }, news: 'compared' })
  expect(happen(taken(step), seen({ ...shown, ...shows }, 200), 200)).toBe('ignored')
  expect(happen(comparing(followed, {}), seen({ ...shown, ...shows }, 100), 100)).toMatchObject({
    news: undefined,
  })
})

test('the row changes when people would see a difference, or a minute has passed', () => {
  const m = comparing({ ...followed, percent: 40 })
  const at40 = (when: number) => happen(m, seen({ ...shown, percent: 40 }, when), when)
  expect(at40(59_999)).toBe('ignored')
  expect(taken(at40(60_000)).watch?.compare?.state).toMatchObject({ seen: at(60_000) })
  expect(taken(happen(m, seen({ ...shown, percent: 41 }, 1), 1)).watch?.compare?.state).toEqual({
    ...followed,
    seen: at(1),
    percent: 41,
  })
})

test('one that DTS has and does not begin was not begun, once it has had the time', () => {
  const created = { ...shown, status: 'created' } as const
  expect(happen(comparing(followed), seen(created, grace - 1), grace - 1)).toBe('ignored')
  expect(happen(comparing(followed), seen(created, grace), grace)).toMatchObject({
    to: { watch: { compare: { state: { result: 'notBegun', id } } } },
    news: 'compared',
  })
})

test.each<[string, Event]>([
  ['does not list', seen(undefined, 0)],
  ['shows with a status that nobody knows', seen({ ...shown, status: 'unknown' }, 0)],
  ['does not let the bot read', { type: 'compareUnseen', trouble, final: false }],
])('one that DTS %s is unclear, but only after a while', (_, event) => {
  const m = comparing(followed)
  expect(happen(m, event, patience - 1)).toBe('ignored')
  expect(happen(m, event, patience)).toMatchObject({
    to: { watch: { compare: { state: { at: 'over', result: 'unclear' } } } },
    news: 'compared',
  })
})

test('what DTS will never let the bot read is unclear at once', () => {
  const never: Event = { type: 'compareUnseen', trouble, final: true }
  expect(happen(comparing(followed), never)).toMatchObject({ news: 'compared' })
  expect(happen(comparing(over), never)).toBe('ignored')
})

test('what turned out later replaces what was unclear, without a word', () => {
  const m = comparing({ at: 'over', id, result: 'unclear', when: since })
  const same = { ...shown, status: 'success', conclusion: 'same', finishedAt: at(50) } as const
  expect(happen(m, seen(same, 100), 100)).toEqual({
    to: comparing({ at: 'over', id, result: 'same', when: at(50), message: undefined }),
    todo: [],
  })
})

test('what was seen while the clock was ahead counts from now', () => {
  const m = comparing({ ...followed, seen: at(HOUR) }, { by, since: at(HOUR) })
  const unseen = taken(happen(m, { type: 'compareUnseen', trouble, final: false }))
  expect(unseen.watch?.compare?.state).toMatchObject({ seen: since })
  const waits = taken(happen(m, seen({ ...shown, status: 'created' }, 0)))
  expect(waits.watch?.compare).toMatchObject({ since })
})

test('that DTS lists none is remembered until there is one', () => {
  const none = taken(happen(watching(ready), seen(undefined, 5)))
  expect(none.watch?.compare).toEqual({ since: at(5), state: { at: 'none' } })
  expect(canCompare(none)).toBe(true)
  expect(happen(none, seen(undefined, 6))).toBe('ignored')
  expect(happen(none, { type: 'compareDenied', trouble })).toBe('ignored')
  expect(happen(comparing(over), seen(undefined, 6))).toBe('ignored')
  const found = happen(none, seen(shown, 7), 7)
  expect(found).toMatchObject({
    to: { watch: { compare: { since, state: { at: 'running', id, seen: at(7) } } } },
    todo: [{ queue: 'compare' }],
  })
  expect(found).not.toHaveProperty('news')
})

test('the newest that was begun is shown, but the one that is followed as long as it is', () => {
  const other = (name: string, change: Partial<Compare>): Compare => ({
    ...shown,
    id: name,
    ...change,
  })
  const [old, newer, unused] = [
    other('old', { createdAt: at(1) }),
    other('newer', { createdAt: at(2) }),
    other('unused', { createdAt: at(3), status: 'created' }),
  ]
  const all = [shown, old, unused, newer]
  expect(compareToShow(all)).toBe(newer)
  expect(compareToShow(all.toReversed())).toBe(newer)
  expect(compareToShow(all, { since, state: over })).toBe(newer)
  expect(compareToShow(all, { since, state: followed })).toBe(shown)
  expect(compareToShow([unused, old], { since, state: followed })).toBeUndefined()
  expect(compareToShow([unused])).toBeUndefined()
  expect(compareToShow([other('timeless', { createdAt: undefined }), old])).toBe(old)
})
