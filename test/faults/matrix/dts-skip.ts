import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { A_CODE_EACH, type Case, SLOW, UNREADABLE, sentence } from './dts-cases.ts'
import { CODES, NOTHING, WHY, WRONG_TYPES, expectExplained } from './dts-faults.ts'
import { SKIP } from './skip.ts'
import type { Row, Seen } from './table.ts'
import { type Trial, addTrial, each, headline, startCrowdedWorld } from './trial.ts'

const CASES = [...UNREADABLE, SLOW, ...A_CODE_EACH]

/** The check that is read before a skip, and the one that follows where it does not pass by that. */
export async function aroundTheSkip(): Promise<Row[]> {
  const rules = { grace: 2_000, patience: 200_000 }
  const world = await startCrowdedWorld({ rules, env: { WATCH_SECONDS: '1', ...SKIP.env } })
  const calls = [
    { action: 'DescribeMigrationCheckJob', where: 'before the skip', expected: beforeIt },
    { action: 'CreateMigrateCheckJob', where: 'after the skip', expected: afterIt },
  ]
  const all = calls.flatMap((call) => CASES.map((one) => ({ ...call, one })))
  return each(all, async ({ action, where, expected, one }, index) => {
    const trial = addTrial(world, `skip${index}`, SKIP.spec)
    const card = await SKIP.ask(trial)
    world.dts.fault({ ...one.input, action, jobId: trial.job })
    await trial.boApproves(card)
    return async () => {
      const seen = await expected(trial, one)
      const { received, effective } = trial.calls(SKIP.action)
      expect([received, received], `${action}, ${one.fault}`).toEqual([effective, seen.sent])
      const outcome = `${seen.outcome}; ${seen.sent ? 'sent once' : 'never sent'}`
      return { where: `${action} ${where}`, fault: one.fault, sees: seen.sees, outcome }
    }
  })
}

async function beforeIt(trial: Trial, one: Case): Promise<Seen & { sent: number }> {
  if (one === SLOW) return { sees: NOTHING, outcome: await passes(trial), sent: 1 }
  if (isFinal(one)) {
    const card = await trial.cardSays(SKIP.says.notDone)
    expectExplained(text(card), one.code ?? '')
    return { sees: WHY, outcome: headline(card), sent: 0 }
  }
  if (one.input === WRONG_TYPES) {
    const card = await trial.cardSays(/the check no longer shows that this can be skipped/)
    const sees = 'that the check no longer shows what can be skipped'
    return { sees, outcome: headline(card), sent: 0 }
  }
  expect(text(await trial.cardSays(SKIP.says.notYet))).toMatch(sentence(one))
  return { sees: SKIP.sees.notYet, outcome: await passes(trial), sent: 1 }
}

/** A call that was not answered may have begun the check: the next look tells, or the call is made again. */
async function afterIt(trial: Trial, one: Case): Promise<Seen & { sent: number }> {
  // DTS said yes and did nothing, so the check stays as it was.
  if (one.input === WRONG_TYPES) {
    const card = await trial.cardSays(SKIP.says.noSign)
    return { sees: SKIP.sees.noSign, outcome: headline(card), sent: 1 }
  }
  if (!isFinal(one)) return { sees: NOTHING, outcome: await passes(trial), sent: 1 }
  const card = await trial.cardSays(/I couldn't have it check the job again/)
  expectExplained(text(card), one.code ?? '')
  return { sees: WHY, outcome: headline(card), sent: 1 }
}

async function passes({ cardSays }: Trial): Promise<string> {
  return headline(await cardSays(SKIP.underWay))
}

function isFinal({ code }: Case): boolean {
  return CODES.some((one) => one.code === code && one.retry === 'never')
}
