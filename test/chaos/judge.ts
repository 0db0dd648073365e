import { text } from '../../playground/workspace/read.ts'
import { type Card, clicksBy, readCard } from './card.ts'
import type { Evidence } from './evidence.ts'
import { payloadOf } from './payload.ts'
import { APPROVERS, CHANNEL } from './world.ts'

/** What the judge found. `faults` is empty when every promise was kept. */
export type Verdict = {
  asks: number
  /** How the migrations ended, by the first words of their cards. */
  endings: Record<string, number>
  starts: number
  /** How many starts had an unknown outcome for a while. */
  unknown: number
  /** Messages that people saw twice. */
  twice: string[]
  faults: string[]
}

/**
 * Reads only what the pretend Slack and the pretend DTS saw, and knows nothing of the bot: every
 * ask that Slack was told is taken has a card; every card ends, once, and its end is true; a job was
 * called only after somebody who may approved it, and as often as that; no acknowledged click is
 * without a trace; nothing is said twice.
 */
export function judge(evidence: Evidence): Verdict {
  const { messages, jobs, deliveries } = evidence
  const cards = messages
    .filter((m) => m.channel === CHANNEL && m.threadTs === undefined)
    .map((m) => readCard(evidence, m))
  const taken = deliveries.filter(isTakenAsk).map((one) => jobIdIn(payloadOf(one).view))
  const byJob = Map.groupBy(cards, ({ jobId }) => jobId)
  return {
    asks: new Set(taken).size,
    endings: count(cards.map(({ how, says }) => how ?? says.slice(0, 30))),
    starts: jobs.reduce((sum, { starts }) => sum + starts, 0),
    unknown: cards.filter(({ thread }) => thread.some((said) => /Outcome unknown/.test(said)))
      .length,
    twice: saidTwice(evidence),
    faults: [
      ...taken.filter((jobId) => !byJob.has(jobId)).map((jobId) => `${jobId}: taken, and no card`),
      ...cards.flatMap((card) => ofCard(evidence, card).map((what) => `${card.jobId}: ${what}`)),
      ...jobs.flatMap(({ id, ...job }) =>
        ofJob(evidence, byJob.get(id) ?? [], { id, ...job }).map((what) => `${id}: ${what}`),
      ),
      ...rejectionsLost(evidence, cards),
    ],
  }
}

/** What one card and its thread promise. */
function ofCard(evidence: Evidence, card: Card): string[] {
  const { how, says, thread, approvedBy, requester } = card
  const faults: string[] = []
  const fault = (wrong: boolean, what: string): void => void (wrong && faults.push(what))
  fault(!how, `a card without an end: ${says}`)
  fault(/\[(Approve|Reject|It started|It did not start|Stop watching)\]/.test(says), 'live buttons')
  fault(card.endings.length > 1, `ended as ${card.endings.join(', then ')}`)
  fault(card.goneOn, 'went on after its end')

  const changes = thread.filter((said) => /changed since it was approved/.test(said)).length
  fault(approvedBy.length > changes + 1, `approved ${approvedBy.length} times`)
  for (const by of approvedBy) {
    fault(by === requester, `approved by ${by}, who asked`)
    fault(!APPROVERS.some((one) => one === by), `approved by ${by}, who may not`)
    fault(clicksBy(card, by).length === 0, `approved by ${by}, who did not press`)
  }
  const decided = approvedBy.length > changes
  fault(decided && /Rejected|Withdrawn|Expired/.test(how ?? ''), `approved, and ${how}`)
  fault(!decided && /Done|Failed|tart/.test(how ?? ''), `${how}, and nobody approved`)
  for (const by of APPROVERS) {
    const clicks = clicksBy(card, by).filter(({ ok }) => ok)
    const wasted = clicks.length > 0 && approvedBy.length === 0 && how === 'Expired'
    fault(wasted && !clicks.every((one) => answered(evidence, by, one)), `a click of ${by} is lost`)
  }
  return faults
}

/** Whether the job was called and started as its cards say. */
function ofJob(evidence: Evidence, cards: Card[], job: Evidence['jobs'][number]): string[] {
  const calls = evidence.calls.filter(({ jobId }) => jobId === job.id)
  const approvals = cards.reduce((sum, { approvedBy }) => sum + approvedBy.length, 0)
  const again = calls.filter(({ outcome }) => outcome !== 'RequestLimitExceeded').length
  const ran = cards.filter(({ how }) => how === 'Done' || how === 'Failed')
  const said = cards.filter(({ thread }) =>
    thread.some((one) => /accepted the start|It did start/.test(one)),
  )
  const faults: string[] = []
  if (job.starts > 1) faults.push(`started ${job.starts} times`)
  if (again > approvals) faults.push(`called ${again} times for ${approvals} approvals`)
  if (calls.length > 0 && approvals === 0) faults.push('called, and nobody approved')
  if (ran.length !== job.starts) {
    faults.push(`started ${job.starts} times, and ${ran.length} cards say so`)
  }
  if (said.length > job.starts) faults.push('said to have started, and it did not')
  const status = { Done: 9, Failed: 10 }
  for (const { how } of ran) {
    if (how && status[how as keyof typeof status] !== job.status) {
      faults.push(`the card says ${how}, DTS says ${job.status}`)
    }
  }
  return faults
}

/** A rejection that Slack was told is taken is what became of the migration. */
function rejectionsLost({ deliveries }: Evidence, cards: Card[]): string[] {
  return deliveries.flatMap((one) => {
    const { type, view } = payloadOf(one)
    const isRejection = type === 'view_submission' && view?.callback_id === 'dts_reject_form'
    if (!one.ok || !isRejection || payloadOf(one).response_action) return []
    const [migration = ''] = view.private_metadata.split(':')
    const card = cards.find(({ key }) => key.startsWith(migration))
    if (card && /Rejected|Withdrawn/.test(card.how ?? '')) return []
    return [`${card?.jobId}: a rejection was taken, and the card says ${card?.how}`]
  })
}

/** By what the bot calls its messages, and by their words; being throttled again is news. */
function saidTwice({ messages }: Evidence): string[] {
  const said = messages.filter(({ metadata }) => metadata !== undefined)
  const names = said.map(({ metadata }) => JSON.stringify(metadata))
  const lines = said
    .filter((m) => m.threadTs !== undefined && !/throttling/.test(text(m)))
    .map((m) => `${m.threadTs}: ${text(m)}`)
  return [names, lines].flatMap((all) => all.filter((one, index) => all.indexOf(one) < index))
}

/** Whether the person was told something in private right after the click. */
function answered({ ephemerals }: Evidence, user: string, click: Card['clicks'][number]): boolean {
  const at = Number(click.at)
  return ephemerals.some(
    ({ user: who, ts }) => who === user && Number(ts) > at && Number(ts) < at + 15,
  )
}

/** Slack was told that the form is taken, and keeps nothing of it on the screen. */
function isTakenAsk(one: Evidence['deliveries'][number]): boolean {
  const { type, view, response_action: action } = payloadOf(one)
  return one.ok && type === 'view_submission' && view?.callback_id === 'dts_start_form' && !action
}

function jobIdIn(view: { private_metadata: string } | undefined): string {
  return /dts-[a-z0-9]+/.exec(view?.private_metadata ?? '')?.[0] ?? ''
}

function count(words: string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(words, (one) => one)].map(([one, all]) => [one, all.length]),
  )
}
