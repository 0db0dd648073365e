/*
 * Everything that a card or a thread may say in a campaign. The judge knows the bot by these
 * sentences alone: one that is not here is a fault, so that no check looks for words of the past.
 */

/** How a card begins while its migration goes on. */
export const BUSY = {
  asking: /^⏳ Waiting for approval to start\n/,
  askingAgain: /^⏳ Job changed, waiting for a new approval to start\n/,
  approved: /^⏳ Approved, starting\n/,
  sending: /^⏳ Starting\n/,
  unknown: /^❓ Outcome unknown\n/,
  accepted: /^▶ Accepted\n/,
  running: /^▶ Running(?: \d+ %)?\n/,
  unseen: /^❓ I can't see this job right now\n/,
} as const

/** How a card begins once its migration is over. Nobody deletes a job or sets it back. */
export const ENDINGS = {
  Done: /^✅ Done(?: in \d[^\n]*)?\n/,
  Failed: /^❌ Failed\n/,
  Rejected: /^✖ Rejected\nBy @(\w+)\. Nothing was started\.\n/,
  Withdrawn: /^✖ Withdrawn\nBy @(\w+)\. Nothing was started\.\n/,
  Expired: /^✖ Expired\nNobody decided in time\. Nothing was started\.\n/,
  'Not started': /^[✖❌] Not started\n/,
  'Did not start': /^✖ Did not start\n/,
} as const

/** What the thread says. */
export const NOTES = {
  approvedBy: /^Approved by @(\w+)\. Starting\.$/,
  changed: /^The job changed since it was approved\. I sent nothing\.\n/,
  outdated:
    /^The approval is too old to act on\. I could not act on it in time, so I sent nothing\.\n/,
  accepted: /^DTS accepted the start\. /,
  throttled: /^Tencent Cloud is rate limiting us\. Not started yet\./,
  outcomeUnknown: /^Outcome unknown\. I sent the start and got no (?:clear )?answer\./,
  cannotTell: /^I can't tell whether the job started\.\n/,
  tookEffect: /^It did start[:,] /,
  outOfSight: /^@\w+: I can't see this job right now\.\n/,
  ended: new RegExp(`^@\\w+: (${Object.keys(ENDINGS).join('|')})(?: in \\d[^\\n]*)?\\n`),
} as const

/** What any card that waits for people has, and no card that has ended. */
export const QUESTION = /\[Approve\] \[Reject\]/
export const BUTTON = /\[[^\]\n]+\]/

/** On a card that ended as *Not started* because the bot was paused between its attempt and the call. */
export const TOO_LATE = /^I was paused for too long [^\n]*, so I sent nothing\.$/m

/** On a card whose start was approved and has not been answered. */
export const CARD_APPROVED_BY = /^Approved by @(\w+)\.$/m

export type Busy = keyof typeof BUSY
export type Ending = keyof typeof ENDINGS
export type NoteKind = keyof typeof NOTES

export function busyOf(says: string): Busy | undefined {
  return nameIn(BUSY, says)
}

export function endingOf(says: string): Ending | undefined {
  return nameIn(ENDINGS, says)
}

export function noteKindOf(says: string): NoteKind | undefined {
  return nameIn(NOTES, says)
}

function nameIn<Name extends string>(table: Record<Name, RegExp>, says: string): Name | undefined {
  return (Object.keys(table) as Name[]).find((name) => table[name].test(says))
}
