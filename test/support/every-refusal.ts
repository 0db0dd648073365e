import type { Stage } from '../../src/migration/migration.ts'
import type { Refusal } from '../../src/migration/refusal.ts'
import { OPERATION_NAMES } from '../../src/migration/operation.ts'
import { APPROVERS, AT, CHANNEL, REQUESTER, type Say, saidLook } from './said.ts'

export function everyRefusal(say: Say): Refusal[] {
  const approvers = APPROVERS
  const all: { [No in Refusal['no']]: Extract<Refusal, { no: No }>[] } = {
    selfApproval: [{ no: 'selfApproval', approvers }],
    alreadyVoted: [0, 1].map((missing) => ({ no: 'alreadyVoted', at: AT, missing, approvers })),
    notApprover: [{ no: 'notApprover', approvers }],
    guest: [{ no: 'guest', approvers }, { no: 'guest' }],
    bot: [{ no: 'bot' }],
    foreignWorkspace: [{ no: 'foreignWorkspace' }],
    cannotTell: [{ no: 'cannotTell', error: say('internal_error') }],
    groupsUnreadable: [true, false].map((passing) => ({
      no: 'groupsUnreadable',
      groups: ['S0ONCALL'],
      approvers,
      error: say('no_such_subteam'),
      passing,
    })),
    tooLate: STAGES.map((stage) => ({ no: 'tooLate', stage })),
    requestReplaced: [{ no: 'requestReplaced' }],
    requestExpired: OPERATION_NAMES.map((operation) => ({
      no: 'requestExpired',
      operation,
      jobId: 'dts-1kl0iy0v',
    })),
    busy: BUSY.flatMap((stage) =>
      OPERATION_NAMES.map((operation) => ({
        no: 'busy',
        operation,
        requester: REQUESTER,
        stage,
      })),
    ),
    nothingToWatch: [undefined, saidLook(say, 'created'), saidLook(say, 'unknown')].map((look) => ({
      no: 'nothingToWatch',
      jobId: 'dts-1kl0iy0v',
      look,
    })),
    notCheckable: [undefined, saidLook(say, 'running'), saidLook(say, 'unknown')].map((look) => ({
      no: 'notCheckable',
      jobId: 'dts-1kl0iy0v',
      look,
    })),
    nothingToSkip: [undefined, saidLook(say, 'running'), saidLook(say, 'checkNotPass')].map(
      (look) => ({ no: 'nothingToSkip', jobId: 'dts-1kl0iy0v', region: 'ap-guangzhou', look }),
    ),
    comparing: [{ no: 'comparing', by: REQUESTER }, { no: 'comparing' }],
    notComparable: [undefined, saidLook(say, 'running'), saidLook(say, 'unknown')].map((look) => ({
      no: 'notComparable',
      look,
    })),
    notWatched: [{ no: 'notWatched', jobId: 'dts-1kl0iy0v' }],
    notNow: OPERATION_NAMES.flatMap((operation) => [
      { no: 'notNow', operation, look: undefined },
      { no: 'notNow', operation, look: saidLook(say, 'running') },
    ]),
    taken: [undefined, true].map((checking) => {
      return { no: 'taken', owner: REQUESTER, channel: CHANNEL, checking }
    }),
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

const BUSY = ['asking', 'approved', 'sending', 'unknown'] as const satisfies Stage[]
const STAGES: Stage[] = [...BUSY, 'watching', 'ended']
