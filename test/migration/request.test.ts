import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/migration/event.ts'
import type { ApprovalRequest, Watch } from '../../src/migration/migration.ts'
import { isSatisfied, requestOf } from '../../src/migration/request.ts'
import { HOUR, at, happen } from '../support/clock.ts'
import { ENDED, LOOK, ORDER, REQUEST, WATCH, sampleMigration } from '../support/sample-migration.ts'

const NOW = at(0)
const NOT_NOW = { no: 'notNow', operation: 'cutOver', look: LOOK }
const ANN = 'U0ANN'
const BO = 'U0BO'
const CHEN = 'U0CHEN'
const approvers = [BO, CHEN]
const rule = { approvers, approvals: 1 }
const expiresAt = at(HOUR)
const request: ApprovalRequest = { ...REQUEST, number: 2, requester: ANN, rule, expiresAt }
const asking = sampleMigration({ request })
const approve = { type: 'approved', request: 2, by: BO } as const
const reject = { type: 'rejected', request: 2, by: BO, reason: 'not today' } as const
const expired = { type: 'expired', request: 2 } as const

describe('an approval request', () => {
  test('becomes an order with the last vote that its rule wants, to be sent at once', () => {
    const decision = { is: 'approved', at: NOW } as const
    expect(happen(asking, approve)).toEqual({
      to: {
        ...asking,
        request: { ...request, votes: [{ by: BO, at: NOW }], decision },
        order: { ...ORDER, request: 2, approvedAt: NOW },
      },
      todo: [{ queue: 'send', delay: 0 }],
      news: 'approved',
    })
  })

  test('counts the votes of different people until there are enough', () => {
    const two = { ...request, rule: { approvers, approvals: 2 } }
    const to = { ...asking, request: { ...two, votes: [{ by: BO, at: NOW }] } }
    expect(happen({ ...asking, request: two }, approve)).toEqual({ to, todo: [], news: 'voted' })
    expect(happen(to, approve)).toEqual({
      refusal: { no: 'alreadyVoted', at: NOW, missing: 1, approvers },
    })
    expect(happen(to, { ...approve, by: CHEN })).toMatchObject({ news: 'approved' })
  })

  test('cannot be approved by its requester, who can withdraw it', () => {
    const refusal = { no: 'selfApproval', approvers }
    expect(happen(asking, { ...approve, by: ANN })).toEqual({ refusal })
    expect(happen(asking, { ...reject, by: ANN })).toMatchObject({ news: 'ended' })
  })

  test('can be decided until the millisecond before it expires', () => {
    const refusal = { no: 'requestExpired', operation: 'start', jobId: asking.job.id }
    for (const decide of [approve, reject]) {
      expect(happen(asking, decide, HOUR - 1)).toHaveProperty('to')
      expect(happen(asking, decide, HOUR)).toEqual({ refusal })
    }
  })

  test('cannot be decided when another one has replaced it, or after its decision', () => {
    const refusal = { no: 'requestReplaced' }
    expect(happen(asking, { ...approve, request: 1 }, HOUR)).toEqual({ refusal })
    expect(happen(asking, { ...approve, request: 3 })).toEqual({ refusal })
    const decided: ApprovalRequest = { ...request, decision: { is: 'expired', at: NOW } }
    expect(
      happen({ ...asking, request: decided, watch: WATCH }, { ...approve, request: 1 }),
    ).toEqual({
      refusal: { no: 'tooLate', stage: 'watching' },
    })
  })
})

describe('a request that comes to nothing', () => {
  test.each<[Event, ApprovalRequest['decision'], object]>([
    [
      reject,
      { is: 'rejected', at: NOW, by: BO, reason: 'not today' },
      { how: 'rejected', by: BO, reason: 'not today' },
    ],
    [expired, { is: 'expired', at: NOW }, { how: 'expired' }],
  ])('ends the migration, or goes back to the watch: $type', (event, decision, ending) => {
    const to = { ...asking, request: { ...request, decision } }
    const ended = { at: NOW, ending }
    expect(happen(asking, event)).toEqual({ to: { ...to, ended }, todo: [], news: 'ended' })
    const watch = { ...WATCH, blind: { since: NOW, statusCode: '99' } }
    const back = { to: { ...to, watch }, todo: [], news: 'failed' }
    expect(happen({ ...asking, watch }, event)).toEqual(back)
  })

  test('ends the migration when Slack rejects the card, unless the job is watched', () => {
    const undeliverable = { type: 'undeliverable', error: 'not_in_channel', lost: true } as const
    const ending = { how: 'undeliverable', error: 'not_in_channel', lost: true }
    expect(happen(asking, undeliverable)).toMatchObject({ to: { ended: { at: NOW, ending } } })
    expect(happen({ ...asking, watch: WATCH }, undeliverable)).toBe('ignored')
  })
})

describe('another request', () => {
  const asked = { operation: 'cutOver', requester: CHEN, reason: 'Now', rule, expiresAt } as const
  const requested = { type: 'requested', ...asked } as const
  const ready: Watch = { ...WATCH, look: { ...LOOK, status: 'readyComplete' } }
  const watching = sampleMigration({ request: undefined, watch: ready })
  const decided: ApprovalRequest = { ...request, decision: { is: 'approved', at: NOW } }
  const first = busyWith(request)

  test.each([
    ['is the first of a job that is only watched', watching, 1],
    ['follows one that is decided', { ...watching, request: decided }, 3],
  ])('%s', (_, m, number) => {
    expect(requestOf(requested, number)).toEqual({ ...asked, number, votes: [] })
    expect(happen(m, requested)).toEqual({
      to: { ...m, order: undefined, request: { ...asked, number, votes: [] } },
      todo: [{ queue: 'expire', request: number, at: expiresAt }],
      news: 'requested',
    })
  })

  test.each([
    ['an open request', { ...watching, request }, { ...first, stage: 'asking' }],
    ['an order', { ...watching, request: decided, order: ORDER }, { ...first, stage: 'approved' }],
    ['a status in which it is not possible', { ...watching, watch: WATCH }, NOT_NOW],
    ['the end', { ...watching, ended: ENDED }, { no: 'tooLate', stage: 'ended' }],
  ])('is refused because of %s', (_, m, refusal) => {
    expect(happen(m, requested)).toEqual({ refusal })
  })
})

test('a request that is delivered twice is one, from somebody else it is another', () => {
  const m = sampleMigration({ request, watch: WATCH })
  const { operation, requester, reason } = request
  const again = { type: 'requested', operation, requester, reason, rule, expiresAt } as const
  expect(happen(m, again)).toBe('ignored')
  for (const other of [
    { requester: CHEN },
    { reason: 'Another' },
    { operation: 'stop' },
  ] as const) {
    const refusal = { ...busyWith(request), stage: 'asking' }
    expect(happen(m, { ...again, ...other })).toEqual({ refusal })
  }
})

test('a rule is satisfied by so many different people', () => {
  const votes = [BO, BO, CHEN].map((by) => ({ by, at: NOW }))
  const wants = (approvals: number) => isSatisfied({ approvers, approvals }, votes)
  expect([1, 2, 3].map(wants)).toEqual([true, true, false])
})

/** The "no" to whoever asks beside this request. */
function busyWith({ operation, requester }: ApprovalRequest) {
  return { no: 'busy', operation, requester }
}
