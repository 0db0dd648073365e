import type { OperationName } from '../../../migration/operation.ts'

/** The words for what people do to a job. */
type Words = {
  /** "asks to …" */
  to: string
  /** The same before a job, where that differs: "asks to … dts-1". */
  toJob?: string
  /** The same of a job that was named: "then …". */
  toIt: string
  /** "the … of dts-1" */
  the: string
  doing: string
  /** "can't be … right now" */
  done: string
  nothingDone: string
  notDone: string
  notYet: string
  /** What people hear next. */
  next: string
  /** Of a call whose answer was lost: "it may or may not have …", and how it came out. */
  mayHave: string
  whether: string
  did: string
  didNot: string
  /** The same as buttons. */
  yes: string
  no: string
  /** DTS said yes, and the job does not show it yet. */
  accepted: string
}

/** "to … dts-1" */
export function toJob(operation: OperationName): string {
  return OPERATION[operation].toJob ?? OPERATION[operation].to
}

export const OPERATION: Record<OperationName, Words> = {
  start: {
    to: 'start',
    toIt: 'start it',
    the: 'start',
    doing: 'Starting',
    done: 'started',
    nothingDone: 'Nothing was started.',
    notDone: 'Not started',
    notYet: 'Not started yet.',
    next: 'I will say when it is ready or if it stops.',
    mayHave: 'started',
    whether: 'the job started',
    did: 'It did start',
    didNot: 'Did not start',
    yes: 'It started',
    no: 'It did not start',
    accepted: 'Accepted',
  },
  cutOver: {
    to: 'cut over',
    toIt: 'cut over',
    the: 'cutover',
    doing: 'Cutting over',
    done: 'cut over',
    nothingDone: 'Nothing was cut over.',
    notDone: 'Not cut over',
    notYet: 'Not cut over yet.',
    next: 'I will say when it is done.',
    mayHave: 'taken effect',
    whether: 'the cutover took effect',
    did: 'The cutover took effect',
    didNot: 'Did not cut over',
    yes: 'It cut over',
    no: 'It did not cut over',
    accepted: 'Cutover accepted',
  },
  stop: {
    to: 'stop',
    toIt: 'stop it',
    the: 'stop',
    doing: 'Stopping',
    done: 'stopped',
    nothingDone: 'Nothing was stopped.',
    notDone: 'Not stopped',
    notYet: 'Not stopped yet.',
    next: 'I will say when the job has stopped.',
    mayHave: 'taken effect',
    whether: 'the stop took effect',
    did: 'The stop took effect',
    didNot: 'Did not stop',
    yes: 'It stopped',
    no: 'It did not stop',
    accepted: 'Stop accepted',
  },
  pause: {
    to: 'pause',
    toIt: 'pause it',
    the: 'pause',
    doing: 'Pausing',
    done: 'paused',
    nothingDone: 'Nothing was paused.',
    notDone: 'Not paused',
    notYet: 'Not paused yet.',
    next: 'It stays paused until someone continues it.',
    mayHave: 'taken effect',
    whether: 'the pause took effect',
    did: 'The pause took effect',
    didNot: 'Did not pause',
    yes: 'It paused',
    no: 'It did not pause',
    accepted: 'Pause accepted',
  },
  continue: {
    to: 'continue',
    toIt: 'continue it',
    the: 'continuation',
    doing: 'Continuing',
    done: 'continued',
    nothingDone: 'It stays paused.',
    notDone: 'Not continued',
    notYet: 'Not continued yet.',
    next: 'I will say when it is ready or if it stops.',
    mayHave: 'taken effect',
    whether: 'the job went on',
    did: 'It did go on',
    didNot: 'Did not go on',
    yes: 'It went on',
    no: 'It did not go on',
    accepted: 'Continuation accepted',
  },
  retry: {
    to: 'retry',
    toIt: 'retry it',
    the: 'retry',
    doing: 'Retrying',
    done: 'retried',
    nothingDone: 'It stays as it is.',
    notDone: 'Not retried',
    notYet: 'Not retried yet.',
    next: 'I will say when it is ready or if it stops again.',
    mayHave: 'taken effect',
    whether: 'the job went on',
    did: 'It did go on',
    didNot: 'Did not go on',
    yes: 'It went on',
    no: 'It did not go on',
    accepted: 'Retry accepted',
  },
  skip: {
    to: 'skip check items',
    toJob: 'skip check items of',
    toIt: 'skip the items',
    the: 'skip',
    doing: 'Skipping check items',
    done: 'skipped',
    nothingDone: 'Nothing was skipped.',
    notDone: 'Not skipped',
    notYet: 'Not skipped yet.',
    next: 'I will say whether the check passes now.',
    mayHave: 'taken effect',
    whether: 'the items are skipped',
    did: 'The items are skipped',
    didNot: 'Did not skip',
    yes: 'They are skipped',
    no: 'They are not skipped',
    accepted: 'Skip accepted',
  },
}
