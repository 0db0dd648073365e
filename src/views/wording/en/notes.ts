import type { Look } from '../../../dts/job.ts'
import type { Alarm } from '../../../migration/migration.ts'
import type { OperationName } from '../../../migration/operation.ts'
import { CONSOLE } from '../../console.ts'
import { type Line, bold, code, link, mentions, moment, user } from '../../rich.ts'
import { is } from './job.ts'
import { OPERATION, toJob } from './operations.ts'
import { type Expected, atTime } from './units.ts'

/**
 * What the thread says. A `text` stands alone on a lock screen: what, which job, what to do; our own
 * words and checked ids only.
 */
export const notes = {
  requested: {
    text: (operation: OperationName, jobId: string): string =>
      `Approval needed to ${toJob(operation)} ${jobId}. Decide on the card.`,
    says: (operation: OperationName, requester: string): Line => [
      user(requester),
      ` asks to ${toJob(operation)} this job.`,
    ],
    turn: (approvers: string[], until: string): Line => [
      ...mentions(approvers),
      ': decide on the card above, until ',
      moment(until),
      '.',
    ],
  },

  voted: {
    text: (operation: OperationName, jobId: string, missing: number): string =>
      `${more(missing)} needed to ${toJob(operation)} ${jobId}.`,
    says: (by: string, missing: number): Line => [
      'Approved by ',
      user(by),
      `. ${more(missing)} needed.`,
    ],
  },

  approved: {
    text: (operation: OperationName, jobId: string): string =>
      `Approved to ${toJob(operation)} ${jobId}. ${OPERATION[operation].doing}.`,
    says: (operation: OperationName, people: string[]): Line => [
      'Approved by ',
      ...mentions(people),
      `. ${OPERATION[operation].doing}.`,
    ],
  },

  changed: {
    text: (operation: OperationName, jobId: string): string =>
      `${jobId} changed since it was approved, so I did not send the ${OPERATION[operation].the}. ` +
      'Look again and decide on the card.',
    says: (): Line => [bold('The job changed since it was approved.'), ' I sent nothing.'],
    turn: (approvers: string[]): Line => [
      ...mentions(approvers),
      ': look again and decide on the card above.',
    ],
  },

  outdated: {
    text: (operation: OperationName, jobId: string): string =>
      `The approval to ${toJob(operation)} ${jobId} is too old to act on. Decide again on the card.`,
    says: (): Line => [
      bold('The approval is too old to act on.'),
      ' I could not act on it in time, so I sent nothing.',
    ],
    turn: (approvers: string[]): Line => [
      ...mentions(approvers),
      ': decide again on the card above.',
    ],
  },

  accepted: {
    text: (operation: OperationName, jobId: string): string =>
      `DTS accepted the ${OPERATION[operation].the} of ${jobId}.`,
    says: (operation: OperationName): Line => [
      `DTS accepted the ${OPERATION[operation].the}. ${OPERATION[operation].next}`,
    ],
    timed: (expected: Expected): Line => ['Accepted. Starts ', ...atTime(expected), '.'],
  },

  throttled: {
    text: (operation: OperationName, jobId: string): string =>
      `Tencent Cloud is rate limiting us: the ${OPERATION[operation].the} of ${jobId} has to wait.`,
    says: (operation: OperationName): Line => [
      `Tencent Cloud is rate limiting us. ${OPERATION[operation].notYet} I will try again.`,
    ],
  },

  outcomeUnknown: {
    text: (operation: OperationName, jobId: string): string =>
      `Outcome unknown: I sent the ${OPERATION[operation].the} of ${jobId} and am finding out ` +
      'whether it took effect. Do not send it again.',
    title: (): Line => [bold('Outcome unknown.')],
  },

  cannotTell: {
    text: (operation: OperationName, jobId: string): string =>
      `I can't tell whether the ${OPERATION[operation].the} of ${jobId} took effect. ` +
      'Look in the console, then press the button that matches on the card.',
    says: (operation: OperationName): Line => [
      bold(`I can't tell whether ${OPERATION[operation].whether}.`),
    ],
    turn: (approvers: string[]): Line => [
      ...mentions(approvers),
      ': look in the ',
      link(CONSOLE, 'console'),
      ', then press the button that matches on the card above.',
    ],
  },

  tookEffect: {
    text: (operation: OperationName, jobId: string): string =>
      `The ${OPERATION[operation].the} of ${jobId} took effect.`,
    says: (operation: OperationName, look: Look): Line => [
      `${OPERATION[operation].did}: the job ${is(look)}.`,
    ],
    /** What only the check shows. */
    saysAlone: (operation: OperationName): Line => [
      `${OPERATION[operation].did}. ${OPERATION[operation].next}`,
    ],
    /** `at`: when DTS says that a job began to run which is no longer at work. */
    saysWhen: (operation: OperationName, at: string, look: Look): Line => [
      `${OPERATION[operation].did}, `,
      moment(at),
      `. Now the job ${is(look)}.`,
    ],
    saysBy: (operation: OperationName, by: string): Line => [
      user(by),
      ` looked: ${OPERATION[operation].did.toLowerCase()}. I'm watching it.`,
    ],
  },

  outOfSight: {
    says: (owner: string): Line => [user(owner), ': ', bold("I can't see this job right now.")],
    keepTrying: (): Line => [
      'I keep trying. Until I can see it again, it may end without a word from me.',
    ],
  },

  ready: {
    text: (jobId: string): string =>
      `${jobId} is ready to cut over. It keeps replicating, and costing, until someone cuts over.`,
    says: (owner: string): Line => [user(owner), ': ', bold('ready to cut over.')],
  },

  alarm: {
    text: (is: Alarm['is'], jobId: string): string => `${jobId}: ${ALARM[is]}.`,
    says: (is: Alarm['is']): Line => [bold(`${ALARM[is]}.`)],
    turn: (owner: string): Line => [user(owner), ': look in the ', link(CONSOLE, 'console'), '.'],
    cannotCancel: (): Line => [
      "I can't call off a start that DTS accepted. What it is to do can still be changed there.",
    ],
  },

  notDone: {
    text: (operation: OperationName, jobId: string): string =>
      `DTS accepted the ${OPERATION[operation].the} of ${jobId}, but the job shows no sign of it.`,
    says: (operation: OperationName): Line => [
      bold(`DTS accepted the ${OPERATION[operation].the}, but the job shows no sign of it.`),
    ],
    turn: (requester: string, operation: OperationName): Line => [
      user(requester),
      ': look in the ',
      link(CONSOLE, 'console'),
      `. If nothing happens there, ask again to ${OPERATION[operation].to}.`,
    ],
  },

  ended: {
    says: (person: string, title: string): Line => [user(person), ': ', bold(title)],
    jobId: (id: string): Line => [code(id)],
  },
  /** A request or an order that came to nothing, beside a job that runs on. */
  failed: {
    text: (ended: string): string => `${ended} I keep watching the job.`,
    says: (operation: OperationName, person: string, title: string): Line => [
      user(person),
      ', your request to ',
      `${OPERATION[operation].to}: `,
      bold(title),
    ],
    keepWatching: (): Line => ['I keep watching the job.'],
  },
}

const ALARM: Record<Alarm['is'], string> = {
  stalled: 'No progress for half an hour',
  lagging: 'The target falls further and further behind',
  broken: 'Stopped by an error. Someone has to retry or stop it',
  changed: 'The job changed since it was approved, and is about to run',
  waiting: 'Ready to cut over for a day or longer, replicating and costing, and nobody has asked',
}

function more(missing: number): string {
  return missing === 1 ? '1 more approval is' : `${missing} more approvals are`
}
