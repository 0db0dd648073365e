import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'

/* The judge of the campaign: it finds nothing in honest evidence, and finds each lie put into it. */

const JOB = 'dts-r1n0001'
const ASKED = `⏳ Waiting for approval to start\n@U0R1 asks to start orders\n${JOB}\n[Approve] [Reject]`
const APPROVED = 'Approved by @U0BO. Starting.'
const ACCEPTED = 'DTS accepted the start. I will say when it is ready or if it stops.'
const RUNNING = `▶ Running 3 %\norders for @U0R1\n${JOB}`
const DONE = `✅ Done in 3 s\norders for @U0R1\n${JOB}`
const DID_NOT_START = `✖ Did not start\norders for @U0R1\n${JOB}`
const CHANGED = 'The job changed since it was approved. I sent nothing.\n@S0ONCALL: look again'

test('honest evidence has no fault', () => {
  const verdict = judge(honest())
  expect(verdict).toMatchObject({
    requests: 1,
    starts: 1,
    endings: { Done: 1 },
    twice: [],
    faults: [],
  })
  expect(verdict.seen).toMatchObject({
    'card: asking': 1,
    'card: running': 1,
    'card: Done': 1,
    'card: Expired': 0,
    'thread: approvedBy': 1,
    'thread: ended': 1,
    'thread: throttled': 0,
  })
})

test('honest evidence of an expiry, a rejection and a withdrawal has no fault', () => {
  expect(judge(expired(honest())).faults).toEqual([])
  expect(judge(rejected(honest(), 'Rejected', 'U0CHEN')).faults).toEqual([])
  expect(judge(rejected(honest(), 'Withdrawn', 'U0R1')).faults).toEqual([])
})

test('a job that changed is approved twice', () => {
  const evidence = honest()
  says(evidence, CHANGED)
  says(evidence, 'Approved by @U0CHEN. Starting.')
  clicks(evidence, 'U0CHEN')
  expect(judge(evidence).faults).toEqual([])
})

test('a click that got an answer in private is not lost', () => {
  const evidence = expired(honest(), 'U0BO')
  expect(judge(evidence).faults.join()).toMatch(/click of U0BO is lost/)
  const place = { channel: 'C0MIGRATE', from: 'U0BOT', blocks: [] }
  evidence.ephemerals.push({ ...place, user: 'U0BO', ts: '3.0', text: 'Press again.' })
  expect(judge(evidence).faults).toEqual([])
})

