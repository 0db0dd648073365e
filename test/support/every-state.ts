import type { JobFacts, Seen } from '../../src/job-facts.ts'
import type { Ending, Happening, Migration, State, Trouble } from '../../src/migration.ts'
import type { Refusal } from '../../src/refusal.ts'
import { sampleMigration } from './sample-migration.ts'

/** Whom our messages may mention: nobody else may turn up in them. */
export const REQUESTER = 'U0ANN'
export const APPROVER = 'U0BO'
export const APPROVERS = [APPROVER, 'S0ONCALL']
export const CHANNEL = 'C0MIGRATE'

const AT = '2029-01-01T00:00:00.000Z'
const LATER = '2029-01-01T02:14:00.000Z'

/** Gives a text from outside: the next of a list, a name for what it stands for, and the like. */
export type Say = (what: string) => string

/** A job all of whose texts are from outside, and which could hurt in every way. */
export function saidJob(say: Say): JobFacts {
  const end = () => ({
    engine: say('mysql'),
    access: say('cdb'),
    instance: say('cdb-1'),
    region: say('ap-guangzhou'),
  })
  return {
    id: 'dts-1kl0iy0v',
    region: say('ap-guangzhou'),
    name: say('orders-to-cynosdb'),
    source: end(),
    target: end(),
    runMode: 'timed',
    expectTime: say('2029-01-01 08:00:00'),
    expectedAt: AT,
    migrateType: 'fullAndIncrement',
    wholeInstance: true,
    overridesRoot: true,
    targetReadOnly: true,
    digest: 'd1',
  }
}

export function saidSeen(say: Say, status = 'running'): Seen {
  return {
    at: LATER,
    status,
    statusCode: '7',
    stepNow: 3,
    stepAll: 6,
    stepName: say('Full export'),
    percent: 43,
    secondsBehind: 12,
    megabytesBehind: 3,
    expectTime: say('2029-01-01 09:00:00'),
    expectedAt: AT,
    startedAt: AT,
    errors: [say('Duplicate entry'), say('Lost connection'), say('Timeout'), say('Again')],
    requestId: say('b7a1c3e0-0000-4000-8000-000000000001'),
  }
}

/** A look at a job whose progress DTS did not tell. */
const NOTHING = {
  stepNow: undefined,
  stepAll: undefined,
  stepName: undefined,
  percent: undefined,
  secondsBehind: undefined,
  megabytesBehind: undefined,
}

/** Troubles of every form: DTS said something known, something new, nothing. */
export function saidTroubles(say: Say): Trouble[] {
  const heard = (code: string | undefined): Trouble => ({
    code,
    reason: say('The connection to Tencent Cloud failed.'),
    requestId: code ? say('b7a1c3e0-0000-4000-8000-000000000002') : undefined,
    traceId: say('b7a1c3e0-0000-4000-8000-000000000003'),
  })
  return [
    heard('UnauthorizedOperation.NotEnoughPrivileges'),
    heard(say('FailedOperation.Unheard')),
    heard(undefined),
  ]
}

export function everyEnding(say: Say): Ending[] {
  const seen = saidSeen(say)
  const troubles = saidTroubles(say)
  const all: Record<Ending['how'], Ending[]> = {
    done: [{ how: 'done' }],
    failed: [
      { how: 'failed', errors: seen.errors, requestId: seen.requestId },
      { how: 'failed', errors: [], requestId: undefined },
    ],
    rejected: [APPROVER, REQUESTER].map((by) => ({
      how: 'rejected',
      by,
      reason: say('Not before the release'),
    })),
    expired: [{ how: 'expired' }],
    blocked: ['missing', 'running', 'unknown'].map((status) => ({ how: 'blocked', status })),
    denied: troubles.map((trouble) => ({ how: 'denied', trouble })),
    didNotStart: troubles.flatMap((trouble): Ending[] => [
      { how: 'didNotStart', trouble },
      { how: 'didNotStart', trouble, by: APPROVER },
    ]),
    notRunning: [{ how: 'notRunning', status: 'checkPass', statusCode: '4' }],
    letGo: [{ how: 'letGo', by: APPROVER }],
    gone: [{ how: 'gone' }],
    unshown: [false, true].map((lost) => ({ how: 'unshown', error: say('not_in_channel'), lost })),
  }
  return Object.values(all).flat()
}

export function everyState(say: Say): State[] {
  const troubles = saidTroubles(say)
  const approved = { at: 'approved', by: APPROVER, since: AT, attempts: 0 } as const
  const started = { at: 'started', since: AT, requestId: undefined } as const
  const seen = ['checkPass', 'readyRun', 'running', 'readyComplete', 'completing', 'stopping']
  const all: Record<State['at'], State[]> = {
    asking: [{ at: 'asking' }],
    approved: [undefined, ...troubles].map((trouble) => ({ ...approved, trouble })),
    starting: [{ at: 'starting', by: APPROVER, attempts: 1, since: AT }],
    unknown: troubles.flatMap((trouble): State[] => [
      { at: 'unknown', since: AT, trouble },
      { at: 'unknown', since: AT, trouble, knownBy: LATER },
      { at: 'unknown', since: AT, trouble, blind: { since: AT, trouble } },
      { at: 'unknown', since: AT, trouble, blind: { since: AT, statusCode: say('99') } },
    ]),
    started: [
      { ...started, seen: undefined },
      { ...started, seen: { ...saidSeen(say), ...NOTHING } },
      ...troubles.map((trouble): State => ({
        ...started,
        seen: saidSeen(say),
        blind: { since: AT, trouble },
      })),
      ...[...seen, 'unknown'].map((status): State => ({ ...started, seen: saidSeen(say, status) })),
    ],
    ended: everyEnding(say).map((ending) => ({ at: 'ended', when: LATER, since: AT, ending })),
  }
  return Object.values(all).flat()
}

