/** Every name by which Slack tells us what a person did: what is drawn is what is heard. */
export const ids = {
  command: '/dts',
  /** Buttons of the card. Value: an ask, see `askRef`. */
  approve: 'dts_approve',
  reject: 'dts_reject',
  /** What people found who looked where the bot cannot. Value: an ask. */
  itStarted: 'dts_it_started',
  didNotStart: 'dts_did_not_start',
  letGo: 'dts_let_go',
  /** The form that asks for a start, and what is in it. */
  startForm: 'dts_start_form',
  job: 'dts_job',
  region: 'dts_region',
  reason: 'dts_reason',
  runCheck: 'dts_run_check',
  lookAgain: 'dts_look_again',
  /** The form that takes the reason of a rejection. */
  rejectForm: 'dts_reject_form',
  rejectReason: 'dts_reject_reason',
  /** A modal that only says something. */
  notice: 'dts_notice',
} as const

/** Names one ask of one migration, as a button's value or a form's metadata. */
export function askRef(migrationId: string, ask: number): string {
  return `${migrationId}:${ask}`
}

/** Undefined for anything that `askRef` did not make. */
export function parseAskRef(text: string): { id: string; ask: number } | undefined {
  const match = /^([0-9a-f-]{36}):(\d{1,6})$/.exec(text)
  return match?.[1] && match[2] ? { id: match[1], ask: Number(match[2]) } : undefined
}
