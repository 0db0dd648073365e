import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Seen } from '../src/job-facts.ts'
import {
  type Ending,
  type Happening,
  type Migration,
  type Next,
  type Rules,
  type State,
  type Trouble,
  type Unknown,
  isWatched,
} from '../src/migration.ts'
import { next } from '../src/next.ts'
import { toldBy } from '../src/outcome.ts'
import { sampleMigration } from './support/sample-migration.ts'

const RULES: Rules = { grace: 120_000, patience: 600_000, sends: 3 }
const HOUR = 3_600_000
const BEGIN = Date.parse('2029-01-01T00:00:00.000Z')
const REQUESTER = 'U0ANN'
const PEOPLE = [REQUESTER, 'U0BO', 'U0CHEN'] as const
const STATUSES = [
  'creating',
  'created',
  'checking',
  'checkPass',
  'checkNotPass',
  'readyRun',
  'running',
  'readyComplete',
  'success',
  'failed',
  'stopping',
  'completing',
  'unknown',
]
const trouble: Trouble = {
  code: 'InternalError.UnknownError',
  reason: 'It broke.',
  requestId: 'request-1',
  traceId: 'trace-1',
}

describe('whatever happens, in whatever order', () => {
  test('it is decided without a throw and without a change to what was given', () => {
    always((walk) => {
      expect(walk.steps.length).toBeGreaterThan(0)
    })
  })

  test('a start is attempted only after an approval by somebody who is not the requester', () => {
    always(({ steps }) => {
      for (const [index, { after }] of attempts(steps)) {
        const asked = steps.findLastIndex(
          (step, at) => at < index && step.before.state.at === 'asking',
        )
        const approval = steps[asked]
        expect(approval?.happening).toMatchObject({
          type: 'approved',
          ask: approval?.before.ask.number,
        })
        const by = approval?.happening.type === 'approved' ? approval.happening.by : ''
        expect(by).not.toBe(REQUESTER)
        expect(after.state).toMatchObject({ by })
      }
    })
  })

  test('what is attempted is the job that was approved', () => {
    always(({ steps }) => {
      for (const [index, { after }] of attempts(steps)) {
        const approval = steps.findLast(
          (step, at) => at < index && step.before.state.at === 'asking',
        )
        expect(after.job).toEqual(approval?.before.job)
      }
    })
  })

  test('at most one attempt is in flight, and another follows only when it was throttled', () => {
    always(({ steps }) => {
      const sent = attempts(steps).map(([index]) => index)
      for (const [nth, index] of sent.entries()) {
        const another = sent[nth + 1]
        if (another === undefined) break
        const answer = steps.find((step, at) => at > index && step.moved)
        expect(answer?.happening.type).toBe('throttled')
      }
    })
  })

  test('one approval is good for so many attempts and no more', () => {
    always(({ steps }) => {
      let count = 0
      for (const { happening, moved } of steps) {
        if (!moved) continue
        if (happening.type === 'approved') count = 0
        if (happening.type === 'attempted') count++
        expect(count).toBeLessThanOrEqual(RULES.sends)
      }
    })
  })

  test('an unknown outcome never leads to another attempt', () => {
    always(({ steps }) => {
      const lost = steps.findIndex(({ after }) => after.state.at === 'unknown')
      if (lost < 0) return
      for (const { after } of steps.slice(lost)) {
        expect(['unknown', 'started', 'ended']).toContain(after.state.at)
      }
    })
  })

  test('what DTS says has run since is never said not to have started', () => {
    always(({ steps }) => {
      for (const { before, after, happening } of steps) {
        if (before.state.at !== 'unknown' || happening.type !== 'observed') continue
        const { earlierStart } = before.state
        const { startedAt } = happening.seen
        if (earlierStart === undefined || !startedAt || startedAt <= earlierStart) continue
        expect(after.state).not.toMatchObject({ ending: { how: 'didNotStart' } })
        expect(after.state.at).not.toBe('unknown')
      }
    })
  })

  test('what was sent is never asked about or approved again', () => {
    always(({ steps }) => {
      for (const { before, after, happening } of steps) {
        if (before.state.at !== 'starting' && before.state.at !== 'started') continue
        if (happening.type === 'throttled') continue
        expect(['starting', 'unknown', 'started', 'ended']).toContain(after.state.at)
      }
    })
  })

  test('an ended migration never changes', () => {
    always(({ steps }) => {
      for (const { before, moved } of steps) {
        if (before.state.at === 'ended') expect(moved).toBe(false)
      }
    })
  })

  test('every state but the end has a way on without people', () => {
    always(({ steps }) => {
      for (const { after } of steps) {
        for (const [happening, now] of waysOn(after)) {
          expect(moved(next(after, happening, now, RULES))?.state.at).not.toBe(after.state.at)
        }
        expect(waysOn(after).length > 0).toBe(after.state.at !== 'ended')
      }
    })
  })

  test('who enters a state that waits is waited for', () => {
    const QUEUES: Partial<Record<State['at'], string>> = {
      asking: 'expire',
      approved: 'start',
      unknown: 'watch',
      started: 'watch',
    }
    always(({ steps }) => {
      for (const { before, after, result } of steps) {
        if (before.state.at === after.state.at) continue
        const queue = QUEUES[after.state.at]
        expect(result).toMatchObject({ todo: queue ? [{ queue }] : [] })
      }
    })
  })

  test('an ask that has expired can be neither approved nor rejected', () => {
    always(({ steps }) => {
      for (const { before, happening, now, result } of steps) {
        if (!isDecision(happening) || now < before.ask.expiresAt) continue
        expect(result).toHaveProperty('refusal')
      }
    })
  })

  test('a stale or future ask number is refused, and expires nothing', () => {
    always(({ steps }) => {
      for (const { before, happening, result } of steps) {
        if (!('ask' in happening) || happening.ask === before.ask.number) continue
        if (happening.type === 'expired') expect(result).toBe('ignored')
        else expect(result).toHaveProperty('refusal')
      }
    })
  })

  test('only people are refused, and they are never passed over in silence', () => {
    always(({ steps }) => {
      for (const { happening, result } of steps) {
        if (isSaid(happening)) expect(result).not.toBe('ignored')
        else expect(result).not.toHaveProperty('refusal')
      }
    })
  })

  test('who asked, where and why stays; the job changes only when the question does', () => {
    always(({ steps }) => {
      for (const { before, after, happening } of steps) {
        const { id, requester, channel, reason } = before
        expect(after).toMatchObject({ id, requester, channel, reason })
        if (after.job === before.job) {
          expect(after.ask).toBe(before.ask)
          continue
        }
        expect(happening.type).toBe('changed')
        expect(after.ask.number).toBe(before.ask.number + 1)
        expect(after.state).toEqual({ at: 'asking' })
      }
    })
  })

  test('what is quiet leaves it where it was', () => {
    always(({ steps }) => {
      for (const { before, after, result } of steps) {
        if (typeof result !== 'object' || !('quiet' in result)) continue
        expect(after.state.at).toBe(before.state.at)
        expect(result.todo).toEqual([])
      }
    })
  })

  test('the watcher looks exactly while DTS may be at work for us', () => {
    always(({ steps }) => {
      for (const { after } of steps) {
        expect(isWatched(after)).toBe(['unknown', 'started'].includes(after.state.at))
      }
    })
  })

  test('all of this was seen: every state and every ending', () => {
    const ended = new Set<string>()
    const states = new Set<string>()
    for (const walk of fc.sample(walks, { numRuns: 3000, seed: 1 })) {
      for (const { after } of walk.steps) {
        states.add(after.state.at)
        if (after.state.at === 'ended') ended.add(after.state.ending.how)
      }
    }
    expect([...states].sort()).toEqual([
      'approved',
      'asking',
      'ended',
      'started',
      'starting',
      'unknown',
    ])
    expect([...ended].sort()).toEqual([
      'blocked',
      'denied',
      'didNotStart',
      'done',
      'expired',
      'failed',
      'gone',
      'letGo',
      'notRunning',
      'rejected',
      'unshown',
    ])
  })
})

