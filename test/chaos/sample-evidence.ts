import type { Json } from '../../playground/workspace/workspace.ts'
import type { Evidence } from './evidence.ts'
import type { Operation } from './operations.ts'

/* Honest evidence of one migration, and what can be put into it. */

export const JOB = 'dts-r1n0001'
export const ASKED = `⏳ Waiting for approval to start\n@U0R1 asks to start orders\n${JOB}\n[Approve] [Reject]`
export const ASKED_AGAIN = ASKED.replace('Waiting for', 'Job changed, waiting for a new')
export const STARTING = `⏳ Starting\nApproved by @U0BO.\norders for @U0R1\n${JOB}`
export const UNKNOWN = `❓ Outcome unknown\norders for @U0R1\n${JOB}`
export const IN_DOUBT = 'Outcome unknown. I sent the start and got no answer.'
export const APPROVED = 'Approved by @U0BO. Starting.'
export const ACCEPTED = 'DTS accepted the start. I will say when it is ready or if it stops.'
export const RUNNING = `▶ Running 3 %\norders for @U0R1\n${JOB}`
export const DONE = `✅ Done in 3 s\norders for @U0R1\n${JOB}`
export const DID_NOT_START = `✖ Did not start\norders for @U0R1\n${JOB}`
const TOO_LATE = `✖ Not started\nI was paused for too long after the approval was taken up, so I sent nothing.\norders for @U0R1\n${JOB}`
export const CHANGED =
  'The job changed since it was approved. I sent nothing.\n@S0ONCALL: look again'
export const OUTDATED =
  'The approval is too old to act on. I could not act on it in time, so I sent nothing.\n@S0ONCALL: decide again'

/** Asked, approved, started, done. */
export function honest(): Evidence {
  const evidence: Evidence = {
    messages: [],
    versions: [],
    ephemerals: [],
    deliveries: [
      sent({
        type: 'view_submission',
        user: { id: 'U0R1' },
        view: view('dts_start_form', `{"jobId":"${JOB}"}`),
      }),
    ],
    jobs: [{ id: JOB, state: 'success' }],
    calls: [call('RequestLimitExceeded'), call('ok')],
  }
  evidence.messages.push(posted('1.0', undefined, ASKED, 'm1:card:1'))
  clicks(evidence, 'U0BO')
  says(evidence, APPROVED, 'm1:2')
  says(evidence, ACCEPTED, 'm1:3')
  says(evidence, `@U0R1: Done in 3 s\n${JOB}`)
  asks(evidence, ASKED, RUNNING, DONE)
  return evidence
}

/** The card shows these and nothing else, one after the other. */
export function asks(evidence: Evidence, ...texts: string[]): void {
  evidence.versions = []
  shows(evidence, ...texts)
}

/** The card is updated to each of these in turn: at 1 s, 3 s, 5 s ... */
export function shows({ messages, versions }: Evidence, ...texts: string[]): void {
  const [card] = messages
  if (!card) throw new Error('no card')
  for (const text of texts) {
    Object.assign(card, drawn(text))
    versions.push({ ...card, at: 1_000 + 2_000 * versions.length })
  }
}

export function says(
  { messages }: Evidence,
  text: string,
  key = `m1:${messages.length + 10}`,
  ts = `20.${messages.length}`,
): void {
  messages.push(posted(ts, '1.0', text, key))
}

export function forget(evidence: Evidence, what: RegExp): void {
  evidence.messages = evidence.messages.filter(({ text }) => !what.test(text))
}

/** At 2 s the first request, at 4 s the second ... */
export function clicks({ deliveries }: Evidence, user: string, request = 1): void {
  const value = `m1:${request}`
  const actions = [{ action_id: 'dts_approve', action_ts: `${2 * request}.0`, value }]
  deliveries.push(
    sent({ type: 'block_actions', user: { id: user }, message: { ts: '1.0' }, actions }),
  )
}

export function approvedBy(evidence: Evidence, user: string): void {
  forget(evidence, /^Approved by/)
  says(evidence, `Approved by @${user}. Starting.`, 'm1:2')
}

