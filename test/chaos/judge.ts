import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { type Card, keyOf, readCard } from './card.ts'
import type { Evidence } from './evidence.ts'
import { judgeCalls } from './judge-calls.ts'
import { judgeCard, judgeTruth } from './judge-card.ts'
import { busyIn, judgeForms } from './judge-forms.ts'
import { judgeRequests } from './judge-requests.ts'
import { OPERATIONS, OPERATION_NAMES, type Operation } from './operations.ts'
import { askedIn } from './payload.ts'
import { BUSY, ENDINGS, NOTES, TOO_LATE } from './sentences.ts'
import { CHANNEL } from './world.ts'

/** What the judge found. `faults` is empty when every promise was kept. */
export type Verdict = {
  /** Forms that Slack was told are taken. */
  requests: number
  /** How the migrations ended, by the first words of their cards. */
  endings: Record<string, number>
  operations: Record<Operation, Counts>
  /** How often somebody asked while another request came first, and was told whose. */
  busy: number
  /** How often people read each sentence that the judge knows, on a card or in a thread. */
  seen: Record<string, number>
  /** Messages that people saw twice. */
  twice: string[]
  faults: string[]
}

/**
 * Requests that people read; those that were approved; effects at DTS; outcomes that were unknown for
 * a while; those that were not sent because the bot had been paused for too long.
 */
type Counts = { asked: number; approved: number; effects: number; unknown: number; tooLate: number }

/**
 * Reads only what the pretend Slack and the pretend DTS recorded, and does not know the bot: every
 * acknowledged request has a card; every card and every request ends, once, and its end is true; an
 * operation was called only after somebody who may approved it, once, and never too late; no
 * acknowledged click is without a trace; of two requests at once, one is refused and told which comes
 * first; nothing is said twice, and nothing that the judge does not understand.
 */
export function judge(evidence: Evidence): Verdict {
  const { messages, jobs, deliveries, calls } = evidence
  const posted = messages.filter((m) => m.channel === CHANNEL)
  const cards = posted.filter((m) => m.threadTs === undefined).map((m) => readCard(evidence, m))
  const asked = askedIn(deliveries)
  const byJob = Map.groupBy(cards, ({ jobId }) => jobId)
  const operations = countOperations(evidence, cards)
  return {
    requests: asked.filter(({ taken }) => taken).length,
    endings: count(cards.map(({ how, says }) => how ?? says.slice(0, 30))),
    operations,
    busy: asked.filter(({ answer }) => busyIn(answer?.view?.blocks)).length,
    seen: seenIn(cards),
    twice: [...saidTwice(messages), ...repeated(cards)],
    faults: [
      ...blindSpots(operations, posted, cards),
      ...judgeForms(evidence, cards),
      ...cards.flatMap((card) =>
        [...judgeCard(evidence, card), ...judgeRequests(evidence, card)].map(about(card.jobId)),
      ),
      ...jobs.flatMap(({ id, state }) => {
        const theirs = calls.filter(({ jobId }) => jobId === id)
        const shown = byJob.get(id) ?? []
        return [
          ...judgeCalls(theirs, shown),
          ...shown.flatMap((card) => judgeTruth(theirs, card, state)),
        ].map(about(id))
      }),
    ],
  }
}

function about(jobId: string): (what: string) => string {
  return (what) => `${jobId}: ${what}`
}

function countOperations({ calls }: Evidence, cards: Card[]): Verdict['operations'] {
  const all = cards.flatMap(({ requests }) => requests)
  const counted = OPERATION_NAMES.map((operation): [Operation, Counts] => {
    const asked = all.filter((one) => one.operation === operation)
    const unknown = asked.filter(({ notes }) => notes.some((one) => one.kind === 'outcomeUnknown'))
    const tooLate = asked.filter(({ outcomes }) => outcomes.some(({ says }) => TOO_LATE.test(says)))
    const counts = {
      asked: asked.length,
      approved: asked.filter(({ approvedBy }) => approvedBy.length > 0).length,
      effects: calls.filter((one) => one.operation === operation && one.effective).length,
      unknown: unknown.length,
      tooLate: tooLate.length,
    }
    return [operation, counts]
  })
  return Object.fromEntries(counted) as Verdict['operations']
}

/** Where the judge would find nothing because it looks for something that is no longer there. */
function blindSpots(operations: Verdict['operations'], posted: Message[], cards: Card[]): string[] {
  const seen = seenIn(cards)
  const done = OPERATION_NAMES.filter((name) => operations[name].effects > 0)
  const needed = done.length > 0 ? ['card: asking', 'thread: approvedBy', 'thread: ended'] : []
  const untold = done.filter((name) => operations[name].approved === 0)
  return [
    ...needed.filter((name) => !seen[name]).map((name) => `an effect, and never seen: ${name}`),
    ...untold.map((name) => `${OPERATIONS[name].to}: an effect, and nobody approved any`),
    ...posted.filter((m) => !keyOf(m)).map((m) => `posted without a key: ${text(m).slice(0, 30)}`),
  ]
}

/** By what the bot calls its messages. */
function saidTwice(messages: Message[]): string[] {
  const named = messages.filter((m) => keyOf(m))
  const names = named.map((m) => keyOf(m))
  return names.filter((one, index) => names.indexOf(one) < index)
}

/** By their words, about one request; some news may come again. */
function repeated(cards: Card[]): string[] {
  const again = ['throttled', 'outOfSight', 'ready']
  return cards.flatMap(({ jobId, requests }) =>
    requests.flatMap(({ notes }) => {
      const says = notes.filter(({ kind }) => !again.includes(kind ?? '')).map((one) => one.says)
      return says.filter((one, index) => says.indexOf(one) < index).map(about(jobId))
    }),
  )
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
