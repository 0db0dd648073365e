import { describe, expect, test } from 'vitest'
import type { JobStatus, Look } from '../../src/dts/job.ts'
import type { Trouble } from '../../src/dts/trouble.ts'
import type { Event, Next } from '../../src/migration/event.ts'
import type { Migration, Order, Unknown, Watch } from '../../src/migration/migration.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { HOUR, RULES, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { LOOK, ORDER, REQUEST, SNAPSHOT, sampleMigration } from '../support/sample-migration.ts'

const { grace } = RULES
const since = at(0)
const deadline = at(grace)
const unknown: Unknown = { at: 'unknown', since, token: 'a-1', before: {}, trouble, deadline }
const accepted = { operation: 'start', since, requestId: 'request-1' } as const
const running: Watch = { since, accepted, look: lookOf('running', -1000) }
const idle: Watch = { since, accepted, look: lookOf('created', 0), idleSince: since }
const sample = sampleMigration({ request: undefined })
const timed = { snapshot: { ...SNAPSHOT, runMode: 'timed', expectedAt: at(HOUR) } } as const

describe('a look', () => {
  const m = watching(running)

  test('that shows the same is ignored for less than a minute, then remembered without news', () => {
    expect(look(m, 'running', 58_999)).toBe('ignored')
    const watch = { ...running, look: lookOf('running', 59_000) }
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
    expect(isOver(idle, HOUR + grace - 1, timed)).toBe(false)
    expect(isOver(idle, HOUR + grace, timed)).toBe(true)
    expect(isOver(idle, HOUR + grace, timed, { expectedAt: at(2 * HOUR) })).toBe(false)
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
])('a job that DTS no longer lists gets some time from the last look: %s', (_, m) => {
  const missing: Event = { type: 'missing' }
  expect(happen(m, missing, grace - 1)).toBe('ignored')
  const ended = { at: at(grace), ending: { how: 'gone' } }
  expect(happen(m, missing, grace)).toMatchObject({ to: { ended }, news: 'ended' })
  const lately = { ...m, watch: { since, look: lookOf('running', HOUR) } }
  expect(happen(lately, missing, HOUR + grace - 1)).toBe('ignored')
  expect(happen(lately, missing, HOUR + grace)).toHaveProperty('to.ended')
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
    const watch = { ...running, look: lookOf('running', 1) }
    expect(look(watching(blind), 'running', 1)).toEqual({ to: watching(watch), todo: [] })
    expect(taken(look(inDoubt(blind), 'running', grace)).watch).toEqual(running)
  })
})

describe('an unknown outcome', () => {
  const start = inDoubt({ since }, 'start', timed)
  const due = HOUR + grace

  test('is waited for until its deadline, without news', () => {
    const state = { ...unknown, deadline: at(due) }
    const waiting = { to: { order: { state } }, todo: [] }
    expect(look(start, 'checkPass', due - 1)).toMatchObject(waiting)
    expect(look(start, 'checkPass', due)).toMatchObject({
      to: { ended: { at: at(due), ending: { how: 'noEffect', trouble } } },
      news: 'ended',
    })
  })

  test('gets another deadline when a look shows that the job is to run at another time', () => {
    const m = taken(look(start, 'checkPass', due, { expectedAt: at(3 * HOUR) }))
    const later = at(3 * HOUR + grace)
    expect(m.order?.state).toEqual({ ...unknown, deadline: later })
    expect(look(m, 'checkPass', due + 1, { expectedAt: at(3 * HOUR) })).toBe('ignored')
    expect(look(m, 'checkPass', due + 1, { expectedAt: at(4 * HOUR) })).toHaveProperty('to')
    const unseen: Event = { type: 'unseen', trouble }
    expect(happen(m, unseen, 3 * HOUR + grace - 1)).toBe('ignored')
    expect(happen(m, unseen, 3 * HOUR + grace)).toMatchObject({ news: 'cannotTell' })
  })

  test('becomes a question to people, once, when the status is one that the bot does not know', () => {
    const blind = { since, statusCode: '4' }
    const to = { ...start, watch: { since, look: lookOf('unknown', due), blind } }
    expect(look(start, 'unknown', due)).toEqual({ to, todo: [], news: 'cannotTell' })
    expect(look(to, 'unknown', due + 1)).toBe('ignored')
    expect(look(to, 'unknown', due + 1, { statusCode: '5' })).toMatchObject({ todo: [] })
    expect(look(to, 'checkPass', due - 1)).toBe('ignored')
  })

  test('is not judged by a look that was asked before the order was sent', () => {
    expect(look(inDoubt({ since }), 'stopping', -1)).toBe('ignored')
    expect(look(inDoubt({ since }), 'stopping', 0)).toMatchObject({ news: 'tookEffect' })
  })

  test('of a start is proven by a job that ran since, and the watch begins', () => {
    const seen = lookOf('checkPass', 5, { startedAt: at(1) })
    const watch: Watch = { since, accepted: { operation: 'start', since }, look: seen }
    expect(look(start, 'checkPass', 5, seen)).toEqual({
      to: { ...start, order: undefined, watch: { ...watch, idleSince: at(5) } },
      todo: [],
      news: 'tookEffect',
    })
  })

  test('of a stop leaves open why the job failed', () => {
    expect(look(inDoubt(running), 'failed', 1)).toHaveProperty('to.ended.ending.how', 'failed')
    const stopped: Watch = { ...running, accepted: { operation: 'stop', since } }
    const ending = { how: 'stopped' }
    expect(look(watching(stopped), 'failed', 1)).toMatchObject({ to: { ended: { ending } } })
  })
})