const asking = sampleMigration({
  requester: REQUESTER,
  ask: { number: 2, expiresAt: iso(BEGIN + HOUR), changes: [] },
})
const inState = (state: State, job = {}): Migration => ({
  ...asking,
  job: { ...asking.job, ...job },
  state,
})
const since = iso(BEGIN)
const approved: State = { at: 'approved', by: 'U0BO', since, attempts: 0, trouble: undefined }
const starting: State = { at: 'starting', by: 'U0BO', since, attempts: 1 }
const unknown: Unknown = { at: 'unknown', since, trouble, knownBy: iso(BEGIN + RULES.grace) }
const started: State = { at: 'started', since, requestId: 'request-1', seen: undefined }

describe('deciding', () => {
  const approve = { type: 'approved', ask: 2, by: 'U0BO' } as const

  test('somebody else approves, and the start is due at once', () => {
    expect(next(asking, approve, since, RULES)).toEqual({
      to: { ...asking, state: approved },
      todo: [{ queue: 'start' }],
    })
  })

  test('requesters may not approve, but may withdraw', () => {
    const self = { ...approve, by: REQUESTER }
    expect(next(asking, self, since, RULES)).toEqual({ refusal: { no: 'selfApproval' } })
    const withdraw = { type: 'rejected', ask: 2, by: REQUESTER, reason: 'not today' } as const
    expect(next(asking, withdraw, since, RULES)).toMatchObject({
      to: { state: { at: 'ended', ending: { how: 'rejected', by: REQUESTER } } },
    })
  })

  test('a decision is refused with the reason that helps', () => {
    const refusal = (m: Migration, ask: number, at: number) =>
      next(m, { ...approve, ask }, iso(at), RULES)
    expect(refusal(asking, 1, BEGIN)).toEqual({ refusal: { no: 'askReplaced' } })
    expect(refusal(asking, 2, BEGIN + HOUR)).toEqual({
      refusal: { no: 'askExpired', jobId: asking.job.id },
    })
    expect(refusal(inState(started), 2, BEGIN)).toEqual({
      refusal: { no: 'alreadyDecided', state: 'started' },
    })
  })

  test('the last millisecond of an ask is good', () => {
    expect(next(asking, approve, iso(BEGIN + HOUR - 1), RULES)).toHaveProperty('to')
  })

  test('a job that changed is asked about again under the next number', () => {
    const job = { ...asking.job, digest: 'd2', name: 'orders-2' }
    const changes = [{ what: 'name', was: 'orders', is: 'orders-2' }]
    const expiresAt = iso(BEGIN + 2 * HOUR)
    const changed: Happening = { type: 'changed', job, changes, expiresAt }
    expect(next(inState(approved), changed, since, RULES)).toEqual({
      to: { ...asking, job, ask: { number: 3, expiresAt, changes }, state: { at: 'asking' } },
      todo: [{ queue: 'expire', at: expiresAt }],
    })
  })
})

