import type { JobStatus } from '../../src/dts/job.ts'
import { JOB_ACTIONS, STATUSES } from '../../src/dts/job.ts'
import type { Trouble } from '../../src/dts/trouble.ts'
import { type Action, actionsOf } from '../../src/migration/actions.ts'
import type { Comparison } from '../../src/migration/comparison.ts'
import type {
  ApprovalRequest,
  AskedCheck,
  Decision,
  Ending,
  Migration,
  OrderState,
  Stage,
  Watch,
} from '../../src/migration/migration.ts'
import { OPERATION_NAMES, type OperationName } from '../../src/migration/operation.ts'
import { OPERATIONS } from '../../src/migration/operations.ts'
import { everyEnding } from './every-ending.ts'
import {
  APPROVER,
  APPROVERS,
  AT,
  CHANNEL,
  LATER,
  REQUESTER,
  type Say,
  bareLook,
  everyTrouble,
  otherSnapshot,
  saidLook,
  saidSkip,
  saidSnapshot,
} from './said.ts'
import { REQUEST, sampleMigration } from './sample-migration.ts'

/** A job in every stage, with all that can be known of it there. */
export function everyMigration(say: Say): Migration[] {
  const all: Record<Stage, Migration[]> = {
    asking: OPERATION_NAMES.flatMap((operation) => everyAsking(say, operation)),
    approved: OPERATION_NAMES.flatMap((operation) =>
      [undefined, ...everyTrouble(say, 'DescribeMigrateJobs')].map((trouble) =>
        ordered(say, operation, { at: 'approved', trouble }),
      ),
    ),
    sending: OPERATION_NAMES.map((operation) =>
      ordered(say, operation, { at: 'sending', ...SENT }),
    ),
    unknown: OPERATION_NAMES.flatMap((operation) => everyUnknown(say, operation)),
    watching: everyWatched(say),
    ended: everyEnding(say).flatMap((ending) => everyEnded(say, ending)),
  }
  return Object.values(all).flat()
}

export function everyAction(say: Say): Action[] {
  return everyMigration(say).flatMap((m) => actionsOf(m))
}

/** Waiting for the first vote, for the second, and again with and without a visible difference. */
function everyAsking(say: Say, operation: OperationName): Migration[] {
  const votes = [{ by: APPROVER, at: AT }]
  const rule = { approvers: APPROVERS, approvals: 2 }
  return [
    asking(say, operation),
    asking(say, operation, { rule }),
    asking(say, operation, { rule, votes }),
    asking(say, operation, { number: 2, changedFrom: otherSnapshot(say) }),
    asking(say, operation, { number: 2, changedFrom: saidSnapshot((what) => what) }),
    ...(operation === 'skip' ? [asking(say, operation, { skip: saidSkip(say, 1) })] : []),
    ...(operation === 'cutOver' ? everyCompared(say) : []),
  ]
}

/** People decide about a cutover, and know whether both ends are alike. */
function everyCompared(say: Say): Migration[] {
  const request = saidRequest(say, 'cutOver')
  const look = saidLook(say, 'readyComplete', { allowed: [...JOB_ACTIONS] })
  return everyComparison(say).map((compare) =>
    saidMigration(say, { request, watch: { ...saidWatch(say, 'readyComplete'), look, compare } }),
  )
}

export function asking(
  say: Say,
  operation: OperationName,
  change?: Partial<ApprovalRequest>,
): Migration {
  const request = saidRequest(say, operation, change)
  return saidMigration(say, { request, watch: watchBeside(say, operation) })
}

/** A start and a skip have no watch before they are sent; any other operation is beside one. */
function watchBeside(say: Say, operation: OperationName): Watch | undefined {
  return OPERATIONS[operation].begins ? undefined : saidWatch(say, 'readyComplete')
}

const SENT = { since: AT, token: 'attempt-1', before: { startedAt: AT } }

