/** Every id that the views draw and the commands listen for. */
export const ids = {
  command: '/dts',
  /** Buttons of the card. Value: a request, see `requestRef`. */
  approve: 'dts_approve',
  reject: 'dts_reject',
  /** What a person saw in the console when the bot could not look. Value: a request. */
  tookEffect: 'dts_took_effect',
  noEffect: 'dts_no_effect',
  stopWatching: 'dts_stop_watching',
  compare: 'dts_compare',
  /** Buttons of the card that open a form, and these forms. Value: a request, the last one. */
  cutOver: 'dts_cut_over',
  continue: 'dts_continue',
  retry: 'dts_retry',
  pause: 'dts_pause',
  stop: 'dts_stop',
  cutOverForm: 'dts_cut_over_form',
  continueForm: 'dts_continue_form',
  retryForm: 'dts_retry_form',
  pauseForm: 'dts_pause_form',
  stopForm: 'dts_stop_form',
  /** The same on the card of a check that did not pass, and in the form that asks for a start. */
  skip: 'dts_skip',
  skipHere: 'dts_skip_here',
  skipForm: 'dts_skip_form',
  skipItems: 'dts_skip_items',
  skipOwner: 'dts_skip_owner',
  foreignKeys: 'dts_foreign_keys',
  mode: 'dts_mode',
  checklist: 'dts_checklist',
  /** The form that asks for a start, and what is in it. */
  startForm: 'dts_start_form',
  job: 'dts_job',
  region: 'dts_region',
  reason: 'dts_reason',
  runCheck: 'dts_run_check',
  lookAgain: 'dts_look_again',
  watchIt: 'dts_watch_it',
  /** The form that takes the reason of a rejection. */
  rejectForm: 'dts_reject_form',
  rejectReason: 'dts_reject_reason',
  /** A modal without input. */
  notice: 'dts_notice',
} as const

/** Names one approval request of one migration, as a button's value or a form's metadata. */
export function requestRef(migrationId: string, request: number): string {
  return `${migrationId}:${request}`
}

/** Undefined for anything that `requestRef` did not make. */
export function parseRequestRef(text: string): { id: string; request: number } | undefined {
  const match = /^([0-9a-f-]{36}):(\d{1,6})$/.exec(text)
  return match?.[1] && match[2] ? { id: match[1], request: Number(match[2]) } : undefined
}
