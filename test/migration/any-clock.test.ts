import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event, Rules, Step } from '../../src/migration/event.ts'
import { type Migration, stageOf } from '../../src/migration/migration.ts'
import { next } from '../../src/migration/next.ts'
import { DAY, HOUR, at } from '../support/clock.ts'
import { everyEvent } from '../support/every-news.ts'
import { frozen } from '../support/every-sequence.ts'
import { everyMigration } from '../support/every-state.ts'

const asItIs = (what: string): string => what

/** Clocks that jump, stand still and go backwards: the bot's own, and those of its other looks. */
const clock = fc.oneof(
  fc.integer({ min: -5 * HOUR, max: 5 * HOUR }).map(at),
  fc.constantFrom(at(0), at(120_000), at(600_000), at(2 * HOUR), at(DAY), at(-DAY)),
)
const rules = fc.record({
  grace: fc.nat(HOUR),
  patience: fc.nat(HOUR),
  sends: fc.nat(5),
  sendWithin: fc.nat(HOUR),
})
const token = fc.constantFrom('attempt-1', 'attempt-2')
const events = fc
  .tuple(fc.constantFrom(...everyEvent(asItIs)), clock, fc.nat(3), token)
  .map(([event, time, request, attempt]): Event => {
    if (event.type === 'observed') return { ...event, look: { ...event.look, at: time } }
    if ('token' in event) return { ...event, token: attempt }
    return 'request' in event ? { ...event, request } : event
  })
const moments = fc.array(fc.tuple(events, clock), { minLength: 1, maxLength: 12 })

test('whatever the clocks say, nothing throws, and nothing that was given is changed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyMigration(asItIs)), moments, rules, (first, all, given) => {
      let m = frozen(first)
      for (const [event, now] of all) {
        const result = next(m, frozen(event), now, given)
        if (result === 'ignored' || 'refusal' in result) continue
        expect(wrong(m, event, result)).toBeUndefined()
        if (event.type === 'attempted') expect(isTooOld(m, now, given)).toBe(false)
        m = frozen(result.to)
      }
    }),
    { numRuns: 2000 },
  )
})

function isTooOld({ order }: Migration, now: string, { patience }: Rules): boolean {
  return Math.abs(Date.parse(now) - Date.parse(order?.approvedAt ?? '')) > patience
}

function wrong(m: Migration, { type }: Event, { to }: Step): string | undefined {
  const [was, is] = [stageOf(m), stageOf(to)]
  if (was === 'ended') return 'it changed after the end'
  if (was !== is) {
    if (is === 'sending' && was !== 'approved') return 'it was sent without an approval'
    if (is === 'approved' && type !== 'approved' && type !== 'throttled') return 'it is sent again'
  }
  return to.id === m.id && to.job === m.job && to.owner === m.owner
    ? undefined
    : 'it is another one'
}
