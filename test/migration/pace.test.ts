import { describe, expect, test } from 'vitest'
import type { Look } from '../../src/dts/job.ts'
import type { Migration, Sample } from '../../src/migration/migration.ts'
import { estimate, paced, trendOf } from '../../src/migration/pace.ts'
import { DAY, HOUR, at, happen, taken } from '../support/clock.ts'
import { look, lookOf, watching } from '../support/watched.ts'

const MINUTE = 60_000
const { floor } = Math

/** A look each minute, at a job whose percent is given for each minute. */
function followed(minutes: number, percentAt: (minute: number) => number): [Sample[], Look] {
  let samples: Sample[] = []
  let seen = lookOf('running', 0)
  for (let minute = 0; minute <= minutes; minute++) {
    seen = lookOf('running', minute * MINUTE, { percent: percentAt(minute) })
    samples = paced(samples, seen)
  }
  return [samples, seen]
}

describe('how much longer a job takes', () => {
  test('goes by the last half hour at most', () => {
    expect(estimate(...followed(20, (minute) => minute))).toEqual({
      left: 80 * MINUTE,
      over: 20 * MINUTE,
    })
    const [samples, seen] = followed(90, (minute) => floor(minute / 2))
    expect(samples).toHaveLength(31)
    expect(estimate(samples, seen)).toEqual({ left: 110 * MINUTE, over: 30 * MINUTE })
  })

  test.each<[string, number, (minute: number) => number]>([
    ['too little time', 9, (minute) => 5 * minute],
    ['too little progress', 30, (minute) => floor(minute / 15)],
    ['a job that slows down', 20, (minute) => (minute < 10 ? 4 * minute : 40 + floor(minute / 10))],
    ['a job that was stuck', 20, (minute) => (minute < 15 ? 10 : minute)],
  ])('is not said after %s', (_, minutes, percentAt) => {
    expect(estimate(...followed(minutes, percentAt))).toBeUndefined()
  })

  test('is not said of a job that does not run', () => {
    const [samples, seen] = followed(20, (minute) => minute)
    expect(estimate(samples, { ...seen, status: 'readyComplete' })).toBeUndefined()
  })

  test('samples from a wrong clock, and those too close together, are left out', () => {
    const seen = lookOf('running', 30_000, { percent: 4 })
    const future: Sample = { at: at(DAY), percent: 90 }
    const first: Sample = { at: at(0), percent: 3 }
    expect(paced([first, future], seen)).toEqual([first])
  })
})

test.each<[number, number | undefined, string | undefined]>([
  [100, 130, 'rising'],
  [100, 80, 'falling'],
  [100, 104, 'steady'],
  [0, 4, 'steady'],
  [100, undefined, undefined],
])('a lag that was %s s and is %s s is %s', (was, secondsBehind, trend) => {
  const samples: Sample[] = [{ at: at(0), secondsBehind: was }]
  expect(trendOf(samples, lookOf('running', 2 * MINUTE, { secondsBehind }))).toBe(trend)
  expect(trendOf(samples, lookOf('running', 2 * MINUTE - 1, { secondsBehind }))).toBeUndefined()
})

describe('people are told', () => {
  const news = (m: Migration, status: 'running' | 'readyComplete', when: number, shows = {}) => {
    const result = look(m, status, when, shows)
    return typeof result === 'object' && 'to' in result ? result.news : undefined
  }
  const go = (m: Migration, status: 'running' | 'readyComplete', when: number, shows = {}) =>
    taken(look(m, status, when, shows))

  test('of no progress for half an hour, once, and again after it moved', () => {
    let m = go(watching({ since: at(0) }), 'running', 0, { percent: 5 })
    m = go(m, 'running', 29 * MINUTE, { percent: 5 })
    expect(news(m, 'running', 30 * MINUTE - 1, { percent: 5 })).toBeUndefined()
    expect(news(m, 'running', 30 * MINUTE, { percent: 5 })).toBe('alarm')
    m = go(m, 'running', 30 * MINUTE, { percent: 5 })
    expect(m.watch?.alarm).toEqual({ is: 'stalled', at: at(30 * MINUTE) })
    expect(news(m, 'running', 2 * HOUR, { percent: 5 })).toBeUndefined()
    m = go(m, 'running', 3 * HOUR, { percent: 6 })
    expect(m.watch?.alarm).toBeUndefined()
    m = go(m, 'running', 3 * HOUR + 30 * MINUTE, { percent: 6 })
    expect(m.watch?.alarm?.is).toBe('stalled')
  })

  test('of a lag that doubles and is minutes long, until it is nearly gone', () => {
    let m = go(watching({ since: at(0) }), 'running', 0, { secondsBehind: 150 })
    expect(news(m, 'running', 5 * MINUTE, { secondsBehind: 299 })).toBeUndefined()
    m = go(m, 'running', 5 * MINUTE, { secondsBehind: 300 })
    expect(m.watch?.alarm).toEqual({ is: 'lagging', at: at(5 * MINUTE) })
    expect(news(m, 'running', 6 * MINUTE, { secondsBehind: 900 })).toBeUndefined()
    m = go(m, 'running', 7 * MINUTE, { secondsBehind: 60 })
    expect(m.watch?.alarm?.is).toBe('lagging')
    expect(go(m, 'running', 8 * MINUTE, { secondsBehind: 59 }).watch?.alarm).toBeUndefined()
  })

  test('of a job that is about to run and is not what was approved, ten minutes before', () => {
    const expectedAt = at(HOUR)
    const accepted = { operation: 'start', since: at(0) } as const
    const m = watching({ since: at(0), accepted })
    const seen = (when: number, digest: string, shows = {}) => {
      const event = { look: lookOf('readyRun', when, { expectedAt, ...shows }), digest } as const
      return happen(m, { type: 'observed', ...event }, when)
    }
    expect(seen(50 * MINUTE - 1, 'other')).not.toHaveProperty('news')
    expect(seen(50 * MINUTE, m.snapshot.digest)).not.toHaveProperty('news')
    expect(seen(50 * MINUTE, 'other')).toMatchObject({
      to: { watch: { alarm: { is: 'changed', at: at(50 * MINUTE) } } },
      news: 'alarm',
    })
    expect(seen(50 * MINUTE, 'other', { status: 'running' })).not.toHaveProperty('news')
    const told = taken(seen(50 * MINUTE, 'other'))
    const again = {
      type: 'observed',
      look: lookOf('readyRun', 52 * MINUTE, { expectedAt }),
    } as const
    expect(happen(told, { ...again, digest: 'other' }, 52 * MINUTE)).not.toHaveProperty('news')
  })

  test('every day of a job that waits for its cutover', () => {
    let m = go(watching({ since: at(0) }), 'readyComplete', 0)
    expect(news(m, 'readyComplete', DAY - 1, { secondsBehind: 1 })).toBeUndefined()
    m = go(m, 'readyComplete', DAY)
    expect(m.watch?.alarm).toEqual({ is: 'waiting', at: at(DAY) })
    expect(news(m, 'readyComplete', 2 * DAY - 1)).toBeUndefined()
    expect(news(m, 'readyComplete', 2 * DAY)).toBe('alarm')
  })
})
