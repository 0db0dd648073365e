import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { A_CODE_EACH, type Case, type CodeRow, SLOW, UNREADABLE, sentence } from './dts-cases.ts'
import {
  CODES,
  type Code,
  KIND,
  NOTHING,
  NOT_FOUND,
  WHY,
  expectExplained,
  isNotFound,
} from './dts-faults.ts'
import { CUT_OVER, type Operation, START, STOP, comesToNothing, standStill } from './operations.ts'
import { PAUSE } from './operations-2021.ts'
import { type Row, type Seen, counted } from './table.ts'
import { type Trial, addTrial, each, headline, startCrowdedWorld } from './trial.ts'

type Looked = Case & { expected: Expected }
type Expected = 'denied' | 'missing' | 'delayed' | 'unaffected'

const ANSWERS: Looked[] = [
  ...UNREADABLE.map((one): Looked => ({ ...one, expected: 'delayed' })),
  { ...SLOW, expected: 'unaffected' },
]

function answerWith({ code, retry }: Code): Looked {
  const answer = { code, input: { kind: 'error', code } as const }
  if (isNotFound(code)) return { ...answer, fault: NOT_FOUND, expected: 'missing' }
  return { ...answer, fault: KIND[retry], expected: retry === 'never' ? 'denied' : 'delayed' }
}

/** DescribeMigrateJobs, the last look at an approved job before it is started: all codes. */
export async function beforeTheStart(): Promise<Row[]> {
  return counted(await looking([START], [...ANSWERS, ...CODES.map(answerWith)]))
}

/** Before it is cut over or stopped: one code of each kind. */
export async function beforeTheOthers(): Promise<Row[]> {
  const cases = [...ANSWERS, ...A_CODE_EACH.map(answerWith)]
  return withoutCode(await looking([CUT_OVER, STOP], cases))
}

/** DescribeMigrationDetail, of 2021-12-06: one fault of each kind before one of its operations. */
export async function beforeAPause(): Promise<Row[]> {
  const cases = [...ANSWERS, ...A_CODE_EACH.map(answerWith)]
  const some = cases.filter(({ fault }) =>
    ['connection reset', KIND.never, NOT_FOUND].includes(fault),
  )
  return withoutCode(await looking([PAUSE], some))
}

async function looking(operations: Operation[], cases: Looked[]): Promise<CodeRow[]> {
  return before(operations, cases, {}, async (trial, operation, one) => {
    const { fault, code, expected } = one
    const { sees, outcome } = await EXPECT[expected](trial, operation, one)
    const times = ['delayed', 'unaffected'].includes(expected) ? 1 : 0
    const calls = { received: times, effective: times }
    expect(trial.calls(operation.action), `${fault} ${code}`).toEqual(calls)
    return { sees, outcome: `${outcome}; ${SENT[times]}` }
  })
}

/** The same, for longer than the bot is patient. */
export async function beforeTheCallForLong(): Promise<Row[]> {
  const cases = LONG.map((one) => ({ ...one, input: { ...one.input, times: 1_000 } }))
  const how = { rules: { patience: 3_000 } }
  const seen = await before([START, CUT_OVER, STOP], cases, how, async (trial, operation, one) => {
    const late = await trial.cardSays(operation.says.notYet)
    expect(text(late)).toMatch(sentence(one))
    if (one.code) expectExplained(text(late), one.code)
    await trial.threadSays(/The approval is too old to act on[\s\S]*decide again/)
    const card = await trial.cardSays(/^. Waiting for approval/)
    expect(trial.calls(operation.action)).toEqual({ received: 0, effective: 0 })
    const sees = `${operation.sees.notYet}; then that the approval is too old to act on`
    return { sees, outcome: `${headline(card)}; ${SENT[0]}` }
  })
  return withoutCode(seen)
}

async function before<One extends Case>(
  operations: Operation[],
  cases: One[],
  how: Parameters<typeof startCrowdedWorld>[0],
  expected: (trial: Trial, operation: Operation, one: One) => Promise<Seen>,
): Promise<CodeRow[]> {
  const isNew = operations.some(({ look }) => look !== undefined)
  const version = isNew ? { DTS_API_VERSION: '2021-12-06' } : {}
  const world = await startCrowdedWorld({ ...how, env: { WATCH_SECONDS: '1', ...version } })
  if (!operations.includes(START)) await standStill(world)
  const all = operations.flatMap((operation) => cases.map((one) => ({ operation, one })))
  return each(all, async ({ operation, one }, index) => {
    const trial = addTrial(world, `look${index}`, operation.spec)
    const card = await operation.ask(trial)
    const { name, look = 'DescribeMigrateJobs' } = operation
    world.dts.fault({ ...one.input, action: look, jobId: trial.job })
    await trial.boApproves(card)
    return async () => ({
      where: `${look} before the ${name}`,
      fault: one.fault,
      code: one.code,
      ...(await expected(trial, operation, one)),
    })
  })
}

const LONG: Case[] = [
  ...['InternalError', 'RequestLimitExceeded'].map((code): Case => {
    const input = { kind: 'error', code } as const
    return { fault: 'any other code for more than ten minutes', code, input }
  }),
  { fault: 'no usable answer for more than ten minutes', input: { kind: 'resetBefore' } },
]

const SENT = ['never sent', 'sent once'] as const

const EXPECT: Record<Expected, (trial: Trial, operation: Operation, one: Case) => Promise<Seen>> = {
  async denied(trial, operation, { code }) {
    const { said, outcome } = await comesToNothing(trial, operation, operation.says.notDone)
    if (code) expectExplained(said, code)
    return { sees: WHY, outcome }
  },
  async missing(trial, operation) {
    const words = new RegExp(
      `just before the ${operation.name}: the job does not exist in this region`,
    )
    const { outcome } = await comesToNothing(trial, operation, words)
    return { sees: 'that the job does not exist in this region', outcome }
  },
  async delayed({ cardSays }, { says, sees, underWay }, one) {
    const card = text(await cardSays(says.notYet))
    expect(card).toMatch(/I(?:'ll| will) try again/)
    expect(card).toMatch(sentence(one))
    if (one.code) expectExplained(card, one.code)
    return { sees: sees.notYet, outcome: headline(await cardSays(underWay)) }
  },
  async unaffected({ cardSays }, { underWay }) {
    return { sees: NOTHING, outcome: headline(await cardSays(underWay)) }
  },
}

function withoutCode(rows: CodeRow[]): Row[] {
  return rows.map(({ where, fault, sees, outcome }) => ({ where, fault, sees, outcome }))
}
