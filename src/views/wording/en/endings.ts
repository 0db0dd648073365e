import type { JobStatus } from '../../../dts/job.ts'
import type { OperationName } from '../../../migration/operation.ts'
import { CONSOLE } from '../../console.ts'
import { type Line, bold, code, link, outside, user } from '../../rich.ts'
import { is } from './job.ts'
import { OPERATION, toJob } from './operations.ts'
import { duration } from './units.ts'

/** How a request, an order or a migration ended: on the card and in the thread. */
export const endings = {
  done: {
    title: (took: number | undefined): string =>
      took === undefined ? 'Done' : `Done in ${duration(took)}`,
    text: (title: string, jobId: string): string => `${title}: ${jobId}`,
  },
  /** Whose request was open when the job ended. */
  requestClosed: (operation: OperationName): Line => [
    `The request to ${OPERATION[operation].to} is closed: the job ended first.`,
  ],

  failed: {
    title: 'Failed',
    text: (jobId: string): string => `${jobId} failed. The thread has the error and what to do.`,
    says: (): Line => ['The job stopped with an error.'],
    turn: (owner: string, jobId: string): Line => [
      user(owner),
      ', your turn: fix what the error names in the ',
      link(CONSOLE, 'console'),
      ', run the check again, then ask again with ',
      code(`/dts start ${jobId}`),
    ],
    noReason: 'DTS gave no reason.',
    stopLost: {
      text: (jobId: string): string =>
        `${jobId} failed. The answer to the stop was lost, so it may have been the stop.`,
      says: (): Line => [
        'The answer to the stop was lost. The job has failed since, by the stop or by itself.',
      ],
    },
  },

  stopped: {
    title: 'Stopped',
    text: (jobId: string): string => `${jobId} is stopped, as approved.`,
    says: (): Line => ['As approved. The job cannot be resumed.'],
  },

  notRunning: {
    title: 'Not running',
    text: (jobId: string): string => `${jobId} is not running. Look in the console.`,
    says: (status: JobStatus, statusCode: string): Line => [
      `The job ${is({ status, statusCode })}. Somebody may have changed it in the console.`,
      ' I no longer watch it.',
    ],
    saysAccepted: (status: JobStatus, statusCode: string): Line => [
      `DTS accepted the start, but the job isn't running: it ${is({ status, statusCode })}.`,
      ' Somebody may have changed it in the console. I no longer watch it.',
    ],
    lookThenAsk: (jobId: string): Line => [
      'Look in the ',
      link(CONSOLE, 'console'),
      ', then ask again with ',
      code(`/dts start ${jobId}`),
    ],
  },

  watchStopped: {
    title: 'No longer watched',
    text: (jobId: string): string => `${jobId} is no longer watched. Look in the console.`,
    says: (by: string): Line => [user(by), " stopped the watch. I won't say how the job ends."],
  },
  gone: {
    title: 'Monitoring lost',
    text: (jobId: string): string =>
      `Monitoring lost: DTS no longer lists ${jobId}. Look in the console.`,
    says: (region: string): Line => [
      'DTS no longer lists the job in ',
      outside(region),
      '. Somebody may have deleted it.',
    ],
  },
  look: (): Line => ['Look in the ', link(CONSOLE, 'console'), '.'],

  rejected: {
    title: 'Rejected',
    text: (operation: OperationName, jobId: string): string =>
      `Rejected: the request to ${toJob(operation)} ${jobId}. The thread has the reason.`,
    withdrawn: 'Withdrawn',
    textWithdrawn: (operation: OperationName, jobId: string): string =>
      `Withdrawn: the request to ${toJob(operation)} ${jobId}.`,
    says: (by: string, operation: OperationName): Line => [
      'By ',
      user(by),
      `. ${OPERATION[operation].nothingDone}`,
    ],
  },
  expired: {
    title: 'Expired',
    text: (operation: OperationName, jobId: string): string =>
      `Expired: the request to ${toJob(operation)} ${jobId}. Ask again if it is still wanted.`,
    says: (operation: OperationName): Line => [
      `Nobody decided in time. ${OPERATION[operation].nothingDone}`,
    ],
    saysVotes: (votes: number, needed: number, operation: OperationName): Line => [
      `Only ${votes} of ${needed} approvals came in time. ${OPERATION[operation].nothingDone}`,
    ],
  },
  blocked: {
    title: (operation: OperationName): string => OPERATION[operation].notDone,
    text: (operation: OperationName, jobId: string): string =>
      `${OPERATION[operation].notDone}: ${jobId}. The thread says why.`,
    says: (
      operation: OperationName,
      job: { status: JobStatus | 'missing'; statusCode: string },
    ): Line => [
      `I looked just before the ${OPERATION[operation].the}: the job ${is(job)}. I sent nothing.`,
    ],
    /** Of a skip: the job is as it was, its check is not. */
    saysItems: (names: string[]): Line => [
      'I looked just before the skip: the check no longer shows that this can be skipped: ',
      outside(names.join(', ')),
      '. I sent nothing.',
    ],
  },
  denied: {
    title: (operation: OperationName): string => OPERATION[operation].notDone,
    text: (operation: OperationName, jobId: string): string =>
      `${OPERATION[operation].notDone}: ${jobId}. The thread says why.`,
    next: (operation: OperationName): Line => [OPERATION[operation].nothingDone],
  },
  noEffect: {
    title: (operation: OperationName): string => OPERATION[operation].didNot,
    text: (operation: OperationName, jobId: string): string =>
      `${OPERATION[operation].didNot}: ${jobId}. Look at the job before you ask again.`,
    says: (operation: OperationName): Line => [
      `The answer to the ${OPERATION[operation].the} was lost, and DTS shows no sign of it since.`,
    ],
    saysBy: (operation: OperationName, by: string): Line => [
      `The answer to the ${OPERATION[operation].the} was lost. `,
      user(by),
      ` looked: it ${OPERATION[operation].didNot.toLowerCase()}.`,
    ],
    lookThenAsk: (operation: OperationName, jobId: string): Line => [
      'Look at the job first. ',
      ...askAgain(operation, jobId),
    ],
  },
  undeliverable: {
    title: 'Request not posted',
    text: (operation: OperationName, jobId: string): string =>
      `I couldn't post the request to ${toJob(operation)} ${jobId}. Invite me there first.`,
    says: (error: string): Line => [
      "I couldn't post the card in the channel. Slack said ",
      code(error),
    ],
    lost: (): Line => [
      'An earlier try may have posted one all the same. Its buttons no longer work.',
    ],
    next: (operation: OperationName, jobId: string): Line => [
      'Invite me there with ',
      code('/invite @dts'),
      '. ',
      ...askAgain(operation, jobId),
    ],
  },

  askAgain,
}

export function askAgain(operation: OperationName, jobId: string): Line {
  if (operation === 'skip') {
    return [
      'If it is still wanted, press ',
      bold('Skip items…'),
      ' in ',
      code(`/dts start ${jobId}`),
    ]
  }
  return operation === 'start'
    ? ['Ask again with ', code(`/dts start ${jobId}`)]
    : ['If it is still wanted, ask again.']
}
