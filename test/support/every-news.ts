import type { Check, Compare } from '../../src/dts/api.ts'
import { type JobStatus, STATUSES } from '../../src/dts/job.ts'
import type { Trouble } from '../../src/dts/trouble.ts'
import type { Event, News } from '../../src/migration/event.ts'
import type { Migration } from '../../src/migration/migration.ts'
import { next } from '../../src/migration/next.ts'
import { OPERATION_NAMES } from '../../src/migration/operation.ts'
import { RULES } from './clock.ts'
import {
  approved,
  asking,
  everyCheck,
  everyComparison,
  ordered,
  saidMigration,
  saidWatch,
  unknown,
} from './every-state.ts'
import {
  APPROVER,
  APPROVERS,
  AT,
  LATER,
  REQUESTER,
  SECOND,
  type Say,
  everyTrouble,
  otherSnapshot,
  saidItems,
  saidLook,
  saidSkip,
  saidSnapshot,
} from './said.ts'

const LONG_AGO = '2028-12-30T00:00:00.000Z'
const LATEST = '2029-01-01T02:20:00.000Z'
const BEFORE_LATEST = '2029-01-01T02:19:50.000Z'

/** What people are told: `after` is what the rules make of the event. */
export type Told = { news: News; event: Event; after: Migration }

/** All the news that an event can bring, in every stage and for every operation. */
export function everyNews(say: Say): Told[] {
  return oneOfEach(say).flatMap((m) =>
    everyEvent(say).flatMap((event) => {
      const isVote = event.type === 'approved' || event.type === 'rejected'
      const result = next(m, event, isVote ? AT : LATEST, RULES)
      if (result === 'ignored' || 'refusal' in result || !result.news) return []
      return [{ news: result.news, event, after: result.to }]
    }),
  )
}

/** At least one migration from which each piece of news can come. */
function oneOfEach(say: Say): Migration[] {
  const two = { approvers: APPROVERS, approvals: 2 }
  const votes = [{ by: SECOND, at: AT }]
  const blind = { since: AT, statusCode: say('99') }
  const running = saidWatch(say, 'running')
  const watches = [
    saidWatch(say, 'readyComplete'),
    running,
    { ...running, accepted: { operation: 'stop', since: AT } as const },
    { ...saidWatch(say, 'checkPass'), idleSince: AT },
    { ...running, blind },
    { ...running, movedAt: AT },
    { ...saidWatch(say, 'readyComplete'), statusSince: LONG_AGO },
    { ...running, pace: [{ at: LATER, secondsBehind: 1 }] },
    ...everyCheck(say).map((check) => ({ since: AT, check })),
    ...everyComparison(say)
      .filter(({ state }) => state.at !== 'over')
      .map((compare) => ({ ...running, compare })),
    { ...running, missed: { first: LATER, last: BEFORE_LATEST } },
  ]
  return [
    ...OPERATION_NAMES.flatMap((operation) => [
      asking(say, operation),
      asking(say, operation, { rule: two }),
      asking(say, operation, { rule: two, votes }),
      ordered(say, operation, { at: 'approved' }),
      ordered(say, operation, {
        at: 'sending',
        since: AT,
        token: TOKEN,
        before: { startedAt: AT },
      }),
      unknown(say, operation),
      unknown(say, operation, { blind }),
    ]),
    ...watches.map((watch) => saidMigration(say, { watch })),
    saidMigration(say, {
      watch: { since: AT, accepted: { operation: 'skip', since: AT } },
      request: approved(say, 'skip'),
    }),
    ...(['cutOver', 'stop'] as const).map((operation) =>
      saidMigration(say, {
        watch: { ...saidWatch(say, 'readyComplete'), accepted: { operation, since: AT } },
        request: approved(say, operation),
      }),
    ),
  ]
}

const TOKEN = 'attempt-1'

