import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDigest } from '../../src/dts/digest.ts'
import { scrubFor } from '../../src/dts/scrub.ts'
import { v20211206 } from '../../src/dts/v20211206/actions.ts'
import { SECRET, rawCheckAnswer, rawCheckDetail, rawCheckStep } from './raw-details.ts'

function read(response: Record<string, unknown>) {
  const asked = { account: 'default', region: 'ap-guangzhou', at: '', requestId: '' }
  const context = { ...asked, digest: createDigest('key'), scrub: scrubFor(response) }
  return v20211206.describeCheck.read(response, context)
}

function item(changes: Record<string, unknown>) {
  return read({ StepInfo: [rawCheckStep(changes)] }).items?.[0]
}

test('the flag decides, not the items: one that failed was skipped', () => {
  expect(read(rawCheckAnswer())).toEqual({
    state: 'passed',
    message: 'success',
    items: [
      {
        id: 'ConnectDBCheck',
        name: 'Connection',
        outcome: 'passed',
        skippable: false,
        skipped: false,
      },
      {
        id: 'OptimizeCheck',
        name: 'Optional settings',
        outcome: 'failed',
        reason: 'skipped',
        skippable: false,
        skipped: true,
      },
    ],
  })
})

test.each([
  [{ Status: 'notStarted' }, 'notStarted'],
  [{ Status: 'running', CheckFlag: 'checkPass' }, 'running'],
  [{ Status: 'success', CheckFlag: 'checkPass' }, 'passed'],
  [{ Status: 'success', CheckFlag: 'checkNotPass' }, 'notPassed'],
  [{ Status: 'failed', CheckFlag: 'checkNotPass' }, 'notPassed'],
  [{ Status: 'failed', CheckFlag: 'checkPass' }, 'passed'],
  [{ Status: 'success', CheckFlag: '' }, 'notPassed'],
  [{ Status: 'success', CheckFlag: null }, 'notPassed'],
  [{ Status: 'failed' }, 'notPassed'],
  [{ Status: 'new', CheckFlag: 'checkPass' }, 'notStarted'],
  [{ CheckFlag: 'checkPass' }, 'notStarted'],
  [{}, 'notStarted'],
])('the check %j is %s', (response, state) => {
  expect(read(response)).toMatchObject({ state, items: [] })
})

test.each([
  ['pass', 'passed'],
  ['finished', 'passed'],
  ['warning', 'warning'],
  ['failed', 'failed'],
  ['blocked', 'blocked'],
  ['notStarted', 'notRun'],
  ['skipped', 'notRun'],
  ['new', 'unknown'],
  [null, 'unknown'],
])('an item that is %s has the outcome %s', (StepStatus, outcome) => {
  expect(item({ StepStatus })?.outcome).toBe(outcome)
})

test('an item that failed says why, what to do and what skipping it risks', () => {
  const risk = 'Row counts may differ.'
  const DetailCheckItems = [
    rawCheckDetail({ CheckResult: 'pass', FailureReason: 'not this one' }),
    rawCheckDetail({
      FailureReason: 'The binlog format is not ROW.',
      Solution: 'Set binlog_format.',
      ErrorLog: ['left out beside the reason'],
      HelpDoc: ['', 'Check: cloud.tencent.com/document/product/571/58690'],
      SkipInfo: risk,
    }),
    rawCheckDetail({ ErrorLog: ['err: Error 1227', null], HelpDoc: null, SkipInfo: risk }),
  ]
  expect(item({ StepStatus: 'failed', DetailCheckItems })).toEqual({
    id: 'ConnectDBCheck',
    name: 'Connection',
    outcome: 'failed',
    reason: 'The binlog format is not ROW.\nerr: Error 1227',
    solution: 'Set binlog_format.',
    helpDoc: 'https://cloud.tencent.com/document/product/571/58690',
    skippable: true,
    skipRisk: risk,
    skipped: false,
  })
})

test('an item without details says what the step says', () => {
  expect(item({ StepStatus: 'failed', StepMessage: 'timeout' })).toMatchObject({
    reason: 'timeout',
    skippable: false,
  })
})

test('an item that cannot be skipped by a name is shown all the same', () => {
  const DetailCheckItems = [rawCheckDetail({ SkipInfo: 'risky' })]
  for (const StepId of ['', null, 'two words', {}]) {
    expect(item({ StepId, DetailCheckItems })).toMatchObject({ id: '', skippable: false })
  }
  expect(item({ StepName: null })).toMatchObject({ name: 'ConnectDBCheck' })
  expect(item({ StepName: null, StepId: null })).toBeUndefined()
})

test('grants with a password are masked', () => {
  const grant = `GRANT ALL ON *.* TO 'm'@'%' IDENTIFIED BY '${SECRET}'`
  const DetailCheckItems = [rawCheckDetail({ ErrorLog: [grant] })]
  expect(item({ DetailCheckItems })?.reason).toBe("GRANT ALL ON *.* TO 'm'@'%' IDENTIFIED BY ***")
})

test('one bad item is one bad item, and a hundred are read', () => {
  const good = rawCheckStep()
  const bad = fc.oneof(fc.constant(null), fc.string(), fc.constant([]), fc.integer())
  fc.assert(
    fc.property(bad, (odd) => {
      expect(read({ StepInfo: [odd, good, odd] }).items).toHaveLength(1)
    }),
  )
  expect(read({ StepInfo: 'none' }).items).toEqual([])
  expect(read({ StepInfo: Array(500).fill(good) }).items).toHaveLength(100)
})