describe('starting', () => {
  test('a throttled start is sent again, later each time, and not for ever', () => {
    const rules = { ...RULES, sends: 4 }
    const throttled = [1, 2, 3, 4].map((attempts) =>
      next(inState({ ...starting, attempts }), { type: 'throttled', trouble }, since, rules),
    )
    expect(throttled).toEqual([
      ...[1, 2, 3].map((attempts) => ({
        to: inState({ ...approved, attempts, trouble }),
        todo: [{ queue: 'start', delay: [1000, 2000, 4000][attempts - 1] }],
      })),
      { to: inState(ended({ how: 'denied', trouble })), todo: [] },
    ])
  })

  test('the attempts of one approval are counted', () => {
    expect(
      next(
        inState({ ...approved, attempts: 2 }),
        { type: 'attempted', earlierStart: since },
        since,
        RULES,
      ),
    ).toEqual({
      to: inState({ ...starting, attempts: 3, earlierStart: since }),
      todo: [],
    })
  })

  test('a job that DTS does not show is waited for, quietly, until patience ends', () => {
    const delayed: Happening = { type: 'delayed', trouble }
    expect(next(inState(approved), delayed, iso(BEGIN + RULES.patience), RULES)).toEqual({
      to: inState({ ...approved, trouble }),
      todo: [],
      quiet: true,
    })
    expect(next(inState(approved), delayed, iso(BEGIN + RULES.patience + 1), RULES)).toMatchObject({
      to: { state: { ending: { how: 'denied' } } },
    })
  })

  test('a yes that arrives after all settles an unknown outcome', () => {
    const accepted: Happening = { type: 'accepted', requestId: 'request-1' }
    expect(next(inState(unknown), accepted, iso(BEGIN + 5), RULES)).toEqual({
      to: inState(started),
      todo: [{ queue: 'watch' }],
    })
  })

  test('any other answer that arrives late changes nothing', () => {
    for (const type of ['throttled', 'lost', 'denied'] as const) {
      expect(next(inState(unknown), { type, trouble }, since, RULES)).toBe('ignored')
    }
  })
})