const LIES: [string, RegExp, (evidence: Evidence) => void][] = [
  ['a request that was taken has no card', /no card/, (e) => void (e.messages = [])],
  ['a card has no end', /without an end/, (e) => shows(e, RUNNING)],
  ['an ended card has buttons', /live buttons/, (e) => shows(e, `${DONE}\n[Approve]`)],
  ['an ended card has buttons of another kind', /live buttons/, (e) => shows(e, `${DONE}\n[Go]`)],
  ['a question has no buttons', /without its buttons/, (e) => asks(e, ASKED.replace(/\n\[.*/, ''))],
  ['a card goes on after its end', /went on/, (e) => shows(e, RUNNING, DONE)],
  ['a card ends twice', /ended as Done, then Did/, (e) => shows(e, DID_NOT_START, DONE)],
  ['a card names nobody who asked', /asked by nobody/, (e) => shows(e, `✅ Done in 3 s\n${JOB}`)],
  [
    'a card names somebody who did not ask',
    /asked by U0R2, who did not/,
    (e) => shows(e, DONE.replace('U0R1', 'U0R2')),
  ],
  ['a card says Done, and it failed', /DTS says 10/, (e) => void (job(e).status = 10)],
  ['a card says Done, and it never started', /cards say so/, (e) => void (job(e).starts = 0)],
  [
    'the thread says another end than the card',
    /the thread says "Failed"/,
    (e) => {
      forget(e, /: Done/)
      says(e, `@U0R1: Failed\n${JOB}`)
    },
  ],
  ['nobody is told about the start', /nobody said it started/, (e) => forget(e, /accepted/)],
  [
    'it did not start, and nobody was told that it may have',
    /never in doubt/,
    (e) => {
      neverStarted(e)
      asks(e, ASKED, DID_NOT_START)
    },
  ],
  ['nobody is told about the end', /the thread says ""/, (e) => forget(e, /: Done/)],
  ['it was started twice', /started 2 times/, (e) => void (job(e).starts = 2)],
  ['it was called again', /called 2 times for 1/, (e) => void e.calls.push(call('ok'))],
  ['it was started and nobody approved', /nobody approved/, (e) => forget(e, /^Approved by/)],
  ['it was approved by the requester', /U0R1, who asked/, (e) => approvedBy(e, 'U0R1')],
  ['it was approved by somebody who may not', /who may not/, (e) => approvedBy(e, 'U0DEE')],
  [
    'it was approved by somebody who did not press',
    /did not press/,
    (e) => approvedBy(e, 'U0CHEN'),
  ],
  [
    'the card names another approver than the thread',
    /U0CHEN on the card/,
    (e) => asks(e, ASKED, `⏳ Approved, starting\nApproved by @U0CHEN.\norders for @U0R1\n${JOB}`),
  ],
  ['it was approved twice', /approved 2 times/, (e) => says(e, APPROVED)],
  ['it was approved, and it expired', /approved, and Expired/, (e) => says(expired(e), APPROVED)],
  [
    'an acknowledged approval left no trace',
    /click of U0BO is lost/,
    (e) => void expired(e, 'U0BO'),
  ],
  [
    'an acknowledged rejection left no trace',
    /rejection was taken/,
    (e) => void e.deliveries.push(rejection('U0CHEN')),
  ],
  [
    'it was rejected by somebody who did not',
    /Rejected by U0DEE, who did not/,
    (e) => shows(rejected(e, 'Rejected', 'U0CHEN'), ended('Rejected', 'U0DEE')),
  ],
  [
    'it was withdrawn by somebody who did not ask',
    /Withdrawn by U0CHEN, asked by U0R1/,
    (e) => void rejected(e, 'Withdrawn', 'U0CHEN'),
  ],
  [
    'the thread says that it started, and it did not',
    /said to have started/,
    (e) => {
      neverStarted(e)
      says(e, 'It did start: the job is running.')
    },
  ],
  [
    'the card said that it runs, and it did not',
    /said to have started/,
    (e) => {
      neverStarted(e)
      asks(e, ASKED, RUNNING, DID_NOT_START)
    },
  ],
  [
    'the card says something that the judge does not know',
    /the card says something unknown: ▶ Nearly/,
    (e) => asks(e, ASKED, '▶ Nearly there\norders', DONE),
  ],
  [
    'the thread says something that the judge does not know',
    /the thread says something unknown: Well\./,
    (e) => says(e, 'Well.'),
  ],
  [
    'no sentence is what it was',
    /never seen: card: asking[^]*never seen: thread: approvedBy/,
    (e) => {
      for (const one of [...e.messages, ...e.versions]) one.text = 'Something else.'
    },
  ],
  [
    'no form is what it was',
    /U0R1, who did not submit a request/,
    (e) => void (e.deliveries = e.deliveries.filter(({ payload }) => !payload['view'])),
  ],
  [
    'a message has no key',
    /posted without a key: Approved by/,
    (e) => {
      for (const one of e.messages) if (one.text === APPROVED) one.metadata = undefined
    },
  ],
]

test.each(LIES)('a lie: %s', (_, fault, lie) => {
  const evidence = honest()
  lie(evidence)
  expect(judge(evidence).faults.join('\n')).toMatch(fault)
})

test('messages that appear twice are counted, by their key or by their words', () => {
  const twice = honest()
  says(twice, ACCEPTED)
  says(twice, 'Something else.', 'm1:3')
  expect(judge(twice).twice).toHaveLength(2)
  const again = honest()
  const throttled = 'Tencent Cloud is rate limiting us. Not started yet. I will try again.'
  says(again, throttled)
  says(again, throttled)
  expect(judge(again).twice).toEqual([])
})

/** Asked, approved, started, done. */
function honest(): Evidence {
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
    jobs: [{ id: JOB, status: 9, starts: 1 }],
    calls: [call('RequestLimitExceeded'), call('ok')],
  }
  evidence.messages.push(posted('1.0', undefined, ASKED, 'm1:1'))
  clicks(evidence, 'U0BO')
  says(evidence, APPROVED, 'm1:2')
  says(evidence, ACCEPTED, 'm1:3')
  says(evidence, `@U0R1: Done in 3 s\n${JOB}`)
  asks(evidence, ASKED, RUNNING, DONE)
  return evidence
}

