import { RULES } from '../../src/bot.ts'
import { ids } from '../../src/views/ids.ts'
import type { Received } from './dts.ts'
import { type Evidence, wordsOf } from './evidence.ts'
import { judgeCards } from './judge-cards.ts'
import { MINUTE } from './scheduler.ts'
import { type Message, type SimulatedSlack, type Version, buttonsOf } from './slack.ts'

/** What was broken of what docs/reliability.md promises, by what people saw and what DTS received. */
export function judge(evidence: Evidence): string[] {
  const { dts } = evidence
  return [
    ...dts.received.flatMap((call) =>
      ofCall(evidence, call).map((what) => `${nameOf(call)} ${what}`),
    ),
    ...twice(dts.received.filter(({ throttled }) => !throttled).map(nameOf)).map(
      (name) => `${name} was sent twice for one approval`,
    ),
    ...dts.looks.stale,
    ...dts.looks.unwatched,
    ...saidTwice(evidence).map((key) => `${key} was said twice`),
    ...judgeCards(evidence),
  ]
}

function nameOf({ operation, job, attempt }: Received): string {
  return `${operation} of ${job.id} for ${attempt?.migration}:${attempt?.request}`
}

/** Longer than this before a call nobody looks at the job any more. */
const STALE = 90_000
/** Two clocks may both be wrong by as much as DTS puts up with. */
const WRONG = 10 * MINUTE

function ofCall({ slack, delivered }: Evidence, call: Received): string[] {
  const { attempt, late, leftAt } = call
  if (!attempt) return ['left without an attempt that was written down']
  const reference = `${attempt.migration}:${attempt.request}`
  const about = delivered.filter(({ act }) => 'reference' in act && act.reference === reference)
  const approvals = about.filter(({ act, at }) => act.do === 'approve' && at < leftAt)
  const [acked] = approvals.filter(({ ackedAt }) => ackedAt !== undefined)
  const isRejected = about.some(
    ({ act, ackedAt }) => act.do === 'reject' && (ackedAt ?? leftAt) < leftAt,
  )
  const shown = versionsOf(slack, attempt.migration).filter(({ at }) => at < leftAt)
  const next = `${attempt.migration}:${attempt.request + 1}`
  const approved = shown.findLast((version) => has(version, reference))
  const isStale = call.versionSince < leftAt - STALE
  const faults: [boolean, string][] = [
    [late.real >= RULES.sendWithin, `left ${late.real} ms after its attempt`],
    [
      late.monotonic >= RULES.sendWithin,
      `left ${late.monotonic} ms after its attempt, by its clock`,
    ],
    [approvals.length === 0, 'left, and nobody approved'],
    [isRejected, 'left after a rejection that was acknowledged'],
    [shown.some((version) => has(version, next)), 'left for a request that was replaced'],
    [
      /^(Expired|Rejected|Withdrawn)/.test(shown.at(-1)?.text ?? ''),
      'left after the request ended',
    ],
    [
      acked !== undefined && leftAt - (acked.ackedAt ?? 0) > RULES.patience + WRONG,
      `left ${leftAt - (acked?.ackedAt ?? 0)} ms after its approval`,
    ],
    [
      isStale && approved !== undefined && versionIn(approved) !== call.version,
      `left for version ${call.version}, and people approved ${approved && versionIn(approved)}`,
    ],
  ]
  return faults.filter(([is]) => is).map(([, what]) => what)
}

/** What people saw on the cards of a migration, oldest first. */
export function versionsOf({ messages }: SimulatedSlack, migration: string): Version[] {
  return messages
    .filter(({ key }) => key?.startsWith(`${migration}:card:`))
    .flatMap(({ versions }) => versions)
    .sort((a, b) => a.at - b.at)
}

function has(version: Version, reference: string): boolean {
  return buttonsOf(version).some(({ does, value }) => does === ids.approve && value === reference)
}

function versionIn(version: Version): number {
  return Number(/version (\d+)\./.exec(wordsOf(version))?.[1])
}

/**
 * A direct message may come twice, and so may what nobody could look for, a reply to a card that was
 * deleted, what arrived after its bot had crashed, and what two bots said of which one had lost its work
 * to the other.
 */
function saidTwice({ slack, overlaps }: Evidence): string[] {
  const { messages, wasArchived } = slack
  const isOverlapped = ({ key = '', versions: [{ at }] }: Message): boolean =>
    overlaps.some(
      (one) =>
        one.queue === 'publish' &&
        key.startsWith(one.key) &&
        one.from <= at &&
        at <= one.until + IN_FLIGHT,
    )
  const gone = new Set(messages.filter(({ isDeleted }) => isDeleted).map(({ ts }) => ts))
  const seen = messages.filter(
    ({ channel, key, thread, isDeleted, isLate }) =>
      !isDeleted &&
      !isLate &&
      (thread ?? key?.includes(':card:')) &&
      channel.startsWith('C') &&
      !wasArchived.has(channel) &&
      !gone.has(thread ?? ''),
  )
  return twice(seen.filter((one) => !isOverlapped(one)).map(({ key = '' }: Message) => key))
}

/** A post may arrive so long after the bot that sent it has crashed. */
const IN_FLIGHT = 30_000

function twice(names: string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) < index)
}
