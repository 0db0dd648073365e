import type { Card } from './card.ts'
import type { Call, Evidence } from './evidence.ts'
import { faults } from './faults.ts'
import { askedIn, payloadOf } from './payload.ts'
import { BUTTON, CARD_APPROVED_BY, QUESTION, STOP_LOST } from './sentences.ts'

/** What one card and its thread promise, and do not keep, from its first word to its end. */
export function judgeCard(evidence: Evidence, card: Card): string[] {
  return [
    ...unknownSentences(card),
    ...judgeEnd(card),
    ...judgeOwner(evidence, card),
    ...shownApprovers(card),
  ]
}

/** A sentence that the judge cannot read may hide anything. */
function unknownSentences({ versions, thread }: Card): string[] {
  const cards = versions.filter(({ state }) => !state)
  const notes = thread.filter(({ kind }) => !kind)
  return [
    ...cards.map(({ says }) => `the card says something unknown: ${firstLine(says)}`),
    ...notes.map(({ says }) => `the thread says something unknown: ${firstLine(says)}`),
  ]
}

function shownApprovers({ requests, versions }: Card): string[] {
  const approvers = requests.flatMap(({ approvedBy }) => approvedBy)
  const shown = versions.flatMap(({ says }) => CARD_APPROVED_BY.exec(says)?.[1] ?? [])
  return shown
    .filter((by) => !approvers.includes(by))
    .map((by) => `approved by ${by} on the card, not in the thread`)
}

function judgeEnd({ how, says, versions, thread }: Card): string[] {
  const endings = new Set(versions.flatMap(({ state, ended }) => (ended ? (state ?? []) : [])))
  const first = versions.findIndex(({ ended }) => ended)
  const goesOn = first >= 0 && versions.slice(first).some(({ ended }) => !ended)
  const questions = versions.filter(({ state }) => state === 'asking' || state === 'askingAgain')
  const told = thread.flatMap(({ kind, how: said }) => (kind === 'ended' ? (said ?? []) : []))
  return faults([
    [!how, `a card without an end: ${firstLine(says)}`],
    [questions.some((one) => !QUESTION.test(one.says)), 'a question without its buttons'],
    [questions.some((one) => !one.request), 'a question without its number'],
    [versions.some((one) => one.ended && BUTTON.test(one.says)), 'live buttons after the end'],
    [endings.size > 1, `ended as ${[...endings].join(', then ')}`],
    [goesOn, 'went on after its end'],
    [how !== undefined && told.join() !== how, `ended as ${how}, the thread says "${told.join()}"`],
  ])
}

/** Whoever the card is for asked for the start, or asked the bot to watch. */
function judgeOwner({ deliveries }: Evidence, { jobId, owner, how, endedBy }: Card): string[] {
  const typed = (by: string | undefined, verb: string): boolean =>
    deliveries.some((one) => {
      const { user_id: user, text } = payloadOf(one)
      return user === by && text === `${verb} ${jobId}`
    })
  const isAsked = askedIn(deliveries).some((one) => one.by === owner && one.about === jobId)
  return faults([
    [!isAsked && !typed(owner, 'watch'), `for ${owner || 'nobody'}, who did not ask`],
    [
      how === 'No longer watched' && !typed(endedBy, 'unwatch'),
      `no longer watched by ${endedBy}, who did not say so`,
    ],
  ])
}

/** Whether the end that the card says is the one that DTS shows, and whose doing it was. */
export function judgeTruth(calls: Call[], card: Card, state: string): string[] {
  const { how, says, versions, requests } = card
  if (!how) return []
  const ends: Partial<Record<typeof how, string[]>> = {
    Done: ['success'],
    Failed: STOP_LOST.test(says) ? ['failed', 'canceled'] : ['failed'],
    Stopped: ['canceled'],
  }
  const expected = ends[how]
  const [first] = requests
  const isStart = first?.operation === 'start'
  const has = (operation: string): boolean =>
    calls.some((one) => one.operation === operation && one.effective)
  const ran =
    expected !== undefined ||
    versions.some((one) => one.state === 'running' || one.state === 'accepted')
  const starts = requests.filter(({ operation }) => operation === 'start')
  const isTold = starts.some(({ notes }) =>
    notes.some(({ kind }) => kind === 'accepted' || kind === 'outcomeUnknown'),
  )
  return faults([
    [expected?.includes(state) === false, `the card says ${how}, DTS says ${state}`],
    [isStart && ran && !has('start'), 'said to run, and it was never started'],
    [isStart && ran && !isTold, `${how}, and nobody said it started`],
    [how === 'Stopped' && !has('stop'), 'said to be stopped, and nobody stopped it'],
  ])
}

function firstLine(says: string): string {
  return says.split('\n', 1).join()
}
