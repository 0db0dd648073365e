import type { CheckOutcome } from '../../../migration/migration.ts'
import { CONSOLE } from '../../console.ts'
import { LIMITS } from '../../limits.ts'
import { type Line, bold, channel, code, link, mentions, outside, user } from '../../rich.ts'

type Result = CheckOutcome['result']

/** The check of a job, while it lasts and how it came out. */
export const check = {
  begun: (jobId: string, where: string): Line[] => [
    ['DTS is checking ', code(jobId), '. The card in ', channel(where), ' shows how it comes out.'],
  ],

  checking: (percent: number | undefined): string =>
    percent === undefined ? 'Checking' : `Checking ${percent} %`,
  willSay: (): Line => ['I will say how the check comes out.'],
  willAsk: (approvers: string[]): Line => [
    'Once the job has passed, I will ask ',
    ...mentions(approvers),
    ' to approve the start.',
  ],
  passedSo: (requester: string): Line => [
    'The check passed, so ',
    user(requester),
    ' asks to start this job.',
  ],

  title: (result: Result): string => TITLE[result],
  text: (result: Result, jobId: string): string => TEXT[result](jobId),
  unclear: (): Line => ['DTS has shown no result for so long that I stopped looking for it.'],

  /** On a card: what DTS says of the check as a whole. */
  message: (text: string): Line => ['DTS says: ', outside(text, LIMITS.checkText)],

  failed: (name: string): Line => ['✖ Failed: ', bold(name)],
  warned: (name: string): Line => ['⚠ Warning: ', bold(name)],
  skipped: (name: string): Line => ['Skipped: ', bold(name)],
  reason: (text: string): Line => ['DTS says: ', outside(text, LIMITS.checkText)],
  /** `url`: a page of Tencent Cloud. */
  advice: (text: string | undefined, url: string | undefined): Line => [
    ...(text ? ['DTS advises: ', outside(text, LIMITS.checkText)] : []),
    ...(text && url ? [' '] : []),
    ...(url ? [link(url, 'Help page')] : []),
  ],

  /** On a card. */
  failedBecause: (name: string, reason: string | undefined): Line => [
    '✖ ',
    bold(name),
    ...(reason ? [': ', outside(reason)] : []),
  ],
  warnings: (names: string[]): Line => [
    `⚠ ${names.length === 1 ? '1 warning' : `${names.length} warnings`}: `,
    outside(names.join(', ')),
  ],
  skips: (names: string[]): Line => [`${names.length} skipped: `, outside(names.join(', '))],
  moreFailed: (count: number): Line => [`✖ ${count} more failed. The thread names them.`],
  details: (): Line => ['The thread has the details.'],
  /** In a thread that has no room for all of them. */
  more: (count: number): Line => [`${count} more. See them in the `, link(CONSOLE, 'console'), '.'],

  askToStart: (jobId: string, region: string): Line => [
    'The job can be started now: ask with ',
    code(`/dts start ${jobId} ${region}`),
  ],
  checkAgain: (jobId: string, region: string): Line => [
    'Fix what failed, then check it again with ',
    code(`/dts check ${jobId} ${region}`),
  ],
  askAgain: (jobId: string, region: string): Line => [
    'I asked nobody to approve. Fix what failed, then ask again with ',
    code(`/dts start ${jobId} ${region}`),
  ],
  /** Where DTS lets people skip some of what failed. */
  checkOrSkip: (jobId: string, region: string): Line => [
    'Fix what failed, then check it again with ',
    code(`/dts check ${jobId} ${region}`),
    '. Or press ',
    bold('Skip items…'),
    ' on the card.',
  ],
  lookThenCheck: (jobId: string, region: string): Line => [
    'Look in the ',
    link(CONSOLE, 'console'),
    ', or check it again with ',
    code(`/dts check ${jobId} ${region}`),
  ],
}

const TITLE: Record<Result, string> = {
  passed: 'Check passed',
  notPassed: 'Check not passed',
  unclear: 'Check without a result',
}

const TEXT: Record<Result, (jobId: string) => string> = {
  passed: (jobId) => `${jobId} passed its check. It can be started now.`,
  notPassed: (jobId) => `${jobId} did not pass its check. The thread says why.`,
  unclear: (jobId) => `DTS shows no result for the check of ${jobId}. Look in the console.`,
}
