import { describe, expect, test } from 'vitest'
import type { Look } from '../../src/dts/job.ts'
import type { Trouble } from '../../src/dts/trouble.ts'
import type { Event, Next } from '../../src/migration/event.ts'
import type { Migration, Order, Watch } from '../../src/migration/migration.ts'
import { offersOf } from '../../src/migration/offers.ts'
import { DAY, HOUR, RULES, SKEW, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { LOOK, ORDER, REQUEST } from '../support/sample-migration.ts'
import {
  accepted,
  grace,
  idle,
  inDoubt,
  look,
  lookOf,
  plan,
  running,
  sighting,
  since,
  timed,
  unknown,
  watching,
} from '../support/watched.ts'

describe('a look', () => {
  const m = watching(running)

  test('that shows the same is ignored for less than a minute, then remembered without news', () => {
    expect(look(m, 'running', 58_999)).toBe('ignored')
    const watch = { ...running, ...sighting(lookOf('running', 59_000)) }
    expect(look(m, 'running', 59_000)).toEqual({ to: watching(watch), todo: [] })
  })

  test('that was asked no later than the newest is ignored', () => {
    expect(look(m, 'success', -1000)).toBe('ignored')
    expect(look(m, 'success', -999)).toHaveProperty('to.ended')
  })

  test('that shows the end of the job ends the migration, and stays on it', () => {
    const watch = { look: lookOf('success', 5) }
    const ended = { at: at(5), ending: { how: 'done' } }
    expect(look(m, 'success', 5)).toMatchObject({ to: { watch, ended }, todo: [], news: 'ended' })
    const errors = [{ log: 'Duplicate entry' }]
    const failed = { how: 'failed', errors, requestId: LOOK.requestId }
    expect(look(m, 'failed', 5, { errors })).toMatchObject({ to: { ended: { ending: failed } } })
  })
})

test('a canceled job ends the migration: as stopped if we stopped it, else as not running', () => {
  const ours = watching({ ...running, accepted: { ...accepted, operation: 'stop' } })
  expect(look(ours, 'canceled', 5)).toMatchObject({ to: { ended: { ending: { how: 'stopped' } } } })
  const ending = { how: 'notRunning', status: 'canceled', statusCode: '4' }
  expect(look(watching(running), 'canceled', 5)).toMatchObject({ to: { ended: { ending } } })
})

test('a stop that people were told was not carried out, and that comes all the same, was ours', () => {
  const { patience } = RULES
  const m = watching({ ...running, accepted: { operation: 'stop', since } })
  const told = look(m, 'running', patience)
  expect(told).toMatchObject({ news: 'notDone', to: { watch: { accepted: undefined } } })
  for (const status of ['failed', 'canceled'] as const) {
    const late = look(taken(told), status, patience + 5)
    expect(late).toMatchObject({ to: { ended: { ending: { how: 'stopped' } } } })
  }
})

test('a job that failed and that DTS lets people retry is followed, and its owner hears of it once', () => {
  const errors = [{ log: 'Lost connection' }]
  const shows = { errors, allowed: ['resume' as const] }
  const broken = look(watching(running), 'failed', 5, shows)
  expect(broken).toMatchObject({
    to: { watch: { idleSince: undefined, alarm: { is: 'broken' } } },
    news: 'alarm',
  })
  expect(broken).not.toHaveProperty('to.ended')
  const later = look(taken(broken), 'failed', 9 * DAY, shows)
  expect(later).not.toHaveProperty('to.ended')
  expect(later).not.toHaveProperty('news', 'alarm')
  expect(taken(look(taken(broken), 'running', 10)).watch?.alarm).toBeUndefined()
  const over = look(taken(broken), 'failed', 10, { errors, allowed: ['check'] })
  expect(over).toMatchObject({ to: { ended: { ending: { how: 'failed', errors } } } })
})

test('a retry whose answer was lost, of a job that is found failed, is asked about', () => {
  const m = inDoubt(running, 'retry')
  const seen = { allowed: ['resume' as const] }
  expect(look(m, 'failed', grace + 1, seen)).toMatchObject({ news: 'cannotTell' })
  const over = look(m, 'failed', 5)
  expect(over).toMatchObject({ to: { ended: { ending: { how: 'failed' } } } })
  expect(over).not.toHaveProperty('to.ended.ending.stopLost')
})

test.each(['pausing', 'paused', 'resumableError', 'resuming', 'error'] as const)(
  'a job that is %s is followed, however long',
  (status) => {
    const m = taken(look(watching(running), status, 5))
    expect(m.watch).toMatchObject({ idleSince: undefined })
    expect(look(m, status, 9 * DAY)).not.toHaveProperty('to.ended')
  },
)

describe('what DTS accepted and an error came first', () => {
  const { patience } = RULES
  test.each(['cutOver', 'pause'] as const)('%s: people hear so, and may ask again', (operation) => {
    const m = watching({ ...running, accepted: { operation, since } })
    const allowed = { allowed: ['stop', 'resume'] } satisfies Partial<Look>
    const stopped = taken(look(m, 'resumableError', 5, allowed))
    expect(offersOf(stopped)).toEqual([])
    const told = look(stopped, 'resumableError', patience, allowed)
    expect(told).toMatchObject({ news: 'notDone' })
    expect(offersOf(taken(told))).toEqual(['retry', 'stop'])
  })

  test.each([
    ['cutOver', 'completing', undefined],
    ['stop', 'stopping', true],
  ] as const)(
    '%s, but the job had shown it: nobody reads that there was no sign of it',
    (operation, status, lateStop) => {
      const m = watching({ ...running, accepted: { operation, since } })
      const allowed = { allowed: ['stop', 'resume'] } satisfies Partial<Look>
      const begun = taken(look(m, status, 5))
      const broken = look(begun, 'resumableError', 6, allowed)
      expect(broken).toMatchObject({ news: 'alarm', to: { watch: { lateStop } } })
      expect(offersOf(taken(broken))).toEqual(['retry', 'stop'])
      const late = look(taken(broken), 'resumableError', patience, allowed)
      expect(late).not.toHaveProperty('news', 'notDone')
    },
  )
})

describe('a job that is not running', () => {
  const isOver = (watch: Watch, when: number, change: Partial<Migration> = {}, shows = {}) => {
    const result = look(watching(watch, change), 'created', when, shows)
    return result !== 'ignored' && 'to' in result && result.to.ended !== undefined
  }

  test.each(['creating', 'created', 'checking', 'checkPass', 'checkNotPass'] as const)(
    'ends the migration some time after the first look that shows it: %s',
    (status) => {
      const m = taken(look(watching(running), status, 5))
      expect(m.watch).toMatchObject({ idleSince: at(5) })
      expect(look(m, status, grace + 4)).not.toHaveProperty('to.ended')
      const ending = { how: 'notRunning', status, statusCode: '4' }
      expect(look(m, status, grace + 5)).toMatchObject({ to: { ended: { ending } } })
    },
  )

  test('gets it from the first look that follows where the watch began with one', () => {
    const m = watching({ since, look: lookOf('created', 0) })
    expect(look(m, 'created', 1)).toMatchObject({ to: { watch: { idleSince: at(1) } } })
  })

  test('gets that time from the last operation too, or from the beginning of the watch', () => {
    const late = { ...accepted, operation: 'cutOver', since: at(5) } as const
    for (const change of [{ accepted: late }, { accepted: undefined, since: at(5) }]) {
      expect(isOver({ ...idle, ...change }, grace + 4)).toBe(false)
      expect(isOver({ ...idle, ...change }, grace + 5)).toBe(true)
    }
  })

  test('gets it from when the job is to run, also when somebody set another time', () => {
    expect(isOver(idle, HOUR + SKEW + grace - 1, timed, plan)).toBe(false)
    expect(isOver(idle, HOUR + SKEW + grace, timed, plan)).toBe(true)
    expect(isOver(idle, HOUR + SKEW + grace, {}, { ...plan, expectedAt: at(2 * HOUR) })).toBe(false)
    expect(isOver(idle, grace, timed, { runMode: 'immediate' })).toBe(true)
  })

  test.each<[string, Partial<Migration>]>([
    ['a request', { request: REQUEST }],
    ['an approved order', { order: ORDER }],
    ['a call', { order: { ...ORDER, state: { ...unknown, at: 'sending' } } }],
  ])('does not end the migration before %s comes out', (_, change) => {
    expect(isOver(idle, grace, change)).toBe(false)
    expect(isOver(idle, grace)).toBe(true)
  })
})

test.each([
  ['watched', watching({ since })],
  ['in doubt', inDoubt({ since })],
  ['in doubt and seen by people alone', inDoubt({ since, blind: { since, statusCode: '4' } })],
])('a job is gone once DTS has answered without it for long enough: %s', (_, m) => {
  const missing: Event = { type: 'missing' }
  const missed = (when: number, first: number, last = when): Migration => {
    const to = { ...m, watch: { ...m.watch, missed: { first: at(first), last: at(last) } } }
    return to as Migration
  }
  expect(happen(m, missing, 5)).toEqual({ to: missed(5, 5), todo: [] })
  expect(happen(missed(5, 5), missing, 9)).toEqual({ to: missed(9, 5), todo: [] })
  expect(happen(missed(9, 5), missing, grace + 4)).toEqual({ to: missed(grace + 4, 5), todo: [] })
  const ended = { at: at(grace + 5), ending: { how: 'gone' } }
  expect(happen(missed(9, 5), missing, grace + 5)).toMatchObject({ to: { ended }, news: 'ended' })

  // Answers that lie too far apart, on either side, are not in a row.
  for (const when of [grace + 10, -DAY, DAY]) {
    expect(happen(missed(9, 5), missing, when)).toEqual({ to: missed(when, when), todo: [] })
  }
  for (const status of ['checkPass', 'unknown', 'running'] as const) {
    expect(taken(look(missed(9, 5), status, 10)).watch?.missed).toBeUndefined()
  }
})

test.each([
  ['a status that the bot does not know', inDoubt({ since }), 'unknown', {}],
  ['a timed job that waits', inDoubt({ since }, 'start', timed), 'checkPass', plan],
] as const)('a job is not gone while looks show %s', (_, start, status, shows) => {
  const missing: Event = { type: 'missing' }
  let m = taken(look(start, status, RULES.patience, shows))
  for (let when = RULES.patience; when < RULES.patience + 3 * grace; when += grace / 4) {
    m = taken(happen(m, missing, when))
    m = taken(look(m, status, when + 1, shows))
    expect(m.watch?.missed).toBeUndefined()
  }
  expect(m.ended).toBeUndefined()
})

test('a job is not gone right after a look that showed that an order had no effect', () => {
  const missed = { first: at(grace - 9), last: at(grace - 9) }
  const m = taken(look(inDoubt({ ...running, missed }, 'cutOver'), 'running', grace))
  expect(m.watch?.missed).toBeUndefined()
})

describe('a job that DTS does not let the bot look at', () => {
  const coded = (code: string): Trouble => {
    return { kind: 'error', action: 'DescribeMigrateJobs', code, requestId: 'r', traceId: 't' }
  }
  const lost: Trouble = { kind: 'connection', action: 'DescribeMigrateJobs', traceId: 't' }
  const unseen = (m: Migration, when: number, why: Trouble = trouble): Next =>
    happen(m, { type: 'unseen', trouble: why }, when)

  test('is news once, some time after the last look', () => {
    const to = watching({ ...running, blind: { since: at(-1000), trouble } })
    expect(unseen(watching(running), grace - 1001)).toBe('ignored')
    expect(unseen(watching(running), grace - 1000)).toEqual({ to, todo: [], news: 'outOfSight' })
    expect(unseen(to, HOUR)).toBe('ignored')
  })

  test('for another reason is remembered without news', () => {
    const reasons = [coded('AuthFailure'), coded('InternalError'), trouble, lost]
    for (const was of [{ statusCode: '99' }, ...reasons.map((why) => ({ trouble: why }))]) {
      for (const why of reasons) {
        const m = watching({ ...running, blind: { since, ...was } })
        const to = watching({ ...running, blind: { since: at(-1000), trouble: why } })
        const isSame = 'trouble' in was && was.trouble === why
        expect(unseen(m, HOUR, why)).toEqual(isSame ? 'ignored' : { to, todo: [] })
      }
    }
  })

  test('becomes a question to people when the deadline of an unknown outcome has passed', () => {
    const m = inDoubt(running)
    expect(unseen(m, grace - 1)).toBe('ignored')
    expect(unseen(m, grace)).toEqual({
      to: { ...m, watch: { ...running, blind: { since: at(-1000), trouble } } },
      todo: [],
      news: 'cannotTell',
    })
  })

  test('is seen again by the next look, also when that shows the same, or no effect', () => {
    const blind: Watch = { ...running, blind: { since, trouble } }
    const watch = { ...running, ...sighting(lookOf('running', 1)) }
    expect(look(watching(blind), 'running', 1)).toEqual({ to: watching(watch), todo: [] })
    expect(taken(look(inDoubt(blind), 'running', grace)).watch).toEqual(running)
  })
})

test('an accepted start begins the watch anew: what an earlier run showed is forgotten', () => {
  const order: Order = { ...ORDER, state: { ...unknown, since: at(grace), at: 'sending' } }
  const earlier: Watch = { since, look: lookOf('readyComplete', 0) }
  const yes: Event = { type: 'accepted', token: 'a-1', requestId: 'request-1' }
  const m = taken(happen(watching(earlier, { order }), yes, grace + 1))
  expect(m.watch).toEqual({ since: at(grace), accepted: { ...accepted, since: at(grace) } })
  expect(happen(m, { type: 'missing' }, grace + 2)).not.toHaveProperty('to.ended')
  expect(look(m, 'readyComplete', grace + 2)).toMatchObject({ news: 'ready' })
})
