import { type Card, clicksBy } from './card.ts'
import type { Evidence } from './evidence.ts'
import { payloadOf, requestedJob } from './payload.ts'
import { BUTTON, type NoteKind, QUESTION } from './sentences.ts'
import { APPROVERS } from './world.ts'

/** What one card and its thread promise, and do not keep. */
export function judgeCard(evidence: Evidence, card: Card): string[] {
  return [
    ...unknownSentences(card),
    ...judgeEnd(card),
    ...judgeRequester(evidence, card),
    ...judgeApprovals(card),
    ...lostClicks(evidence, card),
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

function judgeEnd({ how, says, versions, thread }: Card): string[] {
  const endings = new Set(versions.flatMap(({ state, ended }) => (ended ? (state ?? []) : [])))
  const first = versions.findIndex(({ ended }) => ended)
  const goesOn = first >= 0 && versions.slice(first).some(({ ended }) => !ended)
  const questions = versions.filter(({ state }) => state === 'asking' || state === 'askingAgain')
  const told = thread.flatMap(({ ending }) => ending ?? [])
  const isSaid = (kind: NoteKind): boolean => thread.some((note) => note.kind === kind)
  const ran = how === 'Done' || how === 'Failed'
  return faults([
    [!how, `a card without an end: ${firstLine(says)}`],
    [questions.some((one) => !QUESTION.test(one.says)), 'a question without its buttons'],
    [questions.some((one) => !one.request), 'a question without its number'],
    [versions.some((one) => one.ended && BUTTON.test(one.says)), 'live buttons after the end'],
    [endings.size > 1, `ended as ${[...endings].join(', then ')}`],
    [goesOn, 'went on after its end'],
    [ran && !isSaid('accepted') && !isSaid('outcomeUnknown'), `${how}, and nobody said it started`],
    [how === 'Did not start' && !isSaid('outcomeUnknown'), `${how}, and it was never in doubt`],
    [how !== undefined && told.join() !== how, `ended as ${how}, the thread says "${told.join()}"`],
  ])
}

/** Whoever the card names submitted the form for this job, whether or not Slack saw it taken. */
function judgeRequester({ deliveries }: Evidence, { jobId, requester }: Card): string[] {
  const asked = deliveries.some((one) => {
    const { user, view } = payloadOf(one)
    return user?.id === requester && view !== undefined && requestedJob(view) === jobId
  })
  return faults([[!asked, `asked by ${requester || 'nobody'}, who did not submit a request`]])
}

function judgeApprovals(card: Card): string[] {
  const { how, approvedBy, shownApprovers, requester } = card
  const again = card.thread.filter(({ kind }) => kind === 'changed' || kind === 'outdated').length
  const isDecided = approvedBy.length > again
  const needsApproval: Card['how'][] = ['Done', 'Failed', 'Not started', 'Did not start']
  const isRefused = ['Rejected', 'Withdrawn', 'Expired'].includes(how ?? '')
  return faults([
    [approvedBy.length > again + 1, `approved ${approvedBy.length} times`],
    ...approvedBy.flatMap((by): Fault[] => [
      [by === requester, `approved by ${by}, who asked`],
      [!APPROVERS.some((one) => one === by), `approved by ${by}, who may not`],
      [clicksBy(card, by).length === 0, `approved by ${by}, who did not press`],
    ]),
    ...shownApprovers.map((by): Fault => {
      return [!approvedBy.includes(by), `approved by ${by} on the card, not in the thread`]
    }),
    [isDecided && isRefused, `approved, and ${how}`],
    [!isDecided && needsApproval.includes(how), `${how}, and nobody approved`],
    [
      how === 'Withdrawn' ? card.rejectedBy !== requester : card.rejectedBy === requester,
      `${how} by ${card.rejectedBy}, asked by ${requester}`,
    ],
  ])
}

/** Clicks that Slack saw acknowledged and that came to nothing, without a word to who clicked. */
function lostClicks(evidence: Evidence, card: Card): string[] {
  if (card.approvedBy.length > 0 || card.how !== 'Expired') return []
  return APPROVERS.filter((by) =>
    clicksBy(card, by).some((one) => one.ok && !isAnswered(evidence, by, one)),
  ).map((by) => `a click of ${by} is lost`)
}

/** Whether the bot said something to the person in private right after it got the click. */
function isAnswered({ ephemerals }: Evidence, by: string, click: Card['clicks'][number]): boolean {
  return ephemerals.some(({ user, ts }) => {
    const after = Number(ts) * 1_000 - click.deliveredAt
    return user === by && after > 0 && after < 15_000
  })
}

type Fault = [isWrong: boolean, what: string]

function faults(all: Fault[]): string[] {
  return all.flatMap(([isWrong, what]) => (isWrong ? [what] : []))
}

function firstLine(says: string): string {
  return says.split('\n', 1).join()
}