describe('when a start must have shown in the status', () => {
  const timed = { runMode: 'timed', expectedAt: iso(BEGIN + HOUR) } as const

  test('a timed job: some time after the time it was set to', () => {
    expect(toldBy(inState(unknown, timed), since, RULES)).toBe(iso(BEGIN + HOUR + RULES.grace))
  })

  test('a timed job whose time has passed, or is not told: after the start was sent', () => {
    const late = iso(BEGIN + 2 * HOUR)
    expect(toldBy(inState(unknown, timed), late, RULES)).toBe(iso(BEGIN + 2 * HOUR + RULES.grace))
    const untold = { runMode: 'timed', expectedAt: undefined }
    expect(toldBy(inState(unknown, untold), since, RULES)).toBe(iso(BEGIN + RULES.grace))
  })

  test('any other job: after the start was sent, whatever time it mentions', () => {
    const immediate = { ...timed, runMode: 'immediate' }
    expect(toldBy(inState(unknown, immediate), since, RULES)).toBe(iso(BEGIN + RULES.grace))
  })

  test('people are told when it is, from the moment on at which it is unknown', () => {
    const told = (now: number, job = {}) =>
      moved(next(inState(starting, job), { type: 'lost', trouble }, iso(now), RULES))?.state
    const state = { ...unknown, knownBy: iso(BEGIN + HOUR + RULES.grace) }
    expect(told(BEGIN + 5)).toEqual(unknown)
    expect(told(BEGIN + 5, timed)).toEqual(state)
    expect(told(BEGIN + 9 * HOUR, timed)).toEqual({ ...state, knownBy: iso(BEGIN + 9 * HOUR) })
  })

  test.each([unknown.knownBy, undefined])('a look that shows another time moves it: %s', (was) => {
    const shown = { status: 'checkPass', expectedAt: iso(BEGIN + 3 * HOUR) }
    const state = { ...unknown, knownBy: was, blind: { since, trouble } }
    const seen = observed(shown, BEGIN + HOUR)
    const to = inState({ ...unknown, knownBy: iso(BEGIN + 3 * HOUR + RULES.grace) }, timed)
    expect(next(inState(state, timed), seen, since, RULES)).toEqual({ to, todo: [], quiet: true })
    expect(next(to, seen, since, RULES)).toBe('ignored')
    const unseen = { type: 'unseen', trouble } as const
    expect(next(to, unseen, iso(BEGIN + 3 * HOUR + RULES.grace - 1), RULES)).toBe('ignored')
    expect(next(to, unseen, iso(BEGIN + 3 * HOUR + RULES.grace), RULES)).toHaveProperty('to')
  })

  test('until then a job that still waits says nothing, then that it did not start', () => {
    const told = BEGIN + HOUR + RULES.grace
    const state = { ...unknown, knownBy: iso(told) }
    const look = (at: number) =>
      next(inState(state, timed), observed({ status: 'checkPass' }, at), iso(at), RULES)
    expect(look(told - 1)).toBe('ignored')
    expect(look(told)).toEqual({
      to: inState(ended({ how: 'didNotStart', trouble }, told, since), timed),
      todo: [],
    })
  })

  test('a status that we do not know proves nothing, and in the end people are asked, once', () => {
    const shown = { status: 'unknown', statusCode: '99' }
    const told = BEGIN + HOUR + RULES.grace
    const waiting = { ...unknown, knownBy: iso(told) }
    const look = (at: number, state = waiting) =>
      next(inState(state, timed), observed(shown, at), iso(at), RULES)
    expect(look(told - 1)).toBe('ignored')
    const blind = { since, statusCode: '99' }
    expect(look(told)).toEqual({ to: inState({ ...waiting, blind }, timed), todo: [] })
    expect(look(told + HOUR, { ...waiting, blind })).toBe('ignored')
  })
})

describe('when DTS says when the job last began to run', () => {
  const before = iso(BEGIN - HOUR)
  const lost = (earlierStart: string | undefined): State => ({ ...unknown, earlierStart })
  const look = (state: State, startedAt: string | undefined, status: string, at = BEGIN) =>
    next(inState(state), observed({ status, startedAt }, at), iso(at), RULES)

  test('it is remembered from the look before the start', () => {
    const begun = next(inState(approved), { type: 'attempted', earlierStart: before }, since, RULES)
    const gone = next(moved(begun) ?? asking, { type: 'lost', trouble }, since, RULES)
    expect(moved(gone)?.state).toMatchObject({ at: 'unknown', earlierStart: before })
  })

  test.each([
    ['', before],
    [before, iso(BEGIN - HOUR + 1000)],
    [before, iso(BEGIN + HOUR)],
  ])('another time than before, whatever our clock: it did start (%s, %s)', (was, is) => {
    const state: State = {
      ...started,
      requestId: undefined,
      seen: seenOf({ status: 'checkPass', startedAt: is }, BEGIN),
      idleSince: since,
    }
    const watched = { to: inState(state), todo: [{ queue: 'watch' }] }
    expect(look(lost(was), is, 'checkPass')).toEqual(watched)
    expect(look(lost(was), is, 'unknown')).toMatchObject({ to: { state: { at: 'started' } } })
    expect(look(state, is, 'checkPass', BEGIN + RULES.grace)).toMatchObject({
      to: { state: { ending: { how: 'notRunning' } } },
    })
  })

  test.each([
    ['', undefined],
    [before, undefined],
    [before, before],
    [before, iso(BEGIN - 2 * HOUR)],
    [undefined, iso(BEGIN + 1000)],
  ])('the same time, an older one or none proves nothing (%s, %s)', (was, is) => {
    expect(look(lost(was), is, 'checkPass')).toBe('ignored')
    expect(look(lost(was), is, 'checkPass', BEGIN + RULES.grace)).toMatchObject({
      to: { state: { ending: { how: 'didNotStart' } } },
    })
  })
})

