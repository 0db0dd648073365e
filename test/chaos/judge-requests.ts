import type { Card } from './card.ts'
import type { Evidence } from './evidence.ts'
import { type Fault, faults } from './faults.ts'
import { OPERATIONS, type Operation } from './operations.ts'
import { type Asked, askedIn } from './payload.ts'
import { REFUSED, type Request } from './requests.ts'
import { APPROVERS } from './world.ts'

/** What is wrong with what people read of the requests on one card, whatever DTS received. */
export function judgeRequests(evidence: Evidence, card: Card): string[] {
  const asked = askedIn(evidence.deliveries)
  return card.requests.flatMap((request, index) => [
    ...judgeOpenness(request, card.requests[index + 1]),
    ...judgeRequester(asked, card, request),
    ...judgeShown(card, request),
    ...judgeApproval(request),
    ...lostClicks(evidence, request),
  ])
}

/** Each comes to one end, and the next one begins after it. */
function judgeOpenness(request: Request, next: Request | undefined): string[] {
  const { number, operation, notes, outcomes } = request
  const { to } = OPERATIONS[operation]
  const isSaid = (kind: string): boolean => notes.some((note) => note.kind === kind)
  const ends = [...new Set(outcomes.map(({ is }) => is))]
  const named = notes.flatMap((note) =>
    ['approvedBy', 'accepted', 'outcomeUnknown', 'failed'].includes(note.kind ?? '')
      ? (note.operation ?? [])
      : [],
  )
  const didNot = outcomes.some(({ is, says }) => is === 'nothing' && /\bDid not \w/.test(says))
  return faults([
    [outcomes.length === 0 && !next, `${to}: request ${number} never came to an end`],
    [
      outcomes.length === 0 && next !== undefined,
      `asked to ${next && OPERATIONS[next.operation].to} while request ${number} to ${to} was open`,
    ],
    [outcomes.length > 1, `${to}: ended ${outcomes.length} times, as ${ends.join(', then ')}`],
    [
      named.some((one) => one !== operation),
      `asked to ${to}, the thread goes on about ${named.join(', ')}`,
    ],
    [didNot && !isSaid('outcomeUnknown'), `${to}: had no effect, and it was never in doubt`],
  ])
}

/** Whoever is named submitted the form, whether or not Slack saw it taken. */
function judgeRequester(asked: Asked[], card: Card, { operation, requester }: Request): string[] {
  const isTheirs = asked.some(
    (one) => one.operation === operation && one.by === requester && isAbout(one, card),
  )
  const { to } = OPERATIONS[operation]
  return faults([
    [!isTheirs, `${to}: asked by ${requester || 'nobody'}, who did not submit a request`],
  ])
}

export function isAbout({ operation, about }: Pick<Asked, 'operation' | 'about'>, card: Card) {
  return operation === 'start' ? about === card.jobId : isOf(about, card)
}

/** Whether a button or a form of this migration has this value. */
export function isOf(reference: string, { key }: Card): boolean {
  const [migration] = reference.split(':')
  return key.split(':')[0] === migration
}

function judgeShown({ versions }: Card, { number, operation }: Request): string[] {
  const shown = versions.filter((one) => one.request === number)
  const isOther = (one: Operation | undefined): boolean => one !== undefined && one !== operation
  return faults([
    [
      shown.some((one) => isOther(one.operation)),
      `the card asks otherwise than the thread about request ${number}`,
    ],
  ])
}

function judgeApproval({ operation, requester, approvedBy, clicks, outcomes }: Request): string[] {
  const { to } = OPERATIONS[operation]
  const isRefused = outcomes.find(({ is }) => REFUSED.some((one) => one === is))
  const needsApproval = outcomes.find(({ is }) => ['took effect', 'nothing'].includes(is))
  const by = isRefused?.by
  return faults([
    [approvedBy.length > 1, `${to}: approved ${approvedBy.length} times`],
    ...approvedBy.flatMap((who): Fault[] => [
      [who === requester, `${to}: approved by ${who}, who asked`],
      [!APPROVERS.some((one) => one === who), `${to}: approved by ${who}, who may not`],
      [!clicks.some(({ user }) => user === who), `${to}: approved by ${who}, who did not press`],
    ]),
    [approvedBy.length > 0 && isRefused !== undefined, `${to}: approved, and ${isRefused?.is}`],
    [
      approvedBy.length === 0 && needsApproval !== undefined,
      `${to}: ${needsApproval?.is}, and nobody approved`,
    ],
    [
      isRefused?.is === 'Withdrawn' ? by !== requester : by === requester,
      `${to}: ${isRefused?.is} by ${by}, asked by ${requester}`,
    ],
  ])
}

/** Clicks that Slack saw acknowledged and that came to nothing, without a word to who clicked. */
function lostClicks(evidence: Evidence, { operation, approvedBy, clicks, outcomes }: Request) {
  const isExpired = outcomes.some(({ is }) => is === 'Expired')
  if (approvedBy.length > 0 || !isExpired) return []
  const lost = clicks.filter((one) => one.ok && !isAnswered(evidence, one))
  return [...new Set(lost.map(({ user }) => user))].map(
    (by) => `${OPERATIONS[operation].to}: a click of ${by} is lost`,
  )
}

/** Whether the bot said something to the person in private right after it got the click. */
function isAnswered({ ephemerals }: Evidence, click: Request['clicks'][number]): boolean {
  return ephemerals.some(({ user, ts }) => {
    const after = Number(ts) * 1_000 - click.deliveredAt
    return user === click.user && after > 0 && after < 15_000
  })
}
