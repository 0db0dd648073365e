import type { Look } from '../../../dts/job.ts'
import type { Trouble } from '../../../dts/trouble.ts'
import type { Trend } from '../../../migration/pace.ts'
import type { Hurt, OperationName } from '../../../migration/operation.ts'
import { CONSOLE } from '../../console.ts'
import { type Line, bold, code, link, mentions, moment, user } from '../../rich.ts'
import { behind, job } from './job.ts'
import { OPERATION, toJob } from './operations.ts'
import { type Expected, atTime, duration } from './units.ts'

/** The card of a migration that has not ended. */
export const card = {
  /** On a lock screen, where a title says it all. */
  text: (title: string, jobId: string): string => `${title}: ${jobId}`,

  asksTo: (operation: OperationName, requester: string, name: string): Line => [
    user(requester),
    ` asks to ${toJob(operation)} `,
    bold(name),
  ],
  jobFor: (name: string, owner: string): Line => [bold(name), ' for ', user(owner)],

  asking: {
    title: (operation: OperationName): string =>
      `Waiting for approval to ${OPERATION[operation].to}`,
    titleAgain: (operation: OperationName): string =>
      `Job changed, waiting for a new approval to ${OPERATION[operation].to}`,
    /** `asks`: the person; `named`: the job by name and id. Both for mrkdwn. */
    text: (operation: OperationName, asks: string, named: string, hurts: Hurt[]): string =>
      `${asks} asks to ${toJob(operation)} ${named}${warned(hurts)}. Approve or reject it on the card.`,
    textAgain: (operation: OperationName, asks: string, named: string, hurts: Hurt[]): string =>
      `The job changed. ${asks} asks again to ${toJob(operation)} ${named}${warned(hurts)}. ` +
      'Approve or reject it on the card.',
    votes: (votes: string[], needed: number): Line => [
      `${votes.length} of ${needed} approvals`,
      ...(votes.length > 0 ? [': ', ...mentions(votes)] : []),
    ],
    mayApprove: (approvers: string[], until: string): Line => [
      ...mentions(approvers),
      ' may approve until ',
      moment(until),
      '.',
    ],
  },

  approvedBy: (people: string[]): Line => ['Approved by ', ...mentions(people), '.'],
  approved: {
    title: (operation: OperationName): string =>
      `Approved, ${OPERATION[operation].doing.toLowerCase()}`,
    next: (operation: OperationName): Line => [
      `I'll look at the job once more, then ${OPERATION[operation].toIt}.`,
    ],
    delayed: (operation: OperationName): Line => [`${OPERATION[operation].notYet} I'll try again.`],
  },
  sending: {
    title: (operation: OperationName): string => OPERATION[operation].doing,
    next: (operation: OperationName): Line => [
      `I sent the ${OPERATION[operation].the} and am waiting for the answer.`,
    ],
  },
  unknown: {
    title: (): string => 'Outcome unknown',
    text: (operation: OperationName, jobId: string): string =>
      `Outcome unknown: the ${OPERATION[operation].the} of ${jobId}. I'm finding out.`,
    textBlind: (operation: OperationName, jobId: string): string =>
      `Outcome unknown: the ${OPERATION[operation].the} of ${jobId}. ` +
      'Look in the console, then press the button that matches on the card.',
    sent: (operation: OperationName, trouble: Trouble): Line => [
      `I sent the ${OPERATION[operation].the} and got ${ANSWER[trouble.kind] ?? 'no clear answer'}.`,
      ` It may or may not have ${OPERATION[operation].mayHave}.`,
    ],
    dtsSaid: (errorCode: string): Line => ['DTS said ', code(errorCode)],
    findingOut: (operation: OperationName, deadline: string): Line => [
      "I'm looking until ",
      moment(deadline),
      " at the latest. By then I'll know, or I'll ask you to check. ",
      `I will not send the ${OPERATION[operation].the} again.`,
    ],
    lookThere: (): Line => [
      'Look in the ',
      link(CONSOLE, 'console'),
      ', then press the button that matches.',
    ],
  },

  watching: {
    title: (): string => 'Watching',
    accepted: (operation: OperationName): string => OPERATION[operation].accepted,
    acceptedTimed: (): string => 'Accepted, not running yet',
    /** `now`: when the job was last seen. */
    runsAt: (expected: Expected, now: string | undefined): Line => [
      'Starts ',
      ...atTime(expected),
      now && expected.expectedAt && now < expected.expectedAt
        ? `, in ${duration(Date.parse(expected.expectedAt) - Date.parse(now))}.`
        : '.',
    ],
    soFar: (milliseconds: number, look: Look, trend: Trend | undefined): Line => [
      `${duration(milliseconds)} so far${behind(look)}${behind(look) && trend ? `, ${trend}` : ''}`,
    ],
    left: (left: number, over: number): Line => [
      `About ${duration(left)} left, going by the last ${duration(over)}.`,
    ],
    /** About what is under way. */
    willSay: (operation: OperationName): Line => [OPERATION[operation].next],

    readyTitle: (): string => 'Ready to cut over',
    ready: (look: Look): Line => [
      `${sync(look)} It keeps replicating, and costing, until someone cuts over.`,
    ],
    retry: (): Line => ['Someone has to retry it, or stop watching it.'],
    cutOverHere: (): Line => ['Press ', bold('Cut over'), ' when the applications can switch.'],

    blindTitle: (): string => "I can't see this job right now",
    textBlind: (jobId: string): string =>
      `I can't see ${jobId} right now. Look in the console; I keep trying.`,
    lastSeen: (title: string): Line => [`Last seen: ${title}.`],
    blindNext: (): Line => [
      'I keep trying. Until then, look in the ',
      link(CONSOLE, 'console'),
      '.',
    ],
    /** Beside a question or an order. */
    blind: (): Line => ["I can't see this job right now."],
    now: (look: Look): Line => job.nowIs(look),
  },

  /** Asked before an approval that nobody can undo. */
  confirm: {
    title: 'Are you sure?',
    text: (name: string, hurts: Hurt[]): string =>
      `${name}: ${hurts.map(job.hurt).join(' ')} Nobody can undo that from here.`,
    yes: 'Approve',
    no: 'Back',
  },

  buttons: {
    approve: 'Approve',
    reject: 'Reject',
    tookEffect: (operation: OperationName): string => OPERATION[operation].yes,
    noEffect: (operation: OperationName): string => OPERATION[operation].no,
    stopWatching: 'Stop watching',
    compare: 'Compare',
    offers: {
      cutOver: 'Cut over…',
      continue: 'Continue…',
      retry: 'Retry…',
      pause: 'Pause…',
      stop: 'Stop…',
      skip: 'Skip items…',
    },
  },
}

function warned(hurts: Hurt[]): string {
  return hurts.length > 0 ? `: ${hurts.map(job.hurtInShort).join(', ')}` : ''
}

function sync({ secondsBehind, megabytesBehind }: Look): string {
  const lag = secondsBehind ?? megabytesBehind
  if (lag === undefined) return 'Lag: not reported.'
  const now = behind({ secondsBehind, megabytesBehind })
  return lag > 0 ? `Not in sync yet${now}.` : `In sync${now}.`
}

/** Where the answer did not come from DTS, or does not tell, it was no clear one. */
const ANSWER: Partial<Record<Trouble['kind'], string>> = {
  timeout: 'no answer',
  connection: 'no answer',
  interrupted: 'no answer',
}