describe('watching', () => {
  const look = (m: Migration, seen: Partial<Seen>, at = BEGIN) =>
    next(m, observed(seen, at), iso(at), RULES)
  const showing = (seen: Partial<Seen>): Migration =>
    inState({ ...started, seen: seenOf(seen, BEGIN) })

  test.each(['readyRun', 'running', 'completing', 'stopping'])(
    'an unknown outcome is settled by a job that is %s',
    (status) => {
      expect(look(inState(unknown), { status })).toEqual({
        to: inState({ ...started, requestId: undefined, seen: seenOf({ status }, BEGIN) }),
        todo: [{ queue: 'watch' }],
      })
    },
  )

  test('the first look and every progress is remembered quietly', () => {
    expect(look(inState(started), {})).toMatchObject({ quiet: true, todo: [] })
    expect(look(showing({ percent: 10 }), { percent: 11 })).toMatchObject({ quiet: true, todo: [] })
  })

  test('a look that shows the same is ignored, for less than a minute', () => {
    expect(look(showing({}), {}, BEGIN + 59_999)).toBe('ignored')
    expect(look(showing({}), {}, BEGIN + 60_000)).toMatchObject({ quiet: true })
  })

  test('ready to cut over is worth a line in the history, once', () => {
    const ready = { status: 'readyComplete' }
    expect(look(showing({}), ready)).toEqual({ to: showing(ready), todo: [] })
    expect(look(inState(started), ready)).not.toHaveProperty('quiet')
    expect(look(inState(unknown), ready)).not.toHaveProperty('quiet')
    expect(look(showing(ready), { ...ready, secondsBehind: 9 })).toHaveProperty('quiet', true)
  })

  test('the end of the job is the end of the migration', () => {
    const errors = ['Duplicate entry']
    expect(look(showing({}), { status: 'success' })).toEqual({
      to: inState(ended({ how: 'done' }, BEGIN, since)),
      todo: [],
    })
    expect(look(showing({}), { status: 'failed', errors })).toEqual({
      to: inState(ended({ how: 'failed', errors, requestId: 'request-2' }, BEGIN, since)),
      todo: [],
    })
  })

  test('a job that DTS no longer lists is given some time, counted from the last look', () => {
    const miss = (m: Migration, at: number) =>
      next(m, { type: 'missing', at: iso(at) }, iso(at), RULES)
    const gone = { to: { state: { at: 'ended', ending: { how: 'gone' } } } }
    for (const m of [inState(unknown), inState(started), showing({})]) {
      expect(miss(m, BEGIN + RULES.grace - 1)).toBe('ignored')
      expect(miss(m, BEGIN + RULES.grace)).toMatchObject(gone)
    }
    const lately = inState({ ...started, seen: seenOf({}, BEGIN + HOUR) })
    expect(miss(lately, BEGIN + HOUR + RULES.grace - 1)).toBe('ignored')
    expect(miss(lately, BEGIN + HOUR + RULES.grace)).toMatchObject(gone)
    expect(miss(asking, BEGIN + HOUR)).toBe('ignored')
  })
})

