import { type JobStatus, STATUSES } from '../../src/dts/job.ts'
import type { Ending, Failure } from '../../src/migration/migration.ts'
import { APPROVER, REQUESTER, type Say, everyTrouble, saidItems, saidLook } from './said.ts'

export function everyFailure(say: Say): Failure[] {
  const troubles = everyTrouble(say)
  const all: { [How in Failure['how']]: Extract<Failure, { how: How }>[] } = {
    rejected: [APPROVER, REQUESTER].map((by) => ({
      how: 'rejected',
      by,
      reason: say('Not before the release'),
    })),
    expired: [{ how: 'expired' }],
    blocked: [
      { how: 'blocked', status: 'missing', statusCode: '' },
      { how: 'blocked', status: 'checkNotPass', statusCode: say('5'), items: [say('binlog')] },
      ...(Object.keys(STATUSES) as JobStatus[]).map((status) => ({
        how: 'blocked' as const,
        status,
        statusCode: say('7'),
      })),
    ],
    denied: troubles.map((trouble) => ({ how: 'denied', trouble })),
    noEffect: troubles.flatMap((trouble) => [
      { how: 'noEffect', trouble },
      { how: 'noEffect', trouble, by: APPROVER },
    ]),
  }
  return Object.values(all).flat()
}

export function everyEnding(say: Say): Ending[] {
  const troubles = everyTrouble(say, 'CreateMigrateCheckJob').slice(0, 2)
  const { errors, requestId } = saidLook(say)
  const all: { [How in Exclude<Ending['how'], Failure['how']>]: Extract<Ending, { how: How }>[] } =
    {
      done: [{ how: 'done' }],
      failed: [
        { how: 'failed', errors, requestId },
        { how: 'failed', errors: [{ log: say('Broken') }], requestId: '' },
        { how: 'failed', errors: [], requestId },
        { how: 'failed', errors: [], requestId, stopLost: true },
      ],
      stopped: [{ how: 'stopped' }],
      notRunning: [{ how: 'notRunning', status: 'checkPass', statusCode: say('4') }],
      checked: (['passed', 'notPassed'] as const).flatMap((result) => [
        { how: 'checked', result: 'unclear', items: [] },
        ...troubles.map((trouble) => ({
          how: 'checked' as const,
          result: 'unclear' as const,
          items: [],
          trouble,
        })),
        { how: 'checked', result, items: [] },
        { how: 'checked', result, message: say('No binlog'), items: [] },
        { how: 'checked', result, message: say('No binlog'), items: saidItems(say) },
        { how: 'checked', result, items: [1, 2, 3, 4].flatMap(() => saidItems(say)).slice(0, 20) },
      ]),
      watchStopped: [APPROVER, REQUESTER].map((by) => ({ how: 'watchStopped', by })),
      gone: [{ how: 'gone' }],
      undeliverable: [undefined, true].map((lost) => ({
        how: 'undeliverable',
        error: say('not_in_channel'),
        lost,
      })),
    }
  return [...everyFailure(say), ...Object.values(all).flat()]
}
