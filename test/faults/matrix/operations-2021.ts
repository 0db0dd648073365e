import type { JobSpec } from '../../../playground/dts/job.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { type Operation, asker, watched } from './operations.ts'
import type { Trial } from './trial.ts'

/* What only 2021-12-06 can do. */
const NEW: JobSpec = { migrateType: 3, knownTo: ['2021-12-06'] }

export const PAUSE: Operation = {
  action: 'PauseMigrateJob',
  name: 'pause',
  look: 'DescribeMigrationDetail',
  spec: { ...NEW, status: 7 },
  ask: (trial) => askTo(trial, 'pause', 'Pause…'),
  says: {
    notDone:
      /your request to pause: Not paused\n[\s\S]*RequestId[\s\S]*Nothing was paused\.\nI keep/,
    notYet: /Not paused yet/,
    willNotSend: /I sent the pause and [\s\S]*I will not send the pause again/,
    accepted: /DTS accepted the pause/,
    tookEffect: /The pause took effect/,
    noEffect: /your request to pause: Did not pause[\s\S]*ask again\.\nI keep watching/,
    noSign: /DTS accepted the pause, but the job shows no sign of it[\s\S]*ask again to pause/,
  },
  sees: {
    notYet: "why it hasn't paused yet",
    tookEffect: 'that the pause took effect',
    noEffect: 'that it did not pause',
    noSign: 'after ten minutes that the job shows no sign of it',
  },
  underWay: /^▶ The job is being paused/,
  still: /^▶ Running[\s\S]*\[Pause…\] \[Stop…\]/,
}

export const CONTINUE: Operation = {
  action: 'ContinueMigrateJob',
  name: 'continuation',
  look: 'DescribeMigrationDetail',
  spec: { ...NEW, status: 'manualPaused' },
  ask: (trial) => askTo(trial, 'continue', 'Continue…'),
  says: {
    notDone:
      /your request to continue: Not continued\n[\s\S]*RequestId[\s\S]*It stays paused\.\nI keep/,
    notYet: /Not continued yet/,
    willNotSend: /I sent the continuation and [\s\S]*I will not send the continuation again/,
    accepted: /DTS accepted the continuation/,
    tookEffect: /It did go on: the job is running/,
    noEffect: /your request to continue: Did not go on[\s\S]*ask again\.\nI keep watching/,
    noSign: /DTS accepted the continuation, but the job shows no sign[\s\S]*ask again to continue/,
  },
  sees: {
    notYet: "why it hasn't gone on yet",
    tookEffect: 'that it did go on',
    noEffect: 'that it did not go on',
    noSign: 'after ten minutes that the job shows no sign of it',
  },
  underWay: /^▶ Running/,
  still: /^▶ The job is paused[\s\S]*\[Continue…\] \[Stop…\]/,
}

export const RETRY: Operation = {
  action: 'ResumeMigrateJob',
  name: 'retry',
  look: 'DescribeMigrationDetail',
  spec: {
    ...NEW,
    status: 'resumableErr',
    fails: { at: 0.5, code: 'x', message: 'Duplicate entry', resumable: true },
  },
  ask: (trial) => askTo(trial, 'retry', 'Retry…'),
  says: {
    notDone:
      /your request to retry: Not retried\n[\s\S]*RequestId[\s\S]*It stays as it is\.\nI keep/,
    notYet: /Not retried yet/,
    willNotSend: /I sent the retry and [\s\S]*I will not send the retry again/,
    accepted: /DTS accepted the retry/,
    tookEffect: /It did go on: the job is being retried/,
    noEffect: /your request to retry: Did not go on[\s\S]*ask again\.\nI keep watching/,
    noSign: /DTS accepted the retry, but the job shows no sign of it[\s\S]*ask again to retry/,
  },
  sees: {
    notYet: "why it hasn't gone on yet",
    tookEffect: 'that it did go on',
    noEffect: 'that it did not go on',
    noSign: 'after ten minutes that the job shows no sign of it',
  },
  asked: {
    doubt: /I can't tell whether the job went on[\s\S]*has hit an error[\s\S]*doesn't tell/,
    press: 'It did not go on',
  },
  underWay: /^▶ The job is being retried/,
  still: /^▶ The job has hit an error and can be retried[\s\S]*\[Retry…\] \[Stop…\]/,
}

async function askTo(trial: Trial, to: string, button: string): Promise<Message> {
  await asker(trial).asksTo(button, await watched(trial), 'it is time')
  return trial.cardSays(new RegExp(`Waiting for approval to ${to}`))
}
