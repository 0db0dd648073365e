import type { Look } from '../../../dts/job.ts'
import type { Mode, OperationName } from '../../../migration/operation.ts'
import { type Line, bold, channel, code, outside } from '../../rich.ts'
import { LIMITS } from '../../limits.ts'
import { behind, is } from './job.ts'
import { OPERATION } from './operations.ts'

/** What the forms say and ask. */
export const forms = {
  close: 'Close',
  cancel: 'Cancel',
  noticeTitle: 'DTS migrations',

  start: {
    title: 'Start a migration',
    submit: 'Ask for approval',
    submitOnceChecked: 'Ask once it passes',
    looking: (jobId: string | undefined): Line =>
      jobId ? ['Looking at the job ', code(jobId), '…'] : ['Looking at your jobs…'],
    region: "Region: a job lives in its target's region",
    job: 'Job',
    jobHint: 'Name or id',
    why: 'Why?',
    whyHint: 'What the approver should know',
    goesTo: (where: string): Line => [
      'The approval request will be posted in ',
      channel(where),
      '.',
    ],
    goesThereOnceChecked: (where: string): Line => [
      'Once the job has passed its check, the approval request will be posted in ',
      channel(where),
      '. If it does not pass, nobody is asked.',
    ],
    changed: (): Line => ['The job changed while you were reading. Look again, then ask.'],
    buttons: {
      runCheck: 'Run the check',
      lookAgain: 'Look again',
      watchIt: 'Watch it',
      skipItems: 'Skip items…',
    },
  },

  /** To cut over, or to stop. */
  operation: {
    title: {
      cutOver: 'Cut over',
      continue: 'Continue the migration',
      retry: 'Retry the migration',
      pause: 'Pause the migration',
      stop: 'Stop the migration',
    },
    looking: (): Line => ['Looking at the job…'],
    whyHint: 'What the approver should know',
    whichMode: { cutOver: 'When', retry: 'What becomes of the target' } as Partial<
      Record<OperationName, string>
    >,
    modes: {
      waitForSync: 'When the target has caught up',
      immediately: '⚠ At once: what is not copied by then is lost',
      overwrite: 'It keeps what it has, and is overwritten',
      clearData: '⚠ It is cleared first: everything in it is deleted',
      normal: 'It keeps what it has',
    } satisfies Record<Mode, string>,
    lag({ secondsBehind, megabytesBehind }: Look): string | undefined {
      const lag = secondsBehind ?? megabytesBehind
      if (lag === undefined) return "DTS doesn't report how far behind the target is."
      const now = behind({ secondsBehind, megabytesBehind })
      return lag > 0 ? `The target has not caught up yet${now}.` : undefined
    },
    checklist: 'Before the cutover',
    checks: [
      'Nothing writes to the source any more',
      'The applications can switch to the target',
      'Somebody has compared the data on both ends',
    ],
    tickAll: 'Tick all of them, or wait with the cutover.',
  },

  obstacle: {
    cannotStart: (look: Look): Line => [`It can't be started: it ${is(look)}.`],
    needsCheck: (): Line => ['Only a job that has passed its check can be started.'],
    checkAt: (percent: number): Line => [`The check is at ${percent} %.`],
    checkRunning: (): Line => ['Look again in a minute.'],
    checkSays: (message: string): Line => ['The check says: ', outside(message, LIMITS.errorText)],
    seeStatus: (jobId: string, region: string): Line => [
      'See how it is doing: ',
      code(`/dts status ${jobId} ${region}`),
    ],
    anotherRegion: (): Line => ["A job lives in its target's region. Another region?"],
    checkStarted: (): Line => ['Check started.'],
  },

  reject: {
    title: 'Reject',
    submit: 'Reject',
    loading: (): Line => ['Checking whether you may reject this…'],
    what: (operation: OperationName, name: string): Line => [
      `The request to ${OPERATION[operation].to} `,
      bold(name),
    ],
    why: 'Why?',
    whyHint: 'What the requester should change',
  },
}