test('an accepted start begins the watch anew: what an earlier run showed is forgotten', () => {
  const order: Order = { ...ORDER, state: { ...unknown, since: at(grace), at: 'sending' } }
  const earlier: Watch = { since, look: lookOf('readyComplete', 0) }
  const yes: Event = { type: 'accepted', token: 'a-1', requestId: 'request-1' }
  const m = taken(happen(watching(earlier, { order }), yes, grace + 1))
  expect(m.watch).toEqual({ since: at(grace), accepted: { ...accepted, since: at(grace) } })
  expect(happen(m, { type: 'missing' }, grace + 2)).toBe('ignored')
  expect(look(m, 'readyComplete', grace + 2)).toMatchObject({ news: 'ready' })
})

describe('a person who looked', () => {
  const blind = { since, statusCode: '99' }
  const said = { type: 'settled', request: 1, by: 'U0BO' } as const

  test('says that an order took effect: the watch goes on', () => {
    const m = inDoubt({ ...running, blind })
    const watch: Watch = { ...running, accepted: { operation: 'stop', since } }
    expect(happen(m, { ...said, tookEffect: true }, 9)).toEqual({
      to: { ...m, order: undefined, watch },
      todo: [{ queue: 'watch' }],
      news: 'tookEffect',
    })
  })

  test('says that a start had no effect: the end, with who said so', () => {
    const ended = { at: at(9), ending: { how: 'noEffect', trouble, by: 'U0BO' } }
    const m = inDoubt({ since, blind }, 'start')
    expect(happen(m, { ...said, tookEffect: false }, 9)).toMatchObject({ to: { ended } })
  })

  test('stops a watch that shows nothing', () => {
    const ended = { at: at(9), ending: { how: 'watchStopped', by: 'U0BO' } }
    for (const shows of [{ blind }, { look: lookOf('unknown', 0) }]) {
      const m = watching({ ...running, ...shows })
      expect(happen(m, { type: 'watchStopped', by: 'U0BO' }, 9)).toMatchObject({ to: { ended } })
    }
  })
})

function watching(watch: Watch, change: Partial<Migration> = {}): Migration {
  return { ...sample, watch, ...change }
}

/** An order whose answer was lost. */
function inDoubt(
  watch: Watch,
  operation: OperationName = 'stop',
  change: Partial<Migration> = {},
): Migration {
  const order: Order = { ...ORDER, operation, attempts: 1, state: unknown }
  const decision = { is: 'approved', at: since } as const
  return watching(watch, { request: { ...REQUEST, operation, decision }, order, ...change })
}

function look(m: Migration, status: JobStatus, when: number, shows?: Partial<Look>): Next {
  return happen(m, { type: 'observed', look: lookOf(status, when, shows) }, when)
}

function lookOf(status: JobStatus, when: number, shows: Partial<Look> = {}): Look {
  return { ...LOOK, at: at(when), status, statusCode: '4', ...shows }
}