/** When DTS received each call, in milliseconds. */
export function calledAt({ calls }: Evidence, ...at: [number, number?]): void {
  for (const [nth, one] of calls.entries()) one.at = at[nth] ?? at[0]
}

/** Approved, and the bot was paused. */
export function tooLate(evidence: Evidence): Evidence {
  withoutEffect(evidence)
  evidence.calls = []
  forget(evidence, /accepted|: Done/)
  asks(evidence, ASKED, TOO_LATE)
  says(evidence, `@U0R1: Not started\n${JOB}`)
  return evidence
}

/** The same ten seconds later, on another card. */
export function asSecondCard(evidence: Evidence): Evidence {
  const moved = JSON.stringify(evidence)
    .replaceAll('"1.0"', '"11.0"')
    .replaceAll('"2.0"', '"12.0"')
    .replaceAll('m1:', 'm2:')
  const second = JSON.parse(moved) as Evidence
  for (const one of [...second.versions, ...second.calls]) one.at += 10_000
  return second
}

/** Nobody decided; but this person may have pressed the button. */
export function expired(evidence: Evidence, clicker?: string): Evidence {
  const title = 'Expired\nNobody decided in time. Nothing was started.'
  return undecided(evidence, `✖ ${title}\norders for @U0R1\n${JOB}`, 'Expired', clicker)
}

export function rejected(evidence: Evidence, how: 'Rejected' | 'Withdrawn', by: string): Evidence {
  undecided(evidence, ended(how, by), how)
  evidence.deliveries.push(rejection(by))
  return evidence
}

export function ended(how: string, by: string): string {
  return `✖ ${how}\nBy @${by}. Nothing was started.\norders for @U0R1\n${JOB}`
}

function undecided(evidence: Evidence, card: string, how: string, clicker?: string): Evidence {
  withoutEffect(evidence)
  evidence.calls = []
  evidence.messages = evidence.messages.slice(0, 1)
  evidence.deliveries = evidence.deliveries.slice(0, 1)
  if (clicker) clicks(evidence, clicker)
  asks(evidence, ASKED, card)
  says(evidence, `@U0R1: ${how}\n${JOB}`)
  return evidence
}

/** DTS received whatever it did, and did nothing. */
export function withoutEffect({ calls }: Evidence): void {
  for (const one of calls) one.effective = false
}

export function job({ jobs }: Evidence) {
  const [one] = jobs
  if (!one) throw new Error('no job')
  return one
}

export function call(outcome: string, operation: Operation = 'start'): Evidence['calls'][number] {
  return { jobId: JOB, operation, outcome, effective: outcome === 'ok', at: 2_500 }
}

export function rejection(by: string): Evidence['deliveries'][number] {
  const reject = view('dts_reject_form', 'm1:1')
  return sent({ type: 'view_submission', user: { id: by }, view: reject })
}

export function posted(ts: string, threadTs: string | undefined, text: string, key: string) {
  const metadata = { event_type: 'dts_migration', event_payload: { key } }
  const place = { channel: 'C0MIGRATE', user: 'U0BOT', broadcast: false, edits: 0 }
  return { ...place, ts, threadTs, ...drawn(text), metadata }
}

/** With the buttons of a question as Slack has them. */
function drawn(text: string): { text: string; blocks: Json[] } {
  const [words = '', after] = text.split('\n[Approve] [Reject]')
  if (after === undefined) return { text, blocks: [] }
  const request = after || (text.startsWith(ASKED_AGAIN.slice(0, 20)) ? 2 : 1)
  const value = `m1:${request}`
  const button = (label: string, action_id: string) => {
    return { type: 'button', text: { type: 'plain_text', text: label }, action_id, value }
  }
  const elements = [button('Approve', 'dts_approve'), button('Reject', 'dts_reject')]
  const section = { type: 'section', text: { type: 'plain_text', text: words } }
  return { text, blocks: [section, { type: 'actions', elements }] }
}

export function sent(payload: Record<string, unknown>): Evidence['deliveries'][number] {
  return { id: 'e', kind: 'interactive', at: 2_000, payload, ok: true, ms: 5, response: undefined }
}

export type View = { callback_id: string; private_metadata: string }

export function view(id: string, metadata: string): View {
  return { callback_id: id, private_metadata: metadata }
}
