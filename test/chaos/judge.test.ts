import { expect, test } from 'vitest'
import type { Json } from '../../playground/workspace/workspace.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import {
  ACCEPTED,
  APPROVED,
  ASKED,
  ASKED_AGAIN,
  CHANGED,
  DID_NOT_START,
  DONE,
  IN_DOUBT,
  JOB,
  OUTDATED,
  RUNNING,
  STARTING,
  UNKNOWN,
  approvedBy,
  asSecondCard,
  asks,
  call,
  calledAt,
  clicks,
  ended,
  expired,
  forget,
  honest,
  job,
  withoutEffect,
  rejected,
  rejection,
  says,
  shows,
  tooLate,
} from './sample-evidence.ts'

/* The judge of the campaign: it finds nothing in honest evidence, and finds each lie put into it. */

test('honest evidence has no fault', () => {
  const verdict = judge(honest())
  expect(verdict).toMatchObject({
    requests: 1,
    operations: { start: { asked: 1, approved: 1, effects: 1, unknown: 0, tooLate: 0 } },
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

test.each([CHANGED, OUTDATED])('approved, asked again, approved again: %s', (why) => {
  const evidence = honest()
  forget(evidence, /accepted|: Done/)
  for (const said of [why, 'Approved by @U0CHEN. Starting.', ACCEPTED, `@U0R1: Done\n${JOB}`]) {
    says(evidence, said)
  }
  clicks(evidence, 'U0CHEN', 2)
  asks(evidence, ASKED, ASKED_AGAIN, RUNNING, DONE)
  calledAt(evidence, 4_500)
  expect(judge(evidence).faults).toEqual([])
})

test('a start that was too late to send has no fault, and is counted', () => {
  expect(judge(tooLate(honest()))).toMatchObject({
    faults: [],
    operations: { start: { tooLate: 1 } },
  })
})

test('a call that arrives soon after the first doubt has no fault', () => {
  const evidence = honest()
  asks(evidence, ASKED, UNKNOWN, RUNNING, DONE)
  calledAt(evidence, 4_500)
  expect(judge(evidence).faults).toEqual([])
})

test('a call that is sent again after a rate limit has no fault', () => {
  const evidence = honest()
  asks(evidence, ASKED, STARTING, STARTING, DONE)
  calledAt(evidence, 3_500, 6_900)
  expect(judge(evidence).faults).toEqual([])
})

test('a call for the second card of a job is not too late for the first', () => {
  const [first, second] = [expired(honest()), asSecondCard(honest())]
  expect(
    judge({
      ...second,
      messages: [...first.messages, ...second.messages],
      versions: [...first.versions, ...second.versions],
      deliveries: [...first.deliveries, ...second.deliveries],
    }).faults,
  ).toEqual([])
})

test('a card that was posted after its request had expired has no fault', () => {
  const evidence = expired(honest())
  evidence.versions = evidence.versions.slice(-1)
  expect(judge(evidence).faults).toEqual([])
})

test('a click that got an answer in private is not lost', () => {
  const evidence = expired(honest(), 'U0BO')
  expect(judge(evidence).faults.join()).toMatch(/click of U0BO is lost/)
  const place = { channel: 'C0MIGRATE', from: 'U0BOT', blocks: [] }
  evidence.ephemerals.push({ ...place, user: 'U0BO', ts: '3.0', text: 'Press again.' })
  expect(judge(evidence).faults).toEqual([])
})

test('a click that is delivered again, long after it was made, is answered then', () => {
  const evidence = expired(honest(), 'U0BO')
  const place = { channel: 'C0MIGRATE', from: 'U0BOT', blocks: [] }
  evidence.ephemerals.push({ ...place, user: 'U0BO', ts: '80.2', text: 'Too late.' })
  expect(judge(evidence).faults.join()).toMatch(/click of U0BO is lost/)
  for (const one of evidence.deliveries) one.at = 80_000
  expect(judge(evidence).faults).toEqual([])
})

const LIES: [string, RegExp, (evidence: Evidence) => void][] = [
  ['a request that was taken has no card', /nobody read of it/, (e) => void (e.messages = [])],
  ['a card has no end', /without an end/, (e) => shows(e, RUNNING)],
  ['an ended card has buttons', /live buttons/, (e) => shows(e, `${DONE}\n[Approve]`)],
  ['an ended card has buttons of another kind', /live buttons/, (e) => shows(e, `${DONE}\n[Go]`)],
  ['a question has no buttons', /without its buttons/, (e) => asks(e, ASKED.replace(/\n\[.*/, ''))],
  ['a card goes on after its end', /went on/, (e) => shows(e, RUNNING, DONE)],
  ['a card ends twice', /ended as Done, then Did/, (e) => shows(e, DID_NOT_START, DONE)],
  [
    'a card names nobody who asked',
    /for nobody, who did not ask/,
    (e) => shows(e, `✅ Done in 3 s\n${JOB}`),
  ],
  [
    'a card names somebody who did not ask',
    /for U0R2, who did not ask/,
    (e) => shows(e, DONE.replace('U0R1', 'U0R2')),
  ],
  ['a card says Done, and it failed', /DTS says failed/, (e) => void (job(e).state = 'failed')],
  ['a card says Done, and it never started', /it was never started/, withoutEffect],
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
      withoutEffect(e)
      asks(e, ASKED, DID_NOT_START)
      forget(e, /accepted|: Done/)
      says(e, `@U0R1: Did not start\n${JOB}`)
    },
  ],
  ['nobody is told about the end', /the thread says ""/, (e) => forget(e, /: Done/)],
  ['it was started twice', /took effect 2 times/, (e) => void e.calls.push(call('ok'))],
  ['it was called again', /called 2 times for one/, (e) => void e.calls.push(call('timeoutAfter'))],
  [
    'it was called after its card had ended',
    /called 1000 ms after its card said Did not start/,
    (e) => {
      asks(e, ASKED, UNKNOWN, DID_NOT_START)
      calledAt(e, 6_000)
    },
  ],
  [
    'it was called after a newer request had been rejected',
    /called 500 ms after its card said Rejected/,
    (e) => {
      asks(e, ASKED, ASKED_AGAIN, ended('Rejected', 'U0CHEN'))
      calledAt(e, 5_500)
    },
  ],
  [
    'it was called before anybody pressed',
    /called before anybody approved request 1/,
    (e) => calledAt(e, 1_500),
  ],
  [
    'it was called for an approval of an older request',
    /called before anybody approved request 2/,
    (e) => {
      asks(e, ASKED, ASKED_AGAIN, RUNNING, DONE)
      calledAt(e, 4_500)
    },
  ],
  [
    'it was called when only somebody who may not had pressed',
    /called before anybody approved request 1/,
    (e) => {
      e.deliveries.pop()
      clicks(e, 'U0DEE')
    },
  ],
  [
    'it was called long after its card said that it was starting',
    /called 3500 ms after people read of it/,
    (e) => {
      asks(e, ASKED, STARTING, STARTING, DONE)
      calledAt(e, 6_500)
    },
  ],
  [
    'it was called long after its card was in doubt',
    /called 3500 ms after people read of it/,
    (e) => {
      asks(e, ASKED, UNKNOWN, RUNNING, DONE)
      calledAt(e, 6_500)
    },
  ],
  [
    'it was called long after its thread was in doubt',
    /called 3500 ms after people read of it/,
    (e) => {
      says(e, IN_DOUBT, 'm1:4', '3.0')
      asks(e, ASKED, RUNNING, RUNNING, DONE)
      calledAt(e, 6_500)
    },
  ],
  [
    'the card says that nothing was sent, and DTS received a call',
    /said that nothing was sent, and called/,
    (e) => void tooLate(e).calls.push(call('ok')),
  ],
  [
    'a question has no number',
    /without its number/,
    (e) => {
      for (const { blocks } of e.versions)
        delete (blocks[1]?.['elements'] as Json[])?.[0]?.['value']
    },
  ],
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
    /said to (?:run|have taken effect), and it/,
    (e) => {
      withoutEffect(e)
      says(e, 'It did start: the job is running.')
    },
  ],
  [
    'the card said that it runs, and it did not',
    /said to (?:run|have taken effect), and it/,
    (e) => {
      withoutEffect(e)
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
      for (const one of [...e.messages, ...e.versions]) {
        Object.assign(one, { text: 'Something else.', blocks: [] })
      }
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
