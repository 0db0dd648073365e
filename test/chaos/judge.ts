import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { type Card, keyOf, readCard } from './card.ts'
import type { Evidence } from './evidence.ts'
import { judgeTimes } from './judge-calls.ts'
import { judgeCard } from './judge-card.ts'
import { payloadOf, requestedJob } from './payload.ts'
import { BUSY, ENDINGS, NOTES, noteKindOf } from './sentences.ts'
import { CHANNEL } from './world.ts'

/** What the judge found. `faults` is empty when every promise was kept. */
export type Verdict = {
  requests: number
  /** How the migrations ended, by the first words of their cards. */
  endings: Record<string, number>
  starts: number
  /** How many starts had an unknown outcome for a while. */
  unknown: number
  /** How many starts were not sent because the bot had been paused for too long. */
  tooLate: number
  /** How often people read each sentence that the judge knows, on a card or in a thread. */
  seen: Record<string, number>
  /** Messages that people saw twice. */
  twice: string[]
  faults: string[]
}

/**
 * Reads only what the pretend Slack and the pretend DTS recorded, and does not know the bot: every
 * acknowledged request has a card; every card ends, once, and its end is true; a job was called only
 * after somebody who may approved it, as often as that, and never too late; no acknowledged click is without a
 * trace; nothing is said twice, and nothing that the judge does not understand.
 */
export function judge(evidence: Evidence): Verdict {
  const { messages, jobs, deliveries } = evidence
  const posted = messages.filter((m) => m.channel === CHANNEL)
  const cards = posted.filter((m) => m.threadTs === undefined).map((m) => readCard(evidence, m))
  const taken = deliveries.flatMap((one) => takenRequest(one) ?? [])
  const byJob = Map.groupBy(cards, ({ jobId }) => jobId)
  return {
    requests: new Set(taken).size,
    endings: count(cards.map(({ how, says }) => how ?? says.slice(0, 30))),
    starts: jobs.reduce((sum, { starts }) => sum + starts, 0),
    unknown: cards.filter(({ thread }) => thread.some(({ kind }) => kind === 'outcomeUnknown'))
      .length,
    tooLate: cards.filter(({ tooLate }) => tooLate).length,
    seen: seenIn(cards),
    twice: saidTwice(messages),
    faults: [
      ...blindSpots(evidence, posted, cards),
      ...taken.filter((jobId) => !byJob.has(jobId)).map((jobId) => `${jobId}: taken, and no card`),
      ...cards.flatMap((card) => judgeCard(evidence, card).map((what) => `${card.jobId}: ${what}`)),
      ...jobs.flatMap((job) =>
        judgeJob(evidence, byJob.get(job.id) ?? [], job).map((what) => `${job.id}: ${what}`),
      ),
      ...lostRejections(evidence, cards),
    ],
  }
}

/** Where the judge would find nothing because it looks for something that is no longer there. */
function blindSpots({ jobs }: Evidence, posted: Message[], cards: Card[]): string[] {
  const seen = seenIn(cards)
  const isStarted = jobs.some(({ starts }) => starts > 0)
  const needed = isStarted ? ['card: asking', 'thread: approvedBy', 'thread: ended'] : []
  return [
    ...needed.filter((name) => !seen[name]).map((name) => `a start, and never seen: ${name}`),
    ...posted.filter((m) => !keyOf(m)).map((m) => `posted without a key: ${text(m).slice(0, 30)}`),
  ]
}

