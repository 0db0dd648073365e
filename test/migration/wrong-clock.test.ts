import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/migration/event.ts'
import { DAY, TROUBLE as trouble, at, happen, taken } from '../support/clock.ts'
import { ORDER } from '../support/sample-migration.ts'
import {
  accepted,
  grace,
  inDoubt,
  look,
  lookOf,
  running,
  since,
  unknown,
  watching,
} from '../support/watched.ts'

describe('a clock that was a day ahead, and is right again', () => {
  const ahead = at(DAY)
  const state = { ...unknown, since: ahead, deadline: at(DAY + grace) }
  const inDoubtAhead = inDoubt({ since: ahead }, 'start')
  const lost = { ...inDoubtAhead, order: { ...ORDER, attempts: 1, state } }
  const unseen: Event = { type: 'unseen', trouble }

  test('does not put off the question how an order came out', () => {
    const m = taken(happen(lost, unseen))
    expect(m.order?.state).toEqual(unknown)
    expect(happen(m, unseen, grace - 1)).toBe('ignored')
    expect(happen(m, unseen, grace)).toMatchObject({ news: 'cannotTell' })
    const seen = taken(look(lost, 'checkPass', 0))
    expect(seen).not.toHaveProperty('ended')
    expect(look(seen, 'checkPass', grace)).toHaveProperty('to.ended.ending.how', 'noEffect')
  })

  test('does not put off the end of a job that is not running', () => {
    for (const watch of [{ since: ahead }, { since, accepted: { ...accepted, since: ahead } }]) {
      const m = taken(look(watching(watch), 'checkPass', 0))
      expect(look(m, 'checkPass', grace - 1)).not.toHaveProperty('to.ended')
      expect(look(m, 'checkPass', grace)).toHaveProperty('to.ended.ending.how', 'notRunning')
    }
  })

  test('lets no look go to waste, and says when the job is out of sight', () => {
    const m = watching({ ...running, look: lookOf('running', DAY) })
    const seen = taken(look(m, 'running', 0))
    expect(seen.watch?.look).toEqual(lookOf('running', 0))
    expect(look(m, 'success', 0)).toHaveProperty('to.ended.ending.how', 'done')
    const set = taken(happen(m, unseen))
    expect(set.watch?.look).toEqual(lookOf('running', 0))
    expect(happen(set, unseen, grace)).toMatchObject({ news: 'outOfSight' })
  })
})
