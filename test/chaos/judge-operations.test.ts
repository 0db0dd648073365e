import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import { OPERATIONS, OPERATION_NAMES } from './operations.ts'
import {
  JOB,
  call,
  calledAt,
  clicks,
  forget,
  rejection,
  says,
  withoutEffect,
} from './sample-evidence.ts'
import {
  type Beside,
  askedTo,
  asksIn,
  asksTo,
  comesToNothing,
  honestAbout,
  operationIn,
} from './sample-operation.ts'

/* What the judge finds of an operation on a job that is watched. For a start: judge.test.ts. */

const BESIDE = OPERATION_NAMES.filter((name) => name !== 'start')

test.each(BESIDE)('honest evidence of a request to %s has no fault', (operation) => {
  const verdict = judge(honestAbout(operation))
  expect(verdict).toMatchObject({ requests: 1, busy: 0, twice: [], faults: [] })
  expect(verdict.operations[operation]).toEqual({
    asked: 1,
    approved: 1,
    effects: 1,
    unknown: 0,
    tooLate: 0,
  })
})

test.each(BESIDE)('a request to %s that came to nothing has no fault', (operation) => {
  const { notDone } = OPERATIONS[operation]
  expect(judge(rejected(operation, 'Rejected', 'U0CHEN')).faults).toEqual([])
  expect(judge(rejected(operation, 'Withdrawn', 'U0R1')).faults).toEqual([])
  const expired = undecided(operation)
  comesToNothing(expired, 'Expired')
  expect(judge(expired).faults).toEqual([])
  const denied = honestAbout(operation)
  comesToNothing(denied, notDone)
  expect(judge(denied).faults).toEqual([])
})

test.each(BESIDE)(
  'the second of two requests to %s, refused and told of the first',
  (operation) => {
    const evidence = honestAbout(operation)
    evidence.deliveries.push(asksIn('U0S1', operation, refusal(operation, 'U0R1')))
    expect(judge(evidence)).toMatchObject({ busy: 1, faults: [] })
  },
)

test('a pause, and then its end', () => {
  const evidence = honestAbout('pause')
  isAskedToo(evidence, 'continue')
  expect(judge(evidence).faults).toEqual([])
})