describe('a job that is not at work although its start was taken', () => {
  const look = (state: State, status: string, at: number, job = {}) =>
    next(inState(state, job), observed({ status, statusCode: '4' }, at), iso(at), RULES)
  const idle = (status: string, at = BEGIN): State => ({
    ...started,
    seen: seenOf({ status, statusCode: '4' }, at),
    idleSince: iso(at),
  })
  const over = { to: { state: { at: 'ended', ending: { how: 'notRunning', statusCode: '4' } } } }
  const IDLE = ['creating', 'created', 'checking', 'checkPass', 'checkNotPass']

  test.each(IDLE)('%s: waited for, then the end, which says so', (status) => {
    expect(look(started, status, BEGIN)).toMatchObject({ to: { state: idle(status) }, quiet: true })
    expect(look(idle(status), status, BEGIN + RULES.grace - 1)).toMatchObject({ quiet: true })
    expect(look(idle(status), status, BEGIN + RULES.grace)).toMatchObject(over)
  })

  test('one that ran and was set back: the wait counts from the first such look', () => {
    const ran: State = { ...started, seen: seenOf({}, BEGIN + HOUR) }
    const back = look(ran, 'created', BEGIN + 2 * HOUR)
    expect(back).toMatchObject({ to: { state: { idleSince: iso(BEGIN + 2 * HOUR) } } })
    const state = moved(back)?.state ?? started
    expect(look(state, 'created', BEGIN + 2 * HOUR + RULES.grace)).toMatchObject(over)
  })

  test('one that was remembered before waits were counted: the wait counts from now', () => {
    const { idleSince: _, ...old } = { idleSince: undefined, ...idle('checkPass') }
    expect(look(old, 'checkPass', BEGIN + 1)).toMatchObject({
      to: { state: { idleSince: iso(BEGIN + 1) } },
      quiet: true,
    })
  })

  test('one that goes on after all: the wait is forgotten', () => {
    const on = moved(look(idle('checkPass'), 'running', BEGIN + 1))
    expect(on?.state).toMatchObject({ at: 'started', idleSince: undefined })
  })

  test('a timed job waits for its time, also for another time that was set since', () => {
    const timed = { runMode: 'timed', expectedAt: iso(BEGIN + HOUR) }
    const state = idle('checkPass')
    expect(look(state, 'checkPass', BEGIN + HOUR + RULES.grace - 1, timed)).not.toMatchObject(over)
    expect(look(state, 'checkPass', BEGIN + HOUR + RULES.grace, timed)).toMatchObject(over)
    const at = BEGIN + HOUR + RULES.grace
    const seen = { status: 'checkPass', statusCode: '4', expectedAt: iso(BEGIN + 3 * HOUR) }
    expect(next(inState(state, timed), observed(seen, at), iso(at), RULES)).not.toMatchObject(over)
  })
})

describe('a job that DTS does not let us look at', () => {
  const unseen = (state: State, at: number, why = trouble) =>
    next(inState(state), { type: 'unseen', trouble: why }, iso(at), RULES)
  const blind = { since, trouble }

  test.each([unknown, started])('is told about once, after a while ($at)', (state) => {
    expect(unseen(state, BEGIN + RULES.grace - 1)).toBe('ignored')
    expect(unseen(state, BEGIN + RULES.grace)).toEqual({
      to: inState({ ...state, blind } as State),
      todo: [],
    })
    expect(unseen({ ...state, blind } as State, BEGIN + HOUR)).toBe('ignored')
  })

  test('another reason is remembered, quietly', () => {
    const other = { ...trouble, code: 'AuthFailure.SecretIdNotFound' }
    expect(unseen({ ...started, blind }, BEGIN + HOUR, other)).toEqual({
      to: inState({ ...started, blind: { since, trouble: other } }),
      todo: [],
      quiet: true,
    })
  })

  test('the time counts from the last look that showed it', () => {
    const lately: State = { ...started, seen: seenOf({}, BEGIN + HOUR) }
    expect(unseen(lately, BEGIN + HOUR + RULES.grace - 1)).toBe('ignored')
    expect(unseen(lately, BEGIN + HOUR + RULES.grace)).toHaveProperty('to')
  })

  test('a timed job is not expected to show before its time, unless it has started', () => {
    const timed = { runMode: 'timed', expectedAt: iso(BEGIN + HOUR) } as const
    const told = (state: State, at: number) =>
      next(inState(state, timed), { type: 'unseen', trouble }, iso(at), RULES)
    for (const knownBy of [iso(BEGIN + HOUR + RULES.grace), undefined]) {
      const state = { ...unknown, knownBy }
      expect(told(state, BEGIN + HOUR + RULES.grace - 1)).toBe('ignored')
      expect(told(state, BEGIN + HOUR + RULES.grace)).toHaveProperty('to')
    }
    expect(told(started, BEGIN + RULES.grace)).toHaveProperty('to')
  })

  test('a look that shows it again ends that, also when nothing else changed', () => {
    const state: State = { ...started, seen: seenOf({}, BEGIN), blind }
    const again = next(inState(state), observed({}, BEGIN + 1), iso(BEGIN + 1), RULES)
    expect(again).toMatchObject({ to: { state: { blind: undefined } }, quiet: true })
  })
})

