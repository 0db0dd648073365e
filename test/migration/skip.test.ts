import { describe, expect, test } from 'vitest'
import type { Check, CheckItem } from '../../src/dts/api.ts'
import type { JobStatus } from '../../src/dts/job.ts'
import { actionsOf } from '../../src/migration/actions.ts'
import { lapsed } from '../../src/migration/check-items.ts'
import type { Event, Next } from '../../src/migration/event.ts'
import type { Migration, Skip } from '../../src/migration/migration.ts'
import { isToCheckAgain } from '../../src/migration/skip.ts'
import { DAY, HOUR, RULES, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { ENDED, REQUEST } from '../support/sample-migration.ts'
import { inDoubt, lookOf, watching } from '../support/watched.ts'

const { grace, patience } = RULES
const skip: Skip = {
  items: [
    { id: 'A', name: 'first' },
    { id: 'B', name: 'second' },
  ],
  owner: 'U0DEE',
}
const decision = { is: 'approved', at: at(0) } as const
const request = { ...REQUEST, operation: 'skip', skip, decision } as const
const accepted = { operation: 'skip', since: at(0), requestId: 'r' } as const

const item = (id: string, change: Partial<CheckItem> = {}): CheckItem => {
  return { id, name: id, outcome: 'failed', skippable: true, skipped: false, ...change }
}
const shown = (skipped: string[], state: Check['state'] = 'notPassed', more: CheckItem[] = []) => ({
  state,
  items: [...['A', 'B'].map((id) => item(id, { skipped: skipped.includes(id) })), ...more],
})
const NONE = shown([])
const SOME = shown(['A'])
const ALL = shown(['A', 'B'])
const ELSE = shown(['A', 'B'], 'notPassed', [item('C', { skippable: false })])

const lost = (): Migration => inDoubt({ since: at(0) }, 'skip', { request })
const done = (): Migration => watching({ since: at(0), accepted }, { request })

function shows(m: Migration, check: Check, when: number, status: JobStatus = 'checkNotPass'): Next {
  const event: Event = { type: 'checked', look: lookOf(status, when), check }
  return happen(m, event, when)
}

describe('a skip whose answer was lost', () => {
  test('took effect once DTS shows all of its items as skipped', () => {
    const next = shows(lost(), ALL, 1000)
    expect(next).toMatchObject({ news: 'tookEffect', todo: [{ queue: 'watch' }] })
    expect(taken(next)).toMatchObject({ watch: { accepted: { operation: 'skip' } } })
    expect(taken(next).order).toBeUndefined()
  })

  test('had no effect when DTS shows none of them by the deadline', () => {
    expect(shows(lost(), NONE, grace - 1)).not.toHaveProperty('news')
    expect(shows(lost(), NONE, grace)).toMatchObject({
      to: { ended: { ending: { how: 'noEffect' } } },
    })
  })

  test.each([
    ['some of them', SOME],
    ['no result', shown([], 'running')],
    ['no result yet', shown([], 'notStarted')],
    ['other items', { state: 'notPassed', items: [item('C')] } as Check],
  ])('is for people to settle when DTS shows %s', (_, check) => {
    expect(shows(lost(), check, grace - 1)).not.toHaveProperty('news')
    const next = shows(lost(), check, grace)
    expect(next).toMatchObject({
      news: 'cannotTell',
      to: { watch: { blind: { unclear: 'check' } } },
    })
    const m = taken(next)
    expect(actionsOf(m).map((action) => action.do)).toEqual(['tookEffect', 'noEffect'])
    const again = { type: 'checked', look: lookOf('checkNotPass', HOUR), check, waited: 0 } as const
    expect(taken(happen(m, again, HOUR)).watch?.blind).toEqual(m.watch?.blind)
    const settled: Event = { type: 'settled', request: 1, by: 'U0BO', tookEffect: true }
    expect(happen(m, settled, HOUR)).toMatchObject({ to: { watch: { accepted: {} } } })
    expect(shows(m, ALL, HOUR)).toMatchObject({ news: 'tookEffect' })
  })

  test('is never settled by how the job is alone, nor by a look before it', () => {
    for (const status of ['checkPass', 'checkNotPass', 'running', 'success'] as const) {
      const event: Event = { type: 'observed', look: lookOf(status, DAY) }
      expect(happen(lost(), event, DAY)).toBe('ignored')
    }
    expect(shows(lost(), shown([], 'passed'), 1000, 'checkPass')).not.toHaveProperty('news')
    expect(shows(lost(), ALL, 0)).toBe('ignored')
  })

  test('waits for a bot that has looked as long, whatever its clock says', () => {
    const event = { type: 'checked', look: lookOf('checkNotPass', DAY), check: NONE } as const
    expect(happen(lost(), { ...event, waited: grace - 1 }, DAY)).not.toHaveProperty('to.ended')
    expect(happen(lost(), { ...event, waited: grace }, DAY)).toHaveProperty('to.ended')
  })
})

describe('a skip that DTS accepted', () => {
  const ended = (result: string) => ({ to: { ended: { ending: { how: 'checked', result } } } })

  test('ends with the check where that passes by it', () => {
    expect(shows(done(), shown(['A', 'B'], 'passed'), 1000, 'checkPass')).toMatchObject(
      ended('passed'),
    )
  })

  test('does not end with a result that the job does not show', () => {
    const check = shown(['A', 'B'], 'passed')
    expect(shows(done(), check, 1000)).not.toHaveProperty('to.ended')
    expect(shows(done(), check, patience)).toMatchObject(ended('unclear'))
  })

  test('ends where something else failed, too', () => {
    expect(shows(done(), ELSE, 1000)).toMatchObject(ended('notPassed'))
  })

  test('is followed through a check that runs', () => {
    const m = taken(shows(done(), NONE, 1000, 'checking'))
    expect(m.watch?.check).toMatchObject({ since: at(0), seen: at(1000) })
    expect(shows(m, shown(['A', 'B'], 'passed'), 2000, 'checkPass')).toMatchObject(ended('passed'))
  })

  test('has DTS check again where it shows and nothing else failed, or after its time', () => {
    const wants = (check: Check, when: number, status: JobStatus = 'checkNotPass', m = done()) =>
      isToCheckAgain(m, { look: lookOf(status, when), check }, RULES)
    expect(wants(ALL, 1000)).toBe(true)
    expect(wants(ELSE, HOUR)).toBe(false)
    expect([wants(NONE, grace - 1), wants(NONE, grace)]).toEqual([false, true])
    expect(wants(shown(['A', 'B'], 'passed'), 1000, 'checkPass')).toBe(false)
    expect(wants(shown(['A', 'B'], 'passed'), 1000)).toBe(true)
    expect(wants(ALL, 1000, 'checking')).toBe(false)
    expect(wants(shown([], 'running'), HOUR)).toBe(false)
    expect(wants(ALL, 1000, 'running')).toBe(false)
    expect(wants(ALL, 1000, 'checkNotPass', lost())).toBe(false)
    expect(wants(ALL, 1000, 'checkNotPass', { ...done(), ended: ENDED })).toBe(false)
  })

  test('has one check: a result from before it counts for nothing', () => {
    const begun = happen(done(), { type: 'checkBegun', requestId: 'r2' }, 1000)
    expect(begun).toMatchObject({ news: 'checkBegun' })
    const m = taken(begun)
    expect(m.watch?.check).toEqual({ since: at(1000), requestId: 'r2' })
    expect(happen(m, { type: 'checkBegun', requestId: 'r3' }, 2000)).toBe('ignored')
    expect(isToCheckAgain(m, { look: lookOf('checkNotPass', HOUR), check: ALL }, RULES)).toBe(false)
    expect(shows(m, ALL, 2000)).not.toHaveProperty('to.ended')
    expect(shows(m, shown(['A'], 'passed'), 2000)).not.toHaveProperty('to.ended')
    expect(shows(m, shown(['A'], 'passed'), 2000, 'checking')).not.toHaveProperty('to.ended')
  })

  test('passes as soon as the new check has, because the one before had not', () => {
    const m = taken(happen(done(), { type: 'checkBegun', requestId: 'r2' }, 1000))
    expect(shows(m, shown(['A', 'B'], 'passed'), 2000, 'checkPass')).toMatchObject(ended('passed'))
  })

  test('ends without a result when DTS does not check again', () => {
    const denied = (isFinal: boolean, when: number) =>
      happen(done(), { type: 'checkDenied', trouble, isFinal }, when)
    expect(denied(false, patience - 1)).toBe('ignored')
    expect(denied(false, patience)).toMatchObject(ended('unclear'))
    expect(denied(true, 1000)).toMatchObject({ to: { ended: { ending: { trouble } } } })
  })

  test('does not know of checks before it', () => {
    const late: Event = { type: 'checkBegun', requestId: 'r2' }
    expect(happen(lost(), late, 1000)).toBe('ignored')
    expect(happen(watching({ since: at(0) }), late, 1000)).toBe('ignored')
  })
})

test('what can no longer be skipped is named: fixed, skipped, checked anew, or not to be skipped', () => {
  expect(lapsed(skip, NONE)).toEqual([])
  expect(lapsed(skip, SOME)).toEqual(['first'])
  expect(lapsed(skip, { state: 'notPassed' })).toEqual(['first', 'second'])
  expect(lapsed(skip, shown([], 'passed'))).toEqual(['first', 'second'])
  const items = [item('A', { skippable: false }), item('B', { outcome: 'passed' })]
  expect(lapsed(skip, { state: 'notPassed', items })).toEqual(['first', 'second'])
})

test('only a check that did not pass offers a skip, where DTS lets people skip something', () => {
  const offered = (result: 'passed' | 'notPassed', items: CheckItem[]) => {
    const ending = { how: 'checked', result, items } as const
    return actionsOf(watching({ since: at(0) }, { ended: { at: at(1), ending } }))
  }
  expect(offered('notPassed', [item('A')])).toEqual([{ do: 'skip', request: 0 }])
  expect(offered('passed', [item('A')])).toEqual([])
  expect(offered('notPassed', [item('A', { skippable: false })])).toEqual([])
  expect(offered('notPassed', [item('A', { skipped: true })])).toEqual([])
  expect(offered('notPassed', [item('A', { outcome: 'warning' })])).toEqual([])
})
