/*
 * What can be done to a job: what people press, the words that they read, and what DTS then receives.
 * The judge does not import the bot's own table. One more operation is one more entry here.
 */
export const OPERATIONS = {
  start: {
    action: 'StartMigrateJob',
    button: undefined,
    form: 'dts_start_form',
    to: 'start',
    the: 'start',
    doing: 'Starting',
    accepted: 'Accepted',
    nothing: 'Nothing was started.',
    did: 'It did start',
    notDone: 'Not started',
    didNot: 'Did not start',
  },
  cutOver: {
    action: 'CompleteMigrateJob',
    button: 'dts_cut_over',
    form: 'dts_cut_over_form',
    to: 'cut over',
    the: 'cutover',
    doing: 'Cutting over',
    accepted: 'Cutover accepted',
    nothing: 'Nothing was cut over.',
    did: 'The cutover took effect',
    notDone: 'Not cut over',
    didNot: 'Did not cut over',
  },
  stop: {
    action: 'StopMigrateJob',
    button: 'dts_stop',
    form: 'dts_stop_form',
    to: 'stop',
    the: 'stop',
    doing: 'Stopping',
    accepted: 'Stop accepted',
    nothing: 'Nothing was stopped.',
    did: 'The stop took effect',
    notDone: 'Not stopped',
    didNot: 'Did not stop',
  },
  pause: {
    action: 'PauseMigrateJob',
    button: 'dts_pause',
    form: 'dts_pause_form',
    to: 'pause',
    the: 'pause',
    doing: 'Pausing',
    accepted: 'Pause accepted',
    nothing: 'Nothing was paused.',
    did: 'The pause took effect',
    notDone: 'Not paused',
    didNot: 'Did not pause',
  },
  continue: {
    action: 'ContinueMigrateJob',
    button: 'dts_continue',
    form: 'dts_continue_form',
    to: 'continue',
    the: 'continuation',
    doing: 'Continuing',
    accepted: 'Continuation accepted',
    nothing: 'It stays paused.',
    did: 'It did go on',
    notDone: 'Not continued',
    didNot: 'Did not go on',
  },
  retry: {
    action: 'ResumeMigrateJob',
    button: 'dts_retry',
    form: 'dts_retry_form',
    to: 'retry',
    the: 'retry',
    doing: 'Retrying',
    accepted: 'Retry accepted',
    nothing: 'It stays as it is.',
    did: 'It did go on',
    notDone: 'Not retried',
    didNot: 'Did not go on',
  },
} as const satisfies Record<string, Words & { button: string | undefined; form: string }>

export type Operation = keyof typeof OPERATIONS

type Words = Record<
  'action' | 'to' | 'the' | 'doing' | 'accepted' | 'nothing' | 'did' | 'notDone' | 'didNot',
  string
>

export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[]

/** The operation that this is the action, the button, the form or a word of, in any case. */
export function operationBy(
  field: keyof Words | 'button' | 'form',
  value: string | undefined,
): Operation | undefined {
  const wanted = value?.toLowerCase()
  return OPERATION_NAMES.find((name) => OPERATIONS[name][field]?.toLowerCase() === wanted)
}

/** A pattern that matches this word of any of them; `within`: as it is inside a sentence. */
export function anyOf(field: keyof Words, within = false): string {
  const words = OPERATION_NAMES.map((name) => OPERATIONS[name][field])
  return words.map((word) => RegExp.escape(within ? word.toLowerCase() : word)).join('|')
}