describe('what people say who looked themselves', () => {
  const blind = { since, statusCode: '99' }
  const said = (state: State, h: Happening) => next(inState(state), h, since, RULES)
  const settled = (yes: boolean): Happening => ({ type: 'settled', by: 'U0BO', started: yes })
  const letGo: Happening = { type: 'letGo', by: 'U0BO' }

  test('it started: watched from then on', () => {
    expect(said({ ...unknown, blind }, settled(true))).toEqual({
      to: inState({ ...started, requestId: undefined }),
      todo: [{ queue: 'watch' }],
    })
  })

  test('it did not start: the end, with who said so', () => {
    expect(said({ ...unknown, blind }, settled(false))).toEqual({
      to: inState(ended({ how: 'didNotStart', trouble, by: 'U0BO' }, BEGIN, since)),
      todo: [],
    })
  })

  test('the watch ends only where it may lead nowhere', () => {
    const end = { to: { state: { ending: { how: 'letGo', by: 'U0BO' } } } }
    expect(said({ ...started, blind: { since, trouble } }, letGo)).toMatchObject(end)
    const odd: State = { ...started, seen: seenOf({ status: 'unknown' }, BEGIN) }
    expect(said(odd, letGo)).toMatchObject(end)
    expect(said(started, letGo)).toEqual({ refusal: { no: 'alreadyDecided', state: 'started' } })
  })

  test('too late, or where the bot finds out by itself: refused', () => {
    for (const state of [unknown, started, starting, approved]) {
      expect(said(state, settled(false))).toEqual({
        refusal: { no: 'alreadyDecided', state: state.at },
      })
    }
  })
})

type Step = {
  before: Migration
  happening: Happening
  now: string
  result: Next
  after: Migration
  moved: boolean
}

/** What to do next, whatever the state then is, so that a failing walk shrinks well. */
type Act = { wait: number; telling: boolean; pick: number; age: number; by: string; status: string }

/** In each state: what brings it on, and what would do the most harm. */
const TELLING: Record<State['at'], Happening['type'][]> = {
  asking: ['approved', 'approved', 'approved', 'rejected', 'expired', 'unshown', 'attempted'],
  approved: ['attempted', 'attempted', 'changed', 'delayed', 'blocked', 'denied'],
  starting: ['accepted', 'throttled', 'throttled', 'lost', 'lost', 'denied', 'attempted'],
  unknown: ['observed', 'observed', 'missing', 'unseen', 'settled', 'accepted', 'attempted'],
  started: ['observed', 'observed', 'observed', 'missing', 'unseen', 'letGo', 'throttled'],
  ended: ['approved', 'attempted', 'accepted', 'changed', 'observed', 'missing', 'settled'],
}
const EVERYTHING = [...new Set([...Object.values(TELLING).flat(), 'asked' as const])]

const acts: fc.Arbitrary<Act> = fc.record({
  wait: fc.oneof(
    fc.nat(10_000),
    fc.constantFrom(0, 1, RULES.grace - 1, RULES.grace, RULES.patience + 1, HOUR - 1, HOUR),
  ),
  telling: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
  pick: fc.nat(1000),
  age: fc.constantFrom(0, 0, 0, 0, 1, 2, -1),
  by: fc.constantFrom(...PEOPLE),
  status: fc.constantFrom(...STATUSES),
})

const walks = fc
  .record({
    acts: fc.array(acts, { minLength: 1, maxLength: 40 }),
    runMode: fc.constantFrom('immediate' as const, 'timed' as const, 'unknown' as const),
    startsIn: fc.option(fc.integer({ min: -HOUR, max: 2 * HOUR }), { nil: undefined }),
  })
  .map(({ acts: all, runMode, startsIn }) => {
    const expectedAt = startsIn === undefined ? undefined : iso(BEGIN + startsIn)
    const { job, ...m } = sampleMigration({
      requester: REQUESTER,
      ask: { number: 1, expiresAt: iso(BEGIN + HOUR), changes: [] },
    })
    return { steps: walk({ ...m, job: { ...job, runMode, expectedAt } }, all) }
  })

