import { expect, test } from 'vitest'
import { type Action, actionsOf } from '../../src/migration/actions.ts'
import type { ApprovalRequest, Migration, Order, Watch } from '../../src/migration/migration.ts'
import { TROUBLE as trouble, at } from '../support/clock.ts'
import {
  ENDED,
  LOOK,
  ORDER,
  REQUEST,
  SNAPSHOT,
  WATCH,
  sampleMigration,
} from '../support/sample-migration.ts'

const since = at(0)
const approvers = ['U0BO', 'S0ONCALL']
const rule = { approvers, approvals: 2 }
const open: ApprovalRequest = { ...REQUEST, number: 3, requester: 'U0ANN', rule }
const request: ApprovalRequest = { ...open, decision: { is: 'approved', at: since } }
const sent = { since, token: 'attempt-1', before: {} }
const sending: Order = { ...ORDER, state: { at: 'sending', ...sent } }
const unknown: Order = { ...ORDER, state: { at: 'unknown', ...sent, trouble, deadline: since } }
const blind: Watch = { ...WATCH, blind: { since, trouble } }
const strange: Watch = { ...WATCH, look: { ...LOOK, status: 'unknown' } }
const theirs = { request: 3, approvers }
const approve: Action = { do: 'approve', ...theirs, except: 'U0ANN' }
const reject: Action = { do: 'reject', ...theirs, also: 'U0ANN' }
const tookEffect: Action = { do: 'tookEffect', ...theirs }
const noEffect: Action = { do: 'noEffect', ...theirs }
const stop: Action = { do: 'stopWatching', ...theirs }
const typed: Action = { ...stop, typed: true }
const ownStop: Action = { do: 'stopWatching', request: 0, approvers: [], also: 'U0DEE' }
const only = { request: undefined, owner: 'U0DEE' }

test.each<[string, Partial<Migration>, Action[]]>([
  [
    'all but the requester approve, who may reject',
    { request: open, watch: blind },
    [approve, reject],
  ],
  [
    'approvers settle what looks cannot',
    { request, order: unknown, watch: blind },
    [tookEffect, noEffect],
  ],
  ['nobody settles what looks still may', { request, order: unknown, watch: strange }, []],
  ['approvers stop a watch that is blind', { request, watch: blind }, [stop]],
  ['approvers stop a watch of an unknown status', { request, watch: strange }, [stop]],
  ['the owner stops one that nobody approved', { ...only, watch: blind }, [ownStop]],
  [
    'members ask to stop a job that runs, approvers type that nobody need watch it',
    { request, watch: WATCH },
    [{ do: 'stop', request: 3 }, typed],
  ],
  [
    'members ask to cut over or to stop a job that is ready',
    { request, watch: { ...WATCH, look: { ...LOOK, status: 'readyComplete' } } },
    [{ do: 'cutOver', request: 3 }, { do: 'stop', request: 3 }, typed],
  ],
  [
    'members ask to continue or to retry where DTS says that it allows it',
    { request, watch: { ...WATCH, look: { ...LOOK, allowed: ['continue', 'resume'] } } },
    [{ do: 'continue', request: 3 }, { do: 'retry', request: 3 }, typed],
  ],
  [
    'a Redis job is retried too',
    {
      request,
      snapshot: { ...SNAPSHOT, target: { ...SNAPSHOT.target, engine: 'redis' } },
      watch: { ...WATCH, look: { ...LOOK, allowed: ['resume'] } },
    },
    [{ do: 'retry', request: 3 }, typed],
  ],
  [
    'one that failed and can be retried may also be left alone',
    { request, watch: { ...WATCH, look: { ...LOOK, status: 'failed', allowed: ['resume'] } } },
    [{ do: 'retry', request: 3 }, stop],
  ],
  [
    'nobody asks for more while DTS is to carry something out',
    { request, watch: { ...WATCH, accepted: { operation: 'stop', since: LOOK.at } } },
    [typed],
  ],
  ['nobody asks for anything that cannot be seen', { request, watch: { since: LOOK.at } }, [typed]],
  ['nobody does anything before the call', { request, order: ORDER, watch: blind }, []],
  ['nobody does anything during the call', { request, order: sending, watch: blind }, []],
  ['nobody does anything after the end', { request: open, watch: blind, ended: ENDED }, []],
])('%s', (_, change, actions) => {
  expect(actionsOf(sampleMigration(change))).toEqual(actions)
})
