/*
 * Everything that a card or a thread may say in a campaign. The judge knows the bot by these
 * sentences alone: one that is not here is a fault, so that no check looks for words of the past.
 */
import { type Operation, anyOf, operationBy } from './operations.ts'

const TO = `(?<to>${anyOf('to')})`
const THE = `(?<the>${anyOf('the')})`
const DOING = `(?<doing>${anyOf('doing')})`

/** How a card begins while its migration goes on. */
export const BUSY = {
  asking: new RegExp(`^⏳ Waiting for approval to ${TO}\\n`),
  askingAgain: new RegExp(`^⏳ Job changed, waiting for a new approval to ${TO}\\n`),
  approved: new RegExp(`^⏳ Approved, (?<doing>${anyOf('doing', true)})\\n`),
  sending: new RegExp(`^⏳ ${DOING}\\n`),
  unknown: /^❓ Outcome unknown\n/,
  accepted: new RegExp(`^▶ (?<accepted>${anyOf('accepted')})\\n`),
  watching: /^▶ Watching\n/,
  running: /^▶ Running(?: \d+ %)?\n/,
  ready: /^⏸ Ready to cut over\n/,
  broken: /^▶ The job has hit an error and can be retried\n/,
  paused: /^▶ The job is paused\n/,
  underWay: /^▶ (?:Cutting over|Stopping|The job is being (?:paused|retried))\n/,
  unseen: /^❓ I can't see this job right now\n/,
} as const

/** How a card begins once its migration is over. Nobody deletes a job or sets it back. */
export const ENDINGS = {
  Done: /^✅ Done(?: in \d[^\n]*)?\n/,
  Failed: /^❌ Failed\n/,
  Stopped: /^⏹ Stopped\n/,
  'No longer watched': /^❓ No longer watched\n@(?<by>\w+) stopped the watch\./,
  Rejected: /^✖ Rejected\nBy @(?<by>\w+)\. Nothing was started\.\n/,
  Withdrawn: /^✖ Withdrawn\nBy @(?<by>\w+)\. Nothing was started\.\n/,
  Expired: /^✖ Expired\nNobody decided in time\. Nothing was started\.\n/,
  'Not started': /^[✖❌] Not started\n/,
  'Did not start': /^✖ Did not start\n/,
} as const

/** How a request came to nothing, beside a job that goes on. */
const FAILED = `Rejected|Withdrawn|Expired|${anyOf('notDone')}|${anyOf('didNot')}`

/** What the thread says. */
export const NOTES = {
  requested: new RegExp(`^@(?<by>\\w+) asks to ${TO} this job\\.\\n`),
  approvedBy: new RegExp(`^Approved by @(?<by>\\w+)\\. ${DOING}\\.$`),
  changed: /^The job changed since it was approved\. I sent nothing\.\n/,
  outdated:
    /^The approval is too old to act on\. I could not act on it in time, so I sent nothing\.\n/,
  accepted: new RegExp(`^DTS accepted the ${THE}\\. `),
  throttled: new RegExp(`^Tencent Cloud is rate limiting us\\. (?:${anyOf('notDone')}) yet\\.`),
  outcomeUnknown: new RegExp(
    `^Outcome unknown\\. I sent the ${THE} and got no (?:clear )?answer\\.`,
  ),
  cannotTell:
    /^I can't tell whether the (?:job (?:started|went on)|(?:cutover|stop|pause) took effect)\.\n/,
  tookEffect: new RegExp(
    `^(?:(?:${anyOf('did')})[:,] |@\\w+ looked: (?:${anyOf('did', true)})\\.)`,
  ),
  notDone: new RegExp(`^DTS accepted the ${THE}, but the job shows no sign of it\\.\\n`),
  failed: new RegExp(`^@(?<by>\\w+), your request to ${TO}: (?<how>${FAILED})\\n`),
  outOfSight: /^@\w+: I can't see this job right now\.\n/,
  ready: /^@\w+: ready to cut over\.\n/,
  alarm: /^Stopped by an error\. Someone has to retry or stop it\.\n/,
  ended: new RegExp(`^@\\w+: (?<how>${Object.keys(ENDINGS).join('|')})(?: in \\d[^\\n]*)?\\n`),
} as const

/** What any card that waits for people has, and no card that has ended. */
export const QUESTION = /\[Approve\] \[Reject\]/
export const BUTTON = /\[[^\]\n]+\]/

/** In a form: the second of two requests at once. */
export const REFUSED_BUSY = new RegExp(
  `^One request at a time: @(?<by>\\w+) asked to ${TO} this job\\.\\n`,
)

/** Why an operation was not sent: the bot was paused between its attempt and the call; for any reason. */
export const TOO_LATE = /^I was paused for too long [^\n]*, so I sent nothing\.$/m
export const SENT_NOTHING = /\bI sent nothing\.(?:\n|$)/

/** On a card that failed while the answer to a stop was lost: DTS shows both alike. */
export const STOP_LOST = /^The answer to the stop was lost\. The job has failed since, /m

/** On a card whose request was approved and has not been answered. */
export const CARD_APPROVED_BY = /^Approved by @(\w+)\.$/m

export type Busy = keyof typeof BUSY
export type Ending = keyof typeof ENDINGS
export type NoteKind = keyof typeof NOTES

/** What a sentence says, where it says it: about which operation, who, and how it ended. */
export type Read<Kind extends string> = {
  kind: Kind
  operation: Operation | undefined
  by: string | undefined
  how: string | undefined
}

export function busyOf(says: string): Busy | undefined {
  return readIn(BUSY, says)?.kind
}

export function endingOf(says: string): Ending | undefined {
  return readIn(ENDINGS, says)?.kind
}

export function readCardText(says: string): Read<Busy | Ending> | undefined {
  return readIn({ ...BUSY, ...ENDINGS }, says)
}

export function readNoteText(says: string): Read<NoteKind> | undefined {
  return readIn(NOTES, says)
}

/** Whose request comes first, and to do what, as a refusal says. */
export function readBusy(says: string): Read<'busy'> | undefined {
  return readIn({ busy: REFUSED_BUSY }, says)
}

function readIn<Kind extends string>(
  table: Record<Kind, RegExp>,
  says: string,
): Read<Kind> | undefined {
  const kind = (Object.keys(table) as Kind[]).find((name) => table[name].test(says))
  if (!kind) return undefined
  const { by, how, ...words } = table[kind].exec(says)?.groups ?? {}
  const operation = (['to', 'the', 'doing', 'accepted'] as const)
    .filter((field) => words[field] !== undefined)
    .map((field) => operationBy(field, words[field]))
  return { kind, operation: operation[0], by, how }
}