/** Whether the job was called and started as its cards say. */
function judgeJob(evidence: Evidence, cards: Card[], job: Evidence['jobs'][number]): string[] {
  const calls = evidence.calls.filter(({ jobId }) => jobId === job.id)
  const approvals = cards.reduce((sum, { approvedBy }) => sum + approvedBy.length, 0)
  const again = calls.filter(({ outcome }) => outcome !== 'RequestLimitExceeded').length
  const ran = cards.filter(({ how }) => how === 'Done' || how === 'Failed')
  const claims = cards.filter(saysThatItStarted)
  const faults: string[] = []
  if (job.starts > 1) faults.push(`started ${job.starts} times`)
  if (again > approvals) faults.push(`called ${again} times for ${approvals} approvals`)
  if (calls.length > 0 && approvals === 0) faults.push('called, and nobody approved')
  const unsent = cards.filter(({ tooLate }) => tooLate).length
  if (unsent > 0 && again + unsent > approvals)
    faults.push('said that nothing was sent, and called')
  faults.push(...judgeTimes(calls, cards))
  if (ran.length !== job.starts) {
    faults.push(`started ${job.starts} times, and ${ran.length} cards say so`)
  }
  if (claims.length > job.starts) faults.push('said to have started, and it did not')
  const status = { Done: 9, Failed: 10 }
  for (const { how } of ran) {
    if ((how === 'Done' || how === 'Failed') && status[how] !== job.status) {
      faults.push(`the card says ${how}, DTS says ${job.status}`)
    }
  }
  return faults
}

function saysThatItStarted({ versions, thread }: Card): boolean {
  return (
    thread.some(({ kind }) => kind === 'accepted' || kind === 'tookEffect') ||
    versions.some(({ state }) => state === 'accepted' || state === 'running')
  )
}

/** A rejection that was acknowledged is what became of the migration, and no other is. */
function lostRejections({ deliveries }: Evidence, cards: Card[]): string[] {
  const submitted = deliveries.flatMap((one) => {
    const { type, view, user, response_action: answer } = payloadOf(one)
    if (type !== 'view_submission' || view?.callback_id !== 'dts_reject_form') return []
    const [migration = ''] = view.private_metadata.split(':')
    const card = cards.find(({ key }) => key.startsWith(migration))
    return [{ card, by: user?.id, taken: one.ok && !answer }]
  })
  const lost = submitted.filter(({ card, taken }) => taken && !card?.rejectedBy)
  const madeUp = cards.filter(
    ({ key, rejectedBy }) =>
      rejectedBy && !submitted.some(({ card, by }) => card?.key === key && by === rejectedBy),
  )
  return [
    ...lost.map(
      ({ card }) => `${card?.jobId}: a rejection was taken, and the card says ${card?.how}`,
    ),
    ...madeUp.map(({ jobId, how, rejectedBy }) => `${jobId}: ${how} by ${rejectedBy}, who did not`),
  ]
}

/** By what the bot calls its messages, and by their words; another rate limit is news. */
function saidTwice(messages: Message[]): string[] {
  const named = messages.filter((m) => keyOf(m))
  const names = named.map((m) => keyOf(m))
  const lines = named
    .filter((m) => m.threadTs !== undefined && noteKindOf(text(m)) !== 'throttled')
    .map((m) => `${m.threadTs}: ${text(m)}`)
  return [names, lines].flatMap((all) => all.filter((one, index) => all.indexOf(one) < index))
}

/** The job of a form that Slack was told is taken: nothing of it stays on the screen. */
function takenRequest(one: Evidence['deliveries'][number]): string | undefined {
  const { type, view, response_action: answer } = payloadOf(one)
  return one.ok && type === 'view_submission' && view && !answer ? requestedJob(view) : undefined
}

function seenIn(cards: Card[]): Record<string, number> {
  const none = [
    ...Object.keys({ ...BUSY, ...ENDINGS }).map((name) => `card: ${name}`),
    ...Object.keys(NOTES).map((name) => `thread: ${name}`),
  ].map((name) => [name, 0])
  const seen = cards.flatMap(({ versions, thread }) => [
    ...versions.map(({ state }) => `card: ${state ?? 'unknown sentence'}`),
    ...thread.map(({ kind }) => `thread: ${kind ?? 'unknown sentence'}`),
  ])
  return { ...Object.fromEntries(none), ...count(seen) }
}

function count(words: string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(words, (one) => one)].map(([one, all]) => [one, all.length]),
  )
}