function walk(first: Migration, all: Act[]): Step[] {
  const steps: Step[] = []
  let before = first
  let at = BEGIN
  for (const act of all) {
    at += act.wait
    const now = iso(at)
    const happening = happen(before, act, at)
    const result = next(frozen(before), frozen(happening), now, RULES)
    const after = moved(result) ?? before
    steps.push({ before, happening, now, result, after, moved: after !== before })
    before = after
  }
  return steps
}

function happen(m: Migration, act: Act, at: number): Happening {
  const types = act.telling ? TELLING[m.state.at] : EVERYTHING
  const type = types[act.pick % types.length] ?? 'asked'
  const { by } = act
  const ask = m.ask.number - act.age
  switch (type) {
    case 'approved':
      return { type, ask, by }
    case 'rejected':
      return { type, ask, by, reason: 'not today' }
    case 'expired':
      return { type, ask }
    case 'changed':
      return {
        type,
        job: { ...m.job, digest: `d${m.ask.number + 1}` },
        changes: [],
        expiresAt: iso(at + HOUR),
      }
    case 'blocked':
      return { type, status: act.status }
    case 'accepted':
      return { type, requestId: 'request-1' }
    case 'observed':
      return observed(
        {
          status: act.status,
          percent: act.pick % 100,
          startedAt: [undefined, iso(BEGIN - HOUR), iso(BEGIN)][act.pick % 3],
        },
        at,
      )
    case 'missing':
      return { type, at: iso(at) }
    case 'unshown':
      return { type, error: 'not_in_channel' }
    case 'settled':
      return { type, by, started: act.pick % 2 === 0 }
    case 'letGo':
      return { type, by }
    case 'unseen':
    case 'delayed':
    case 'throttled':
    case 'denied':
    case 'lost':
      return { type, trouble }
    case 'asked':
      return { type }
    case 'attempted':
      return { type, earlierStart: ['', iso(BEGIN - HOUR)][act.pick % 2] ?? '' }
  }
}

/** What the machinery brings about by itself, and when: each of these leads somewhere else. */
function waysOn({ state, ask }: Migration): [Happening, string][] {
  const later = iso(BEGIN + 1000 * HOUR)
  switch (state.at) {
    case 'asking':
      return [[{ type: 'expired', ask: ask.number }, ask.expiresAt]]
    case 'approved':
      return [
        [{ type: 'attempted', earlierStart: '' }, state.since],
        [{ type: 'delayed', trouble }, later],
      ]
    case 'starting':
      return [[{ type: 'lost', trouble }, state.since]]
    case 'unknown':
      return [
        [observed({ status: 'running' }, BEGIN), state.since],
        [observed({ status: 'checkPass' }, Date.parse(later)), later],
        [{ type: 'missing', at: later }, later],
      ]
    case 'started':
      return [
        [observed({ status: 'success' }, BEGIN), state.since],
        [observed({ status: 'failed' }, BEGIN), state.since],
        [{ type: 'missing', at: later }, later],
        ...(state.idleSince
          ? [[observed({ status: 'checkPass' }, Date.parse(later)), later] as [Happening, string]]
          : []),
      ]
    case 'ended':
      return []
  }
}

function always(check: (walked: { steps: Step[] }) => void): void {
  fc.assert(fc.property(walks, check), { numRuns: 500 })
}

/** The steps after which a start is sent, with their places. */
function attempts(steps: Step[]): [number, Step][] {
  return [...steps.entries()].filter(([, step]) => step.moved && step.after.state.at === 'starting')
}

function moved(result: Next): Migration | undefined {
  return typeof result === 'object' && 'to' in result ? result.to : undefined
}

function isDecision({ type }: Happening): boolean {
  return type === 'approved' || type === 'rejected'
}

/** Whether a person said it, so that it must be answered. */
function isSaid(happening: Happening): boolean {
  return isDecision(happening) || happening.type === 'settled' || happening.type === 'letGo'
}

function observed(seen: Partial<Seen>, at: number): Happening {
  return { type: 'observed', seen: seenOf(seen, at) }
}

function seenOf(seen: Partial<Seen>, at: number): Seen {
  return {
    at: iso(at),
    status: 'running',
    statusCode: '7',
    stepNow: 1,
    stepAll: 6,
    stepName: 'export',
    percent: 10,
    secondsBehind: undefined,
    megabytesBehind: undefined,
    errors: [],
    requestId: 'request-2',
    ...seen,
  }
}

/** `startedAt`: set where the start was sent and may have taken effect. */
function ended(ending: Ending, when = BEGIN, startedAt?: string): State {
  return { at: 'ended', when: iso(when), since: startedAt, ending }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