/** The same migration in every state, first asked and asked again because all of it changed. */
export function everyMigration(say: Say): Migration[] {
  const job = saidJob(say)
  const first = { number: 1, expiresAt: LATER, changes: [] }
  const reason = say('The old instance is full.')
  const common = { requester: REQUESTER, channel: CHANNEL, reason, job }
  const migrations = everyState(say).map((state) =>
    sampleMigration({ ...common, ask: first, state }),
  )
  const changes = saidChanges(say)
  return [...migrations, sampleMigration({ ...common, ask: { ...first, number: 2, changes } })]
}

export function everyHappening(say: Say): Happening[] {
  const troubles = saidTroubles(say)
  const troubled = (type: 'delayed' | 'throttled' | 'denied' | 'lost' | 'unseen') =>
    troubles.map((trouble): Happening => ({ type, trouble }))
  const changed = { type: 'changed', job: saidJob(say), expiresAt: LATER } as const
  const all: Record<Happening['type'], Happening[]> = {
    asked: [{ type: 'asked' }],
    approved: [{ type: 'approved', ask: 1, by: APPROVER }],
    rejected: [{ type: 'rejected', ask: 1, by: APPROVER, reason: say('Not now') }],
    expired: [{ type: 'expired', ask: 1 }],
    changed: [
      { ...changed, changes: saidChanges(say) },
      { ...changed, changes: [] },
    ],
    blocked: [{ type: 'blocked', status: 'missing' }],
    delayed: troubled('delayed'),
    attempted: [{ type: 'attempted', earlierStart: '' }],
    accepted: [{ type: 'accepted', requestId: say('b7a1c3e0-0000-4000-8000-000000000004') }],
    throttled: troubled('throttled'),
    denied: troubled('denied'),
    lost: troubled('lost'),
    observed: ['running', 'readyComplete', 'checkPass', 'success', 'failed', 'unknown'].map(
      (status) => ({ type: 'observed', seen: saidSeen(say, status) }),
    ),
    missing: [{ type: 'missing', at: LATER }],
    unseen: troubled('unseen'),
    settled: [true, false].map((hasStarted) => ({
      type: 'settled',
      by: APPROVER,
      started: hasStarted,
    })),
    letGo: [{ type: 'letGo', by: APPROVER }],
    unshown: [false, true].map((lost) => ({ type: 'unshown', error: say('not_in_channel'), lost })),
  }
  return Object.values(all).flat()
}

export function everyRefusal(say: Say): Refusal[] {
  const states = ['asking', 'approved', 'starting', 'unknown', 'started', 'ended'] as const
  const all: Record<Refusal['no'], Refusal[]> = {
    selfApproval: [{ no: 'selfApproval' }],
    notApprover: [{ no: 'notApprover' }],
    guest: [{ no: 'guest' }],
    bot: [{ no: 'bot' }],
    foreignWorkspace: [{ no: 'foreignWorkspace' }],
    cannotTell: [{ no: 'cannotTell', error: say('internal_error') }],
    groupsUnreadable: [true, false].map((passing) => ({
      no: 'groupsUnreadable',
      groups: ['S0ONCALL'],
      error: say('no_such_subteam'),
      passing,
    })),
    alreadyDecided: states.map((state) => ({ no: 'alreadyDecided', state })),
    askReplaced: [{ no: 'askReplaced' }],
    askExpired: [{ no: 'askExpired', jobId: 'dts-1kl0iy0v' }],
    taken: [{ no: 'taken', requester: REQUESTER, channel: CHANNEL }],
    badJobId: [{ no: 'badJobId', text: say('dts_1') }],
    badRegion: [{ no: 'badRegion', text: say('Guangzhou') }],
    unknownMigration: [{ no: 'unknownMigration' }],
    deadControl: [{ no: 'deadControl' }],
    notInChannel: [{ no: 'notInChannel' }],
    archived: [{ no: 'archived' }],
    missingScope: [{ no: 'missingScope', scope: say('users:read') }],
    slackTrouble: [
      { no: 'slackTrouble', error: say('HTTP 500'), seconds: undefined },
      { no: 'slackTrouble', error: say('ratelimited'), seconds: 5 },
    ],
  }
  return Object.values(all).flat()
}

function saidChanges(say: Say): Migration['ask']['changes'] {
  return ['name', 'source'].map((what) => ({ what, was: say('orders'), is: say('orders-2') }))
}