const LIES: [string, RegExp, (evidence: Evidence, operation: Beside) => void][] = [
  [
    'it took effect twice',
    /: took effect 2 times/,
    (e, operation) => void e.calls.push(call('ok', operation)),
  ],
  [
    'it was called again, for nothing',
    /: called 2 times for one approval/,
    (e, operation) => void e.calls.push(call('timeoutAfter', operation)),
  ],
  [
    'it was called twice for the first of two approvals',
    /: called 2 times for one approval/,
    (e, operation) => {
      isAskedToo(e, operation)
      calledAt(e, 2_500)
    },
  ],
  ['it was called before anybody pressed', /before anybody approved/, (e) => calledAt(e, 1_500)],
  [
    'it was called when only somebody who may not had pressed',
    /before anybody approved/,
    (e) => {
      e.deliveries = e.deliveries.filter(({ payload }) => !payload['actions'])
      clicks(e, 'U0DEE')
    },
  ],
  [
    'another operation was called than was approved',
    /called to (?:start|stop) for an approval to/,
    (e, operation) => void (e.calls = [call('ok', operation === 'stop' ? 'start' : 'stop')]),
  ],
  [
    'it was called, and nobody approved',
    /: took effect, and nobody approved/,
    (e) => forget(e, /^Approved by/),
  ],
  [
    'it was called after it had been rejected',
    /: Rejected, and called/,
    (e, operation) => {
      Object.assign(e, rejected(operation, 'Rejected', 'U0CHEN'))
      clicks(e, 'U0BO')
      e.calls = [call('ok', operation)]
    },
  ],
  [
    'it was called after it had expired',
    /: Expired, and called/,
    (e, operation) => {
      comesToNothing(e, 'Expired')
      e.calls = [call('timeoutBefore', operation)]
    },
  ],
  [
    'it was called long after people read how it came out',
    /: called 8000 ms after people read: nothing/,
    (e, operation) => {
      comesToNothing(e, OPERATIONS[operation].notDone)
      e.calls = [call('InternalError', operation)]
      calledAt(e, 33_000)
      for (const one of e.messages) if (/request to/.test(one.text)) one.ts = '25.0'
    },
  ],
  [
    'it was called long after people read of the doubt',
    /: called 3700 ms after people read of it/,
    (e, operation) => {
      says(e, `Outcome unknown. I sent the ${OPERATIONS[operation].the} and got no answer.`, 'm1:5')
      for (const one of e.messages) if (one.text.startsWith('Outcome')) one.ts = '2.8'
      calledAt(e, 6_500)
    },
  ],
  ['people read that DTS took it, and it did nothing', /and it did not/, withoutEffect],
  [
    'people read that it had no effect, and it had',
    /: said to have had no effect, and it did/,
    (e, operation) => {
      comesToNothing(e, OPERATIONS[operation].didNot)
      e.calls = [call('ok', operation)]
    },
  ],
  [
    'people read that it had no effect, and never of a doubt',
    /: had no effect, and it was never in doubt/,
    (e, operation) => comesToNothing(e, OPERATIONS[operation].didNot),
  ],
  [
    'people read that nothing was sent, and it was called',
    /: said that nothing was sent, and called/,
    (e, operation) => {
      comesToNothing(e, `${OPERATIONS[operation].notDone}\nThe job is done. I sent nothing.`)
      e.calls = [call('timeoutBefore', operation)]
    },
  ],
  [
    'people read that the job shows no sign of it, and it took effect',
    /: no sign of it, and it took effect/,
    (e, operation) => {
      says(e, `DTS accepted the ${OPERATIONS[operation].the}, but the job shows no sign of it.\n`)
    },
  ],
  [
    'people read nothing of what became of it',
    /request 1 never came to an end/,
    (e) => {
      forget(e, /accepted|: No longer/)
    },
  ],
  [
    'it came to two ends',
    /: ended 2 times, as took effect, then Expired/,
    (e, operation) => {
      says(e, `@U0R1, your request to ${OPERATIONS[operation].to}: Expired\n${JOB}`, 'm1:5')
    },
  ],
  [
    'a second request was taken while the first was open',
    /while request 1 to .* was open/,
    (e, operation) => {
      forget(e, /accepted/)
      isAskedToo(e, operation)
    },
  ],
  [
    'a second request was taken, and nobody read of it',
    /taken from U0S1 to .*, and nobody read of it/,
    (e, operation) => void e.deliveries.push(asksIn('U0S1', operation)),
  ],
  [
    'a second request was refused because of somebody who had not asked',
    /refused because of U0R9, who did not ask/,
    (e, operation) => void e.deliveries.push(asksIn('U0S1', operation, refusal(operation, 'U0R9'))),
  ],
  [
    'it was asked by somebody who did not submit a request',
    /asked by U0R1, who did not submit/,
    (e) => void (e.deliveries = e.deliveries.filter(({ payload }) => !payload['view'])),
  ],
  [
    'the card asks for another operation than the thread',
    /the card asks otherwise/,
    (e, operation) => {
      asksTo(e, askedTo(operation === 'stop' ? 'retry' : 'stop'))
    },
  ],
  [
    'it was approved by who asked',
    /approved by U0R1, who asked/,
    (e) => {
      for (const one of e.messages) one.text = one.text.replace('by @U0BO', 'by @U0R1')
    },
  ],
  [
    'it was rejected by somebody who did not',
    /Rejected by U0DEE, who did not/,
    (e) => {
      forget(e, /^Approved by/)
      comesToNothing(e, 'Rejected', 'U0DEE')
    },
  ],
  [
    'an acknowledged rejection left no trace',
    /a rejection was taken, and the request became: took effect/,
    (e) => void e.deliveries.push(rejection('U0CHEN')),
  ],
  [
    'an acknowledged approval left no trace',
    /a click of U0BO is lost/,
    (e) => {
      forget(e, /^Approved by/)
      comesToNothing(e, 'Expired')
    },
  ],
]

test.each(BESIDE.flatMap((operation) => LIES.map((lie) => [operation, ...lie] as const)))(
  'a lie about a request to %s: %s',
  (operation, _, fault, lie) => {
    const evidence = honestAbout(operation)
    lie(evidence, operation)
    expect(judge(evidence).faults.join('\n')).toMatch(fault)
  },
)

/** Another request, approved at 4 s, called and accepted. */
function isAskedToo(evidence: Evidence, operation: Beside): void {
  const { to, the, doing } = OPERATIONS[operation]
  const before = operationIn(evidence)
  says(evidence, `@U0R1 asks to ${to} this job.\n`, 'm1:10')
  clicks(evidence, 'U0BO', 2)
  says(evidence, `Approved by @U0BO. ${doing}.`, 'm1:11')
  says(evidence, `DTS accepted the ${the}. More.`, 'm1:12')
  evidence.deliveries.push(asksIn('U0R1', operation))
  evidence.calls.push({ ...call('ok', operation), at: 4_500 })
  asksTo(evidence, askedTo(before), askedTo(operation, 2))
}

function undecided(operation: Beside): Evidence {
  const evidence = honestAbout(operation)
  forget(evidence, /^Approved by/)
  evidence.deliveries = evidence.deliveries.filter(({ payload }) => !payload['actions'])
  return evidence
}

function rejected(operation: Beside, how: 'Rejected' | 'Withdrawn', by: string): Evidence {
  const evidence = undecided(operation)
  comesToNothing(evidence, how, by)
  evidence.deliveries.push(rejection(by))
  return evidence
}

function refusal(operation: Beside, first: string) {
  const says = `One request at a time: @${first} asked to ${OPERATIONS[operation].to} this job.\nWait.`
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: says } }]
  return { response_action: 'update', view: { blocks } }
}
