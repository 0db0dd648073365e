import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { CHANNEL, type ChaosWorld } from './world.ts'

/** What the judge found. `faults` is empty when every promise was kept. */
export type Verdict = {
  asks: number
  /** How the migrations ended, by the first words of their cards. */
  endings: Record<string, number>
  starts: number
  /** Messages that people saw twice: cards, and lines of a thread. */
  twice: string[]
  faults: string[]
}

const OVER = /^(✅|❌|✖|❓) (Done|Failed|Rejected|Withdrawn|Expired|Not started|Did not start)/
const NEVER_CALLED = /^✖ (Rejected|Withdrawn|Expired)/

/**
 * Reads only what the pretend Slack and the pretend DTS saw, and knows nothing of the bot: every
 * ask that Slack was told is taken has one card that ends, and the end is true; every job was
 * started at most once, and called again only after it was throttled.
 */
export function judge(world: ChaosWorld): Verdict {
  const verdict: Verdict = { asks: 0, endings: {}, starts: 0, twice: [], faults: [] }
  const taken = new Set(world.slack.ws.deliveries.filter(isTakenAsk).map(jobIdOf))
  for (const jobId of taken) judgeAsk(world, jobId, verdict)
  for (const { id } of world.dts.jobs) {
    if (!taken.has(id) && world.dts.starts(id) > 0) verdict.faults.push(`${id}: started unasked`)
  }
  return verdict
}

function judgeAsk(world: ChaosWorld, jobId: string, verdict: Verdict): void {
  const { slack, dts } = world
  const fault = (what: string): void => void verdict.faults.push(`${jobId}: ${what}`)
  const all = slack.ws.messages.filter((m) => m.channel === CHANNEL && text(m).includes(jobId))
  const cards = all.filter((m) => !m.threadTs)
  const card = cards.at(-1)
  verdict.asks += 1
  if (!card) return fault('taken, and no card')
  // An ask that was taken and not acknowledged may have expired before the person asked again.
  const asks = new Set(cards.map(({ metadata }) => JSON.stringify(metadata)))
  verdict.twice.push(...cards.slice(asks.size).map(() => `${jobId}: the card`))
  if (cards.some((one) => !OVER.test(text(one)))) fault('a card without an end')

  const says = text(card)
  const [, , how] = OVER.exec(says) ?? []
  verdict.endings[how ?? says.slice(0, 30)] = (verdict.endings[how ?? says.slice(0, 30)] ?? 0) + 1
  if (!how) fault(`no end: ${says}`)
  if (/\[(Approve|Reject|It started|It did not start|Stop watching)\]/.test(says)) {
    fault('buttons on an ended card')
  }

  const starts = dts.starts(jobId)
  const calls = dts.requests.filter((r) => r.action === 'StartMigrateJob' && r.jobId === jobId)
  const again = calls.filter(({ outcome }) => outcome !== 'RequestLimitExceeded').length
  verdict.starts += starts
  if (starts > 1) fault(`started ${starts} times`)
  if (again > 1) fault(`called ${again} times without being throttled`)
  if (NEVER_CALLED.test(says) && calls.length > 0) fault(`${how}, and it was called`)

  const status = dts.job(jobId)?.status
  const truth: Record<string, boolean> = {
    Done: starts === 1 && status === 9,
    Failed: starts === 1 && status === 10,
    'Not started': starts === 0,
    'Did not start': starts === 0,
  }
  if (how && truth[how] === false) fault(`the card says ${how}: ${starts} starts, status ${status}`)
  judgeThread(world, card, jobId, verdict)
}

function judgeThread(world: ChaosWorld, card: Message, jobId: string, verdict: Verdict): void {
  const { ws } = world.slack
  const thread = ws.messages.filter((m) => m.threadTs === card.ts).map((m) => text(m))
  const seen = new Set<string>()
  for (const said of thread) {
    // Being throttled once more is news.
    if (seen.has(said) && !/throttling/.test(said)) verdict.twice.push(`${jobId}: ${said}`)
    seen.add(said)
  }
  const decisions = thread.filter((said) => /Approved by|Rejected|Withdrawn/.test(said))
  if (decisions.length > 1) verdict.faults.push(`${jobId}: decided ${decisions.length} times`)
  for (const { payload } of ws.deliveries.filter((one) => one.ok && clicked(one, card))) {
    const { id } = payload['user'] as { id: string }
    const told = ws.ephemerals.some((m) => m.user === id)
    if (decisions.length === 0 && !told) {
      verdict.faults.push(`${jobId}: the approval of ${id} was taken, and nothing came of it`)
    }
  }
}

function clicked({ payload }: Delivery, card: Message): boolean {
  const { actions, message } = payload as {
    actions?: { action_id: string }[]
    message?: { ts: string }
  }
  return message?.ts === card.ts && actions?.[0]?.action_id === 'dts_approve'
}

/** Slack was told that the form is taken, and keeps nothing of it on the screen. */
function isTakenAsk({ ok, payload, response }: Delivery): boolean {
  const { type, view } = payload as { type?: string; view?: { callback_id?: string } }
  const isAsk = type === 'view_submission' && view?.callback_id === 'dts_start_form'
  return ok && isAsk && !(response as { response_action?: string } | undefined)?.response_action
}

function jobIdOf({ payload }: Delivery): string {
  const { view } = payload as { view: { private_metadata: string } }
  return /dts-[a-z0-9]+/.exec(view.private_metadata)?.[0] ?? ''
}