export function ordered(
  say: Say,
  operation: OperationName,
  state: OrderState,
  watch = watchBeside(say, operation),
): Migration {
  const attempts = state.at === 'approved' && !state.trouble ? 0 : 1
  const order = { operation, request: 1, approvedAt: AT, attempts, state }
  return saidMigration(say, { request: approved(say, operation), order, watch })
}

function everyUnknown(say: Say, operation: OperationName): Migration[] {
  const blind = { since: AT, statusCode: say('99') }
  return [
    unknown(say, operation, { blind: { since: AT, unclear: 'check' } }),
    unknown(say, operation, { blind }),
    unknown(say, operation, { blind: { since: AT, until: LATER } }),
    unknown(say, operation, { missed: { first: AT, last: LATER } }),
    ...everyTrouble(say).flatMap((trouble) => [
      unknown(say, operation, {}, trouble),
      unknown(say, operation, { blind: { since: AT, trouble } }, trouble),
    ]),
  ]
}

export function unknown(
  say: Say,
  operation: OperationName,
  watch: Partial<Watch> = {},
  trouble: Trouble = { kind: 'interrupted' },
): Migration {
  const state: OrderState = { at: 'unknown', ...SENT, trouble, deadline: LATER }
  return ordered(say, operation, state, { since: AT, ...watchBeside(say, operation), ...watch })
}

/** Only watched, then each with the request that came before. */
function everyWatched(say: Say): Migration[] {
  const decisions: (Decision | undefined)[] = [
    undefined,
    { is: 'rejected', at: AT, by: APPROVER, reason: say('Not now') },
    { is: 'expired', at: AT },
  ]
  return [
    ...everyWatch(say).flatMap((watch) => [
      saidMigration(say, { watch }),
      saidMigration(say, { watch, request: approved(say, watch.accepted?.operation ?? 'start') }),
    ]),
    ...decisions.map((decision) =>
      saidMigration(say, {
        watch: saidWatch(say, 'readyComplete'),
        request: decision && saidRequest(say, 'cutOver', { number: 2, decision }),
      }),
    ),
  ]
}

/** Accepted, timed, at work with and without progress, ready, blind, idle: whatever a card may show. */
function everyWatch(say: Say): Watch[] {
  const statuses = Object.keys(STATUSES) as JobStatus[]
  const accepted = (operation: OperationName) => ({ operation, since: AT, requestId: say('r-1') })
  return [
    { since: AT },
    ...OPERATION_NAMES.map((operation) => ({ since: AT, accepted: accepted(operation) })),
    { since: AT, accepted: { operation: 'start', since: AT } },
    ...statuses.map((status) => saidWatch(say, status)),
    ...statuses.map((status) => ({ ...saidWatch(say, status), look: bareLook(say, status) })),
    ...OPERATION_NAMES.map((operation) => ({
      ...saidWatch(say, 'running'),
      accepted: accepted(operation),
    })),
    { ...saidWatch(say, 'checkPass'), idleSince: AT },
    { ...saidWatch(say, 'running'), missed: { first: AT, last: LATER }, lateStop: true },
    ...everyTrouble(say, 'DescribeMigrateJobs').map((trouble) => ({
      ...saidWatch(say, 'running'),
      blind: { since: AT, trouble },
    })),
    { ...saidWatch(say, 'paused'), look: saidLook(say, 'paused', { allowed: [...JOB_ACTIONS] }) },
    ...everyCheck(say).map((check) => ({ since: AT, look: saidLook(say, 'checking'), check })),
    ...everyTrouble(say, 'DescribeMigrateCheckJob')
      .slice(0, 1)
      .flatMap((trouble) =>
        everyCheck(say).map((check) => ({ since: AT, check, blind: { since: AT, trouble } })),
      ),
    ...everyComparison(say)
      .slice(-2)
      .map((compare) => ({ ...saidWatch(say, 'readyComplete'), compare })),
    { ...saidWatch(say, 'unknown'), blind: { since: AT, statusCode: say('99') } },
  ]
}