/** The card shows these and nothing else, one after the other. */
function asks(evidence: Evidence, ...texts: string[]): void {
  evidence.versions = []
  shows(evidence, ...texts)
}

/** The card is updated to each of these in turn. */
function shows({ messages, versions }: Evidence, ...texts: string[]): void {
  const [card] = messages
  if (!card) throw new Error('no card')
  for (const text of texts) {
    card.text = text
    versions.push({ ...card })
  }
}

function says({ messages }: Evidence, text: string, key = `m1:${messages.length + 10}`): void {
  messages.push(posted(`1.${messages.length}`, '1.0', text, key))
}

function forget(evidence: Evidence, what: RegExp): void {
  evidence.messages = evidence.messages.filter(({ text }) => !what.test(text))
}

function clicks({ deliveries }: Evidence, user: string): void {
  const actions = [{ action_id: 'dts_approve', action_ts: '2.0' }]
  deliveries.push(
    sent({ type: 'block_actions', user: { id: user }, message: { ts: '1.0' }, actions }),
  )
}

function approvedBy(evidence: Evidence, user: string): void {
  forget(evidence, /^Approved by/)
  says(evidence, `Approved by @${user}. Starting.`)
}

/** Nobody decided; but this person may have pressed the button. */
function expired(evidence: Evidence, clicker?: string): Evidence {
  const title = 'Expired\nNobody decided in time. Nothing was started.'
  return undecided(evidence, `✖ ${title}\norders for @U0R1\n${JOB}`, 'Expired', clicker)
}

function rejected(evidence: Evidence, how: 'Rejected' | 'Withdrawn', by: string): Evidence {
  undecided(evidence, ended(how, by), how)
  evidence.deliveries.push(rejection(by))
  return evidence
}

function ended(how: string, by: string): string {
  return `✖ ${how}\nBy @${by}. Nothing was started.\norders for @U0R1\n${JOB}`
}

function undecided(evidence: Evidence, card: string, how: string, clicker?: string): Evidence {
  neverStarted(evidence)
  evidence.calls = []
  evidence.messages = evidence.messages.slice(0, 1)
  evidence.deliveries = evidence.deliveries.slice(0, 1)
  if (clicker) clicks(evidence, clicker)
  asks(evidence, ASKED, card)
  says(evidence, `@U0R1: ${how}\n${JOB}`)
  return evidence
}

function neverStarted(evidence: Evidence): void {
  job(evidence).starts = 0
}

function job({ jobs }: Evidence) {
  const [one] = jobs
  if (!one) throw new Error('no job')
  return one
}

function call(outcome: string): Evidence['calls'][number] {
  return { jobId: JOB, outcome }
}

function rejection(by: string): Evidence['deliveries'][number] {
  const reject = view('dts_reject_form', 'm1:1')
  return sent({ type: 'view_submission', user: { id: by }, view: reject })
}

function posted(ts: string, threadTs: string | undefined, text: string, key: string) {
  const metadata = { event_type: 'dts_migration', event_payload: { key } }
  const place = { channel: 'C0MIGRATE', user: 'U0BOT', broadcast: false, edits: 0 }
  return { ...place, ts, threadTs, text, blocks: [], metadata }
}

function sent(payload: Record<string, unknown>): Evidence['deliveries'][number] {
  return { id: 'e', kind: 'interactive', payload, ok: true, ms: 5, response: undefined }
}

function view(id: string, metadata: string) {
  return { callback_id: id, private_metadata: metadata }
}
