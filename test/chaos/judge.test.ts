import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'

/* The judge of the campaign: it finds nothing in what is honest, and each lie that is put into it. */

const JOB = 'dts-r1n0001'
const ASKED = `@U0R1 asks to start orders\n${JOB}`

test('what is honest has no fault', () => {
  expect(judge(honest())).toMatchObject({
    asks: 1,
    starts: 1,
    endings: { Done: 1 },
    twice: [],
    faults: [],
  })
})

const LIES: [string, RegExp, (evidence: Evidence) => void][] = [
  ['an ask that was taken has no card', /no card/, (e) => void (e.messages = [])],
  ['a card has no end', /without an end/, (e) => shows(e, `▶ Running 3 %\n${JOB}`)],
  [
    'an ended card has buttons',
    /live buttons/,
    (e) => shows(e, `✅ Done in 3 s\n${JOB}\n[Approve]`),
  ],
  ['a card goes on after its end', /went on/, (e) => shows(e, '▶ Running 3 %', done())],
  ['a card ends twice', /ended as/, (e) => shows(e, `✖ Did not start\n${JOB}`, done())],
  ['a card says Done, and it failed', /DTS says 10/, (e) => void (job(e).status = 10)],
  ['a card says Done, and it never started', /cards say so/, (e) => void (job(e).starts = 0)],
  ['it was started twice', /started 2 times/, (e) => void (job(e).starts = 2)],
  ['it was called again', /called 2 times for 1/, (e) => void e.calls.push(call('Success'))],
  ['it was started and nobody approved', /nobody approved/, (e) => forget(e, /Approved by/)],
  ['it was approved by the requester', /who asked/, (e) => approvedBy(e, 'U0R1')],
  ['it was approved by somebody who may not', /who may not/, (e) => approvedBy(e, 'U0DEE')],
  [
    'it was approved by somebody who did not press',
    /did not press/,
    (e) => approvedBy(e, 'U0CHEN'),
  ],
  ['it was approved twice', /approved 2 times/, (e) => says(e, 'Approved by @U0BO. Starting. ')],
  ['it was approved, and it expired', /approved, and Expired/, expired],
  [
    'an acknowledged approval left no trace',
    /click of U0BO is lost/,
    (e) => {
      expired(e)
      forget(e, /Approved by/)
    },
  ],
  [
    'a rejection that was taken left no trace',
    /rejection was taken/,
    (e) => {
      e.deliveries.push(sent({ type: 'view_submission', view: view('dts_reject_form', 'm1:1') }))
    },
  ],
  [
    'it is said to have started, and did not',
    /said to have started/,
    (e) => {
      shows(e, `✖ Did not start\n${JOB}`)
      job(e).starts = 0
    },
  ],
]

test.each(LIES)('a lie: %s', (_, fault, lie) => {
  const evidence = honest()
  lie(evidence)
  expect(judge(evidence).faults.join('\n')).toMatch(fault)
})

test('what is said twice is counted: under its name, or in its words', () => {
  const twice = honest()
  says(twice, 'DTS accepted the start.')
  says(twice, 'Something else.', 'm1:3')
  expect(judge(twice).twice).toHaveLength(2)
  const again = honest()
  says(again, 'Tencent Cloud is throttling us.')
  says(again, 'Tencent Cloud is throttling us.')
  expect(judge(again).twice).toEqual([])
})

/** Asked, approved, started, done. */
function honest(): Evidence {
  const evidence: Evidence = {
    messages: [],
    versions: [],
    ephemerals: [],
    deliveries: [
      sent({ type: 'view_submission', view: view('dts_start_form', `{"jobId":"${JOB}"}`) }),
      sent({
        type: 'block_actions',
        user: { id: 'U0BO' },
        message: { ts: '1.0' },
        actions: [{ action_id: 'dts_approve', action_ts: '2.0' }],
      }),
    ],
    jobs: [{ id: JOB, status: 9, starts: 1 }],
    calls: [call('RequestLimitExceeded'), call('Success')],
  }
  const card = said('1.0', undefined, ASKED, 'm1:1')
  evidence.messages.push(card)
  evidence.versions.push({ ...card })
  says(evidence, 'Approved by @U0BO. Starting.', 'm1:2')
  says(evidence, 'DTS accepted the start.', 'm1:3')
  shows(evidence, done())
  return evidence
}

function done(): string {
  return `✅ Done in 3 s\norders for @U0R1\n${JOB}`
}

/** Draws the card anew, once for each. */
function shows({ messages, versions }: Evidence, ...texts: string[]): void {
  const [card] = messages
  if (!card) throw new Error('no card')
  for (const text of texts) {
    card.text = text
    versions.push({ ...card })
  }
}

function says({ messages }: Evidence, text: string, key = `m1:${messages.length + 10}`): void {
  messages.push(said(`1.${messages.length}`, '1.0', text, key))
}

function forget(evidence: Evidence, what: RegExp): void {
  evidence.messages = evidence.messages.filter(({ text }) => !what.test(text))
}

function approvedBy(evidence: Evidence, user: string): void {
  forget(evidence, /Approved by/)
  says(evidence, `Approved by @${user}. Starting.`)
}

function expired(evidence: Evidence): void {
  evidence.versions.pop()
  shows(evidence, `✖ Expired\n${JOB}`)
  job(evidence).starts = 0
  evidence.calls = []
}

function job({ jobs }: Evidence) {
  const [one] = jobs
  if (!one) throw new Error('no job')
  return one
}

function call(outcome: string): Evidence['calls'][number] {
  return { jobId: JOB, outcome }
}

function said(ts: string, threadTs: string | undefined, text: string, key: string) {
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