/** Just asked for, and seen with and without a percentage. */
export function everyCheck(say: Say): AskedCheck[] {
  const asked = { since: AT, requestId: say('r-1') }
  const thenAsk = { reason: say('because'), rule: { approvers: APPROVERS, approvals: 1 }, lasts: 1 }
  return [
    asked,
    { ...asked, requestId: '' },
    { ...asked, seen: AT, percent: 40 },
    { ...asked, seen: AT, thenAsk },
  ]
}

/** On its way, at work, over in each way; asked for here, and made in the console. */
export function everyComparison(say: Say): Comparison[] {
  const id = say('dts-1kl0iy0v-cmp-37skmii9')
  const over = { at: 'over', id, when: AT } as const
  const results = ['same', 'different', 'skipped', 'canceled', 'unclear', 'notBegun'] as const
  const [trouble] = everyTrouble(say, 'CreateCompareTask')
  const lost = { kind: 'interrupted' } as const
  const states: Comparison['state'][] = [
    { at: 'asked' },
    { at: 'sending' },
    { at: 'running', id, seen: AT, percent: 40 },
    ...results.map((result) => ({ ...over, result })),
    { ...over, result: 'failed', message: say('No such table') },
    { ...over, id: undefined, result: 'notBegun', trouble },
    { ...over, id: undefined, result: 'notBegun', trouble: lost },
  ]
  return [
    ...states.map((state) => ({ by: REQUESTER, since: AT, state })),
    { since: AT, state: { at: 'none' } },
    { since: AT, state: { at: 'running', id, seen: AT } },
  ]
}

/** What was watched last stays; a request may still have been open. */
function everyEnded(say: Say, ending: Ending): Migration[] {
  const ended = { at: LATER, ending }
  if (ending.how === 'checked') {
    return everyCheck(say)
      .map((check) => saidMigration(say, { watch: { since: AT, check }, ended }))
      .concat(saidMigration(say, { request: approved(say, 'skip'), watch: { since: AT }, ended }))
  }
  const last = saidWatch(say, 'running')
  const request = (operation: OperationName) => saidRequest(say, operation, decisionOf(ending))
  return [
    saidMigration(say, { request: request('start'), ended }),
    saidMigration(say, { request: request('skip'), ended }),
    saidMigration(say, { request: request('cutOver'), watch: last, ended }),
    saidMigration(say, { request: request('stop'), watch: last, ended }),
    saidMigration(say, { watch: { since: AT }, ended }),
  ]
}

function decisionOf(ending: Ending): Partial<ApprovalRequest> {
  const { how } = ending
  if (how === 'undeliverable') return {}
  if (how === 'rejected') {
    return { decision: { is: how, at: LATER, by: ending.by, reason: ending.reason } }
  }
  return { decision: { is: how === 'expired' ? how : 'approved', at: LATER } }
}

export function saidMigration(say: Say, change: Partial<Migration>): Migration {
  return sampleMigration({
    owner: REQUESTER,
    channel: CHANNEL,
    job: {
      account: say('production'),
      region: say('ap-guangzhou'),
      id: 'dts-1kl0iy0v',
      apiVersion: '2018-03-30',
    },
    snapshot: saidSnapshot(say),
    request: undefined,
    ...change,
  })
}

export function saidRequest(
  say: Say,
  operation: OperationName,
  change: Partial<ApprovalRequest> = {},
): ApprovalRequest {
  return {
    ...REQUEST,
    operation,
    ...(operation === 'skip' ? { skip: saidSkip(say) } : {}),
    requester: REQUESTER,
    reason: say('The old instance is full.'),
    rule: { approvers: APPROVERS, approvals: 1 },
    expiresAt: LATER,
    ...change,
  }
}

export function approved(say: Say, operation: OperationName): ApprovalRequest {
  const votes = [{ by: APPROVER, at: AT }]
  return saidRequest(say, operation, { votes, decision: { is: 'approved', at: AT } })
}

export function saidWatch(say: Say, status: JobStatus): Watch {
  const accepted = { operation: 'start', since: AT, requestId: say('r-1') } as const
  return { since: AT, accepted, look: saidLook(say, status) }
}
