import { describe, expect, test } from 'vitest'
import type { Check, CheckItem } from '../../src/dts/api.ts'
import type { JobStatus } from '../../src/dts/job.ts'
import { actionsOf } from '../../src/migration/actions.ts'
import type { Event, Next } from '../../src/migration/event.ts'
import type { AskedCheck, Migration } from '../../src/migration/migration.ts'
import { DAY, HOUR, RULES, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { lookOf, sample, watching } from '../support/watched.ts'

const { grace, patience } = RULES
const ASKED: AskedCheck = { since: at(0), requestId: 'request-1' }
const PASSED: Check = { state: 'passed' }

const begun = (change: Partial<AskedCheck> = {}): Migration =>
  watching({ since: at(0), look: lookOf('checkPass', 0), check: { ...ASKED, ...change } })

const seen = (status: JobStatus, check: Check, when: number, waited?: number): Event => ({
  type: 'checked',
  look: lookOf(status, when),
  check,
  waited,
})

const shows = (m: Migration, status: JobStatus, check: Check, when: number): Next =>
  happen(m, seen(status, check, when), when)

const ended = (result: string, more = {}) => ({
  to: { ended: { ending: { how: 'checked', result, ...more } } },
  todo: [],
  news: 'ended',
})

describe('a result', () => {
  test('of a check that DTS was seen at counts at once', () => {
    const m = taken(shows(begun(), 'checking', PASSED, 1000))
    expect(m.watch?.check).toMatchObject({ seen: at(1000) })
    expect(shows(m, 'checkPass', PASSED, 2000)).toMatchObject(ended('passed'))
    expect(shows(m, 'checkNotPass', { state: 'notPassed' }, 2000)).toMatchObject(ended('notPassed'))
  })

  test('counts for nothing while the job is being checked, whatever DTS shows of the check', () => {
    const m = taken(shows(begun(), 'checking', PASSED, 1000))
    expect(shows(m, 'checking', PASSED, patience + DAY)).not.toHaveProperty('to.ended')
  })

  test('that may be of the check before counts once DTS has had the time to begin this one', () => {
    const m = begun()
    expect(shows(m, 'checkPass', PASSED, grace - 1)).not.toHaveProperty('to.ended')
    expect(shows(m, 'checkPass', PASSED, grace)).toMatchObject(ended('passed'))
  })

  test('does not count for a bot that has not looked for as long, whatever its clock says', () => {
    const late = (waited: number) => happen(begun(), seen('checkPass', PASSED, DAY, waited), DAY)
    expect(late(grace - 1)).not.toHaveProperty('to.ended')
    expect(late(grace)).toMatchObject(ended('passed'))
  })

  test('that never comes is said to be unclear', () => {
    const none: Check = { state: 'notStarted' }
    expect(shows(begun(), 'created', none, patience - 1)).not.toHaveProperty('to.ended')
    expect(shows(begun(), 'created', none, patience)).toMatchObject(ended('unclear', { items: [] }))
    const last = begun({ seen: at(HOUR) })
    expect(shows(last, 'created', none, HOUR + patience - 1)).not.toHaveProperty('to.ended')
    expect(shows(last, 'created', none, HOUR + patience)).toMatchObject(ended('unclear'))
  })
})

describe('a start that is asked for during the check', () => {
  const thenAsk = { reason: 'why', rule: { approvers: ['U0BO'], approvals: 1 }, lasts: HOUR }

  test('is put to the approvers once the check has passed, for as long as any request', () => {
    const m = begun({ seen: at(1), thenAsk })
    const step = shows(m, 'checkPass', PASSED, 2000)
    expect(step).toMatchObject({
      to: { request: { operation: 'start', requester: m.owner, reason: 'why', votes: [] } },
      todo: [{ queue: 'expire', at: at(2000 + HOUR) }],
      news: 'requested',
    })
    expect(taken(step).watch).toBeUndefined()
    expect(taken(step).request?.changedFrom).toBeUndefined()
  })

  test('shows what changed since', () => {
    const m = begun({ seen: at(1), thenAsk })
    const snapshot = { ...m.snapshot, overridesRoot: true, digest: 'another' }
    const event: Event = { ...seen('checkPass', PASSED, 2000), snapshot } as Event
    const { request, snapshot: shown } = taken(happen(m, event, 2000))
    expect([request?.changedFrom, shown]).toEqual([m.snapshot, snapshot])
  })

  test('is never put to them by a result that may be of the check before', () => {
    expect(taken(shows(begun({ thenAsk }), 'checkPass', PASSED, grace - 1)).request).toBeUndefined()
  })

  test('is not put to them where the job cannot be started any more', () => {
    expect(shows(begun({ seen: at(1), thenAsk }), 'running', PASSED, 2000)).toMatchObject(
      ended('passed'),
    )
  })
})

describe('what DTS says', () => {
  const item = (name: string, change: Partial<CheckItem>): CheckItem => {
    return { id: name, name, outcome: 'passed', skippable: false, skipped: false, ...change }
  }
  const result = (check: Partial<Check>) =>
    taken(shows(begun({ seen: at(1) }), 'checkNotPass', { state: 'notPassed', ...check }, 1000))
      .ended?.ending

  test('of items that did not simply pass is kept, failures first, 20 at most', () => {
    const items = [
      item('good', {}),
      item('skipped', { outcome: 'failed', skipped: true }),
      item('warned', { outcome: 'warning' }),
      item('blocked', { outcome: 'blocked' }),
      item('bad', { outcome: 'failed' }),
    ]
    expect(result({ items })).toMatchObject({
      items: [{ id: 'bad' }, { id: 'warned' }, { id: 'skipped' }],
    })
    const many = Array.from({ length: 50 }, () => item('warned', { outcome: 'warning' }))
    expect(result({ items: [...many, item('bad', { outcome: 'failed' })] })).toMatchObject({
      items: { length: 20, 0: { id: 'bad' } },
    })
  })

  test('as a whole is kept where it did not pass', () => {
    expect(result({ message: 'No binlog' })).toMatchObject({ message: 'No binlog' })
    expect(result({ state: 'passed', message: 'success' })).not.toHaveProperty('message')
  })

  test('of how far it is becomes a percentage', () => {
    const percent = (check: Omit<Check, 'state'>) =>
      taken(shows(begun(), 'checking', { state: 'running', ...check }, 1000)).watch?.check?.percent
    expect(percent({ percent: 40 })).toBe(40)
    expect(percent({})).toBeUndefined()
    expect(percent({ items: [] })).toBeUndefined()
    const items = [
      item('a', {}),
      item('b', { outcome: 'notRun' }),
      item('c', { outcome: 'notRun' }),
    ]
    expect(percent({ items })).toBe(33)
  })
})

describe('a check that is followed', () => {
  const running = (percent: number): Check => ({ state: 'running', percent })

  test('changes the row when people would see a difference, or once a minute', () => {
    const m = taken(shows(begun(), 'checking', running(40), 1000))
    expect(shows(m, 'checking', running(40), 2000)).toBe('ignored')
    expect(shows(m, 'checking', running(41), 2000)).toMatchObject({ todo: [] })
    expect(shows(m, 'checking', running(40), 61_000)).toMatchObject({ todo: [] })
    expect(shows(m, 'checking', running(41), 1000)).toBe('ignored')
  })

  test('goes on through statuses that end other watches', () => {
    for (const status of ['created', 'failed', 'success', 'canceled'] as const) {
      const look = lookOf(status, 1000)
      expect(happen(begun(), { type: 'observed', look }, 1000)).toBe('ignored')
      const result = shows(begun(), status, { state: 'notStarted' }, 1000)
      expect(result).not.toHaveProperty('to.ended')
    }
  })

  test('is out of sight when it cannot be read, gone when DTS no longer lists the job', () => {
    const unseen = { type: 'unseen', trouble } as const
    expect(happen(begun(), unseen, grace - 1)).toBe('ignored')
    const blind = taken(happen(begun(), unseen, grace))
    expect(blind.watch?.blind).toEqual({ since: at(0), trouble })
    const back = taken(shows(blind, 'checking', running(40), grace + 1))
    expect(back.watch?.blind).toBeUndefined()
    const missed = taken(happen(begun(), { type: 'missing' }, 1000))
    const ending = { how: 'gone' }
    const gone = happen(missed, { type: 'missing' }, 1000 + grace)
    expect(gone).toMatchObject({ to: { ended: { ending } } })
    const again = taken(shows(missed, 'checking', running(0), 2000))
    expect(again.watch?.missed).toBeUndefined()
  })

  test('offers nothing, and only who asked for it may stop watching', () => {
    const m = watching({ since: at(0), look: lookOf('running', 0), check: ASKED })
    expect(actionsOf(m)).toEqual([
      { do: 'stopWatching', request: 0, approvers: [], also: m.owner, typed: true },
    ])
  })

  test('is nothing to a migration that is no check', () => {
    const m = watching({ since: at(0), look: lookOf('running', 0) })
    expect(happen(m, seen('checkPass', PASSED, 1000), 1000)).toBe('ignored')
    expect(happen(sample, seen('checkPass', PASSED, 1000), 1000)).toBe('ignored')
  })

  test('was asked for just now where the clock was ahead', () => {
    const ahead = begun({ since: at(DAY), seen: undefined })
    const m = taken(shows(ahead, 'checkPass', PASSED, 1000))
    expect(m.watch?.check).toMatchObject({ since: at(1000) })
    expect(shows(m, 'checkPass', PASSED, 1000 + grace)).toMatchObject(ended('passed'))
    const later = taken(shows(begun({ seen: at(DAY) }), 'created', { state: 'notStarted' }, 1000))
    expect(later.watch?.check).toMatchObject({ seen: at(1000) })
  })
})

describe('every sequence of looks at a check', () => {
  const STATUSES = ['created', 'checking', 'checkPass', 'failed'] as const
  const STATES = ['notStarted', 'running', 'passed', 'notPassed'] as const
  const PAUSES = [1000, grace, patience]

  test('passes or not by what DTS shows last, never by the check before', () => {
    const wrong: string[] = []
    const go = (m: Migration, now: number, wasSeen: boolean, path: string[]): void => {
      if (path.length === 3) return
      for (const status of STATUSES)
        for (const state of STATES)
          for (const pause of PAUSES) {
            const when = now + pause
            const result = shows(m, status, { state }, when)
            const to = typeof result === 'object' && 'to' in result ? result.to : m
            const here = [...path, `${pause} ${status} ${state}`]
            const isAtIt = status === 'checking' || state === 'running'
            const ending = to.ended?.ending
            const isFresh = wasSeen || when >= grace
            const isRight = !ending
              ? isAtIt || !isFresh || state === 'notStarted'
              : ending.how === 'checked' &&
                !isAtIt &&
                isFresh &&
                (ending.result === state ||
                  (ending.result === 'unclear' && state === 'notStarted' && when >= patience))
            if (!isRight) wrong.push(here.join(', '))
            if (!ending) go(to, when, wasSeen || isAtIt, here)
          }
    }
    go(begun(), 0, false, [])
    expect(wrong).toEqual([])
  })
})