/** Every event, with every text in it from outside. */
export function everyEvent(say: Say): Event[] {
  const request = 1
  const token = TOKEN
  const by = APPROVER
  const each = (make: (trouble: Trouble) => Event) => everyTrouble(say).map(make)
  const statuses = Object.keys(STATUSES) as JobStatus[]
  const expiresAt = '2029-01-01T03:20:00.000Z'
  const all: Record<Event['type'], Event[]> = {
    requested: OPERATION_NAMES.map((operation) => ({
      type: 'requested',
      operation,
      ...(operation === 'skip' ? { skip: saidSkip(say) } : {}),
      requester: REQUESTER,
      reason: say('The old instance is full.'),
      rule: { approvers: APPROVERS, approvals: 1 },
      expiresAt,
    })),
    watched: [undefined, ...everyCheck(say)].map((check) => ({ type: 'watched', by, check })),
    approved: [{ type: 'approved', request, by }],
    rejected: [by, REQUESTER].map((who) => ({
      type: 'rejected',
      request,
      by: who,
      reason: say('Not before the release'),
    })),
    expired: [{ type: 'expired', request }],
    changed: [saidSnapshot(say), otherSnapshot(say)].map((snapshot) => ({
      type: 'changed',
      request,
      snapshot,
      expiresAt,
    })),
    outdated: [{ type: 'outdated', request, expiresAt }],
    blocked: [
      { type: 'blocked', request, status: 'missing', statusCode: '' },
      { type: 'blocked', request, status: 'checkNotPass', statusCode: say('5'), items: [say('b')] },
      ...statuses.map((status): Event => ({
        type: 'blocked',
        request,
        status,
        statusCode: say('7'),
      })),
    ],
    delayed: each((trouble) => ({ type: 'delayed', request, trouble })),
    attempted: [{ type: 'attempted', request, token, before: {} }],
    denied: [
      ...each((trouble) => ({ type: 'denied', request, trouble })),
      ...each((trouble) => ({ type: 'denied', request, token, trouble })),
    ],
    accepted: [{ type: 'accepted', token, requestId: say('r-1') }],
    throttled: each((trouble) => ({ type: 'throttled', token, trouble })),
    lost: each((trouble) => ({ type: 'lost', token, trouble })),
    observed: statuses.flatMap((status): Event[] => {
      const look = saidLook(say, status, { at: LATEST })
      return [
        { type: 'observed', look },
        { type: 'observed', look, digest: 'another' },
      ]
    }),
    checked: everyCheckShown(say).flatMap((check): Event[] =>
      (['checkNotPass', 'checkPass'] as const).map((status) => ({
        type: 'checked',
        look: saidLook(say, status, { at: LATEST }),
        check,
        snapshot: otherSnapshot(say),
      })),
    ),
    checkBegun: [say('r-1'), ''].map((requestId) => ({ type: 'checkBegun', requestId })),
    checkDenied: each((trouble) => ({ type: 'checkDenied', trouble, isFinal: true })),
    compareAsked: [{ type: 'compareAsked', by }],
    compareSending: [{ type: 'compareSending' }],
    compareCreated: [{ type: 'compareCreated', compareId: say('dts-1kl0iy0v-cmp-37skmii9') }],
    compareDenied: each((trouble) => ({ type: 'compareDenied', trouble })),
    compareSeen: [undefined, ...everyCompareShown(say)].map((compare) => ({
      type: 'compareSeen',
      at: LATEST,
      compare,
    })),
    compareUnseen: each((trouble) => ({ type: 'compareUnseen', trouble, final: true })),
    missing: [{ type: 'missing' }],
    unseen: each((trouble) => ({ type: 'unseen', trouble })),
    settled: [true, false].map((tookEffect) => ({ type: 'settled', request, by, tookEffect })),
    watchStopped: [{ type: 'watchStopped', by }],
    undeliverable: [undefined, true].map((lost) => ({
      type: 'undeliverable',
      error: say('not_in_channel'),
      lost,
    })),
  }
  return Object.values(all).flat()
}

/** What DTS may list of a comparison. */
function everyCompareShown(say: Say): Compare[] {
  const shown = { id: say('dts-1kl0iy0v-cmp-37skmii9'), name: say('nightly') }
  const times = { createdAt: AT, startedAt: AT, finishedAt: LATER }
  return [
    { ...shown, status: 'created', createdAt: AT },
    { ...shown, status: 'running', percent: 40, createdAt: AT, startedAt: AT },
    { ...shown, ...times, status: 'failed', message: say('No such table') },
    { ...shown, ...times, status: 'canceled' },
    { ...shown, ...times, status: 'success' },
    ...(['same', 'different', 'skipped'] as const).map((conclusion): Compare => ({
      ...shown,
      ...times,
      status: 'success',
      conclusion,
    })),
    { ...shown, status: 'unknown' },
  ]
}

/** What DTS may show of a check. */
function everyCheckShown(say: Say): Check[] {
  const states = ['notStarted', 'running', 'passed', 'notPassed'] as const
  return states.flatMap((state): Check[] => [
    { state },
    { state, percent: 40, message: say('No binlog') },
    { state, message: say('No binlog'), items: saidItems(say) },
    { state, items: saidSkip(say).items.map(({ id, name }) => ({ id, name, ...SKIPPED })) },
  ])
}

const SKIPPED = { outcome: 'failed', skippable: false, skipped: true } as const
