import { describe, expect, test } from 'vitest'
import { actionsOf } from '../../src/migration/actions.ts'
import type { Event } from '../../src/migration/event.ts'
import type { Watch } from '../../src/migration/migration.ts'
import { HOUR, RULES, SKEW, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { ORDER } from '../support/sample-migration.ts'
import {
  firstSighting,
  grace,
  inDoubt,
  look,
  lookOf,
  plan,
  running,
  since,
  timed,
  unknown,
  watching,
} from '../support/watched.ts'

describe('an unknown outcome', () => {
  const start = inDoubt({ since }, 'start', timed)
  const due = HOUR + SKEW + grace

  test('is waited for until its deadline, without news', () => {
    const state = { ...unknown, deadline: at(due) }
    const waiting = taken(look(start, 'checkPass', 5, plan))
    expect(waiting.order?.state).toEqual(state)
    expect(look(start, 'checkPass', 5, plan)).not.toHaveProperty('news')
    expect(look(waiting, 'checkPass', due, plan)).toMatchObject({
      to: { ended: { at: at(due), ending: { how: 'noEffect', trouble } } },
      news: 'ended',
    })
  })

  test('of a timed job becomes a question to people after a while, long before its time', () => {
    const { patience } = RULES
    expect(look(start, 'checkPass', patience - 1, plan)).not.toHaveProperty('news')
    const asking = taken(look(start, 'checkPass', patience, plan))
    expect(asking.watch?.blind).toEqual({ since, until: at(due) })
    expect(look(start, 'checkPass', patience, plan)).toMatchObject({ todo: [], news: 'cannotTell' })
    expect(actionsOf(asking).map((action) => action.do)).toEqual(['tookEffect', 'noEffect'])

    // Another time is remembered without news; the time itself settles it.
    const another = { ...plan, expectedAt: at(2 * HOUR) }
    expect(look(asking, 'checkPass', patience + 1, another)).toMatchObject({
      to: { watch: { blind: { since, until: at(2 * HOUR + SKEW + grace) } } },
      todo: [],
    })
    expect(look(asking, 'checkPass', patience + 1, another)).not.toHaveProperty('news')
    expect(look(asking, 'checkPass', due, plan)).toHaveProperty('to.ended.ending.how', 'noEffect')
    expect(look(asking, 'running', due, plan)).toMatchObject({ news: 'tookEffect' })
    const immediate = { runMode: 'immediate' } as const
    expect(look(asking, 'checkPass', patience + 1, immediate)).toHaveProperty('to.ended')
  })

  test('gets another deadline when a look shows that the job is to run at another time', () => {
    const set = (hour: number) => ({ ...plan, expectedAt: at(hour * HOUR) })
    const m = taken(look(start, 'checkPass', 5, set(3)))
    const later = at(3 * HOUR + SKEW + grace)
    expect(m.order?.state).toEqual({ ...unknown, deadline: later })
    expect(look(m, 'checkPass', 6, set(3))).toBe('ignored')
    expect(look(m, 'checkPass', 6, set(4))).toHaveProperty('to')
    const unseen: Event = { type: 'unseen', trouble }
    expect(happen(m, unseen, RULES.patience - 1)).toBe('ignored')
    expect(happen(m, unseen, RULES.patience)).toMatchObject({ news: 'cannotTell' })
  })

  test('becomes a question to people, once, when the status is one that the bot does not know', () => {
    const blind = { since, statusCode: '4' }
    const seen = firstSighting(lookOf('unknown', due, plan))
    const to = { ...start, watch: { since, ...seen, blind } }
    expect(look(start, 'unknown', due, plan)).toEqual({ to, todo: [], news: 'cannotTell' })
    expect(look(to, 'unknown', due + 1, plan)).toBe('ignored')
    expect(look(to, 'unknown', due + 1, { ...plan, statusCode: '5' })).toMatchObject({ todo: [] })
    const older: Event = { type: 'observed', look: lookOf('checkPass', due - 1, plan) }
    expect(happen(to, older, due + 1)).toBe('ignored')
  })

  test('is not judged before its bot has looked for long enough, whatever its clock says', () => {
    const observed = (waited: number): Event => {
      return { type: 'observed', look: lookOf('checkPass', due, plan), waited }
    }
    expect(happen(start, observed(grace - 1), due)).not.toHaveProperty('to.ended')
    expect(happen(start, observed(grace - 1), due)).not.toHaveProperty('news')
    expect(happen(start, observed(grace), due)).toHaveProperty('to.ended.ending.how', 'noEffect')
  })

  test('stays a question to people, whichever bot looks next, as long as the status tells nothing', () => {
    const asking = taken(look(inDoubt(running, 'retry'), 'error', grace))
    expect(asking.watch?.blind).toEqual({ since, statusCode: '4' })
    const restarted: Event = { type: 'observed', look: lookOf('error', grace + 1), waited: 0 }
    expect(happen(asking, restarted, grace + 1)).toBe('ignored')
    const goesOn: Event = { type: 'observed', look: lookOf('running', grace + 2), waited: 0 }
    expect(happen(asking, goesOn, grace + 2)).toMatchObject({ news: 'tookEffect' })
  })

  test('is not judged by a look that was asked before the order was sent', () => {
    const observed = (asked: number): Event => {
      return { type: 'observed', look: lookOf('stopping', asked) }
    }
    expect(happen(inDoubt({ since }), observed(0), 1)).toBe('ignored')
    expect(happen(inDoubt({ since }), observed(1), 1)).toMatchObject({ news: 'tookEffect' })
  })

  test('of a start is proven by a job that ran since, and the watch begins', () => {
    const seen = lookOf('checkPass', 5, { startedAt: at(1) })
    const accepted = { operation: 'start', since } as const
    const watch: Watch = { since, accepted, ...firstSighting(seen) }
    expect(look(start, 'checkPass', 5, seen)).toEqual({
      to: { ...start, order: undefined, watch: { ...watch, idleSince: at(5) } },
      todo: [],
      news: 'tookEffect',
    })
  })

  test('of a retry is said to be known, also by a job that is ready to cut over by then', () => {
    const retried = look(
      inDoubt({ since, look: lookOf('resumableError', 0) }, 'retry'),
      'readyComplete',
      5,
    )
    expect(retried).toMatchObject({ news: 'tookEffect', to: { order: undefined } })
    expect(look(taken(retried), 'readyComplete', 6)).toBe('ignored')
  })

  test('of a stop leaves open why the job failed', () => {
    const unclear = { how: 'failed', stopLost: true }
    expect(look(inDoubt(running), 'failed', 1)).toMatchObject({
      to: { ended: { ending: unclear } },
    })
    const cut = look(inDoubt(running, 'cutOver'), 'failed', 1)
    expect(cut).not.toHaveProperty('to.ended.ending.stopLost')
    expect(cut).toHaveProperty('to.ended.ending.how', 'failed')
    const stopped: Watch = { ...running, accepted: { operation: 'stop', since } }
    const ending = { how: 'stopped' }
    expect(look(watching(stopped), 'failed', 1)).toMatchObject({ to: { ended: { ending } } })
  })
})

describe('a call without an answer yet, on a job that is over', () => {
  const sending = (operation: 'stop' | 'pause') => {
    const state = { at: 'sending', since, token: 'a-1', before: {} } as const
    return inDoubt(running, operation, { order: { ...ORDER, operation, attempts: 1, state } })
  }

  test('a stop: the job is stopped as approved, or nobody can tell', () => {
    const ended = (ending: object) => ({ to: { ended: { ending } } })
    expect(look(sending('stop'), 'canceled', 1)).toMatchObject(ended({ how: 'stopped' }))
    expect(look(sending('stop'), 'failed', 1)).toMatchObject(
      ended({ how: 'failed', stopLost: true }),
    )
    expect(look(sending('stop'), 'success', 1)).toMatchObject(ended({ how: 'done' }))
    expect(look(sending('stop'), 'canceled', 0)).toBe('ignored')
  })

  test('anything else: what DTS shows is what is said', () => {
    expect(look(sending('pause'), 'canceled', 1)).toHaveProperty(
      'to.ended.ending.how',
      'notRunning',
    )
    expect(look(sending('pause'), 'failed', 1)).not.toHaveProperty('to.ended.ending.stopLost')
    expect(look(sending('stop'), 'stopping', 1)).toHaveProperty('to.order.state.at', 'sending')
  })
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
