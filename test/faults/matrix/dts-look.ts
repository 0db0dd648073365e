import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { type Case as Fault, SLOW, UNREADABLE, sentence } from './dts-cases.ts'
import { CODES, KIND, NOTHING, NOT_FOUND, WHY, expectExplained, isNotFound } from './dts-faults.ts'
import { type Row, type Seen, counted } from './table.ts'
import { type Trial, addTrial, each, headline, startCrowdedWorld } from './trial.ts'

type Case = Fault & { expected: Expected }
type Expected = 'denied' | 'missing' | 'delayed' | 'unaffected'

const LOOKS: Case[] = [
  ...UNREADABLE.map((one): Case => ({ ...one, expected: 'delayed' })),
  { ...SLOW, expected: 'unaffected' },
  ...CODES.map(({ code, retry }): Case => {
    const answer = { code, input: { kind: 'error', code } as const }
    if (isNotFound(code)) return { ...answer, fault: NOT_FOUND, expected: 'missing' }
    const expected = retry === 'never' ? 'denied' : 'delayed'
    return { ...answer, fault: KIND[retry], expected }
  }),
]

const WHERE = 'DescribeMigrateJobs before the start'

/** DescribeMigrateJobs, the last look at an approved job before it is started. */
export async function beforeTheStart(): Promise<Row[]> {
  const world = await startCrowdedWorld({})
  const seen = await each(LOOKS, async (one, index) => {
    const { fault, code, input, expected } = one
    const trial = addTrial(world, `look${index}`)
    const card = await trial.ask(trial.job)
    world.dts.fault({ ...input, action: 'DescribeMigrateJobs', jobId: trial.job })
    await trial.boApproves(card)
    return async () => {
      const { sees, outcome } = await EXPECT[expected](trial, one)
      const times = ['delayed', 'unaffected'].includes(expected) ? 1 : 0
      const calls = { received: times, effective: times }
      expect(trial.calls('StartMigrateJob'), `${fault} ${code}`).toEqual(calls)
      return { where: WHERE, fault, code, sees, outcome: `${outcome}; ${SENT[times]}` }
    }
  })
  return counted(seen)
}

/** The same, for longer than the bot is patient. */
export async function beforeTheStartForLong(): Promise<Row[]> {
  const world = await startCrowdedWorld({ rules: { patience: 3_000 } })
  return each(LONG, async (one, index) => {
    const trial = addTrial(world, `long${index}`)
    const card = await trial.ask(trial.job)
    const aimed = { action: 'DescribeMigrateJobs', jobId: trial.job, times: 1_000 }
    world.dts.fault({ ...one.input, ...aimed })
    await trial.boApproves(card)
    return async () => {
      const late = await trial.cardSays(/Not started yet/)
      expect(text(late)).toMatch(sentence(one))
      if (one.code) expectExplained(text(late), one.code)
      await trial.threadSays(/The approval is too old to act on[\s\S]*decide again/)
      const card = await trial.cardSays(/^. Waiting for approval/)
      expect(trial.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
      const sees = "why it hasn't started yet; then that the approval is too old to act on"
      return { where: WHERE, fault: one.fault, sees, outcome: `${headline(card)}; ${SENT[0]}` }
    }
  })
}

const LONG: Fault[] = [
  ...['InternalError', 'RequestLimitExceeded'].map((code): Fault => {
    const input = { kind: 'error', code } as const
    return { fault: 'any other code for more than ten minutes', code, input }
  }),
  { fault: 'no usable answer for more than ten minutes', input: { kind: 'resetBefore' } },
]

const SENT = ['never sent', 'sent once'] as const

const EXPECT: Record<Expected, (trial: Trial, one: Fault) => Promise<Seen>> = {
  async denied({ cardSays }, { code }) {
    const card = await cardSays(/Not started\n[\s\S]*RequestId[\s\S]*Nothing was started/)
    if (code) expectExplained(text(card), code)
    return { sees: WHY, outcome: headline(card) }
  },
  async missing({ cardSays }) {
    const card = await cardSays(/Not started\n[\s\S]*does not exist in this region/)
    return { sees: 'that the job does not exist in this region', outcome: headline(card) }
  },
  async delayed({ cardSays }, one) {
    const card = await cardSays(/Not started yet[\s\S]*I(?:'ll| will) try again/)
    expect(text(card)).toMatch(sentence(one))
    if (one.code) expectExplained(text(card), one.code)
    return { sees: "why it hasn't started yet", outcome: headline(await cardSays(/^▶ Running/)) }
  },
  async unaffected({ cardSays }) {
    return { sees: NOTHING, outcome: headline(await cardSays(/Running/)) }
  },
}
