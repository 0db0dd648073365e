import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { A_CODE_EACH, type Case as Fault, type CodeRow, NO_ANSWER, SLOW } from './dts-cases.ts'
import {
  CODES,
  type Code,
  KIND,
  WHY,
  WRONG_TYPES,
  afterEffect,
  expectExplained,
} from './dts-faults.ts'
import { CUT_OVER, type Operation, START, STOP, comesToNothing } from './operations.ts'
import { CONTINUE, PAUSE, RETRY } from './operations-2021.ts'
import { SKIP } from './skip.ts'
import { type Row, type Seen, counted } from './table.ts'
import { type Trial, addTrial, each, headline, startCrowdedWorld } from './trial.ts'

type Case = Fault & { expected: Expected }
type Expected = 'denied' | 'throttled' | 'gaveUp' | 'lost' | 'lostButDone' | 'accepted' | 'noSign'

const ANSWERS: Case[] = [
  ...NO_ANSWER.flatMap(({ fault, input }): Case[] => [
    { fault: `${fault}, no effect`, input, expected: 'lost' },
    {
      fault: `${fault}, but it took effect`,
      input: afterEffect(input),
      expected: 'lostButDone',
    },
  ]),
  { fault: 'values of the wrong type, no effect', input: WRONG_TYPES, expected: 'noSign' },
  {
    fault: 'values of the wrong type, but it took effect',
    input: afterEffect(WRONG_TYPES),
    expected: 'accepted',
  },
  { ...SLOW, expected: 'accepted' },
  {
    fault: `${KIND.backoff}, each time`,
    input: { kind: 'error', code: 'RequestLimitExceeded', times: 3 },
    expected: 'gaveUp',
  },
]

function answersWith({ code, retry }: Code): Case[] {
  const error = { kind: 'error', code } as const
  const said = { fault: KIND[retry], code }
  if (retry === 'never') return [{ ...said, input: error, expected: 'denied' }]
  if (retry === 'backoff')
    return [{ ...said, input: { ...error, times: 2 }, expected: 'throttled' }]
  return [
    { ...said, fault: `${said.fault}, no effect`, input: error, expected: 'lost' },
    {
      ...said,
      fault: `${said.fault}, but it took effect`,
      input: { ...error, after: true },
      expected: 'lostButDone',
    },
  ]
}

/** StartMigrateJob, after an approval: all codes. */
export async function atTheStart(): Promise<Row[]> {
  const cases = [...ANSWERS, ...CODES.flatMap(answersWith)]
  return counted(await sending(cases.map((one) => ({ ...one, operation: START }))))
}

/**
 * The others, which the bot sends in the same way. CompleteMigrateJob and StopMigrateJob: one code of each
 * kind. Those of 2021-12-06 alone: one fault of each kind, where looks prove something else.
 */
export async function atTheOthers(): Promise<Row[]> {
  const each = [...ANSWERS, ...A_CODE_EACH.flatMap(answersWith)]
  const some = each.filter(({ fault }) => TELLING.includes(fault))
  const seen = await sending(
    [
      ...[CUT_OVER, STOP].flatMap((operation) => each.map((one) => ({ ...one, operation }))),
      ...[PAUSE, CONTINUE, RETRY].flatMap((operation) =>
        some.map((one) => ({ ...one, operation })),
      ),
    ],
    { DTS_API_VERSION: 'auto' },
  )
  return seen.map(({ where, fault, sees, outcome }) => ({ where, fault, sees, outcome }))
}

const TELLING = [
  'connection reset, no effect',
  'connection reset, but it took effect',
  'values of the wrong type, no effect',
  KIND.never,
]

/** SkipCheckItem: what the check shows of its items tells, not the job. */
export async function atTheSkip(): Promise<Row[]> {
  const cases = [...ANSWERS, ...A_CODE_EACH.flatMap(answersWith)]
  const seen = await sending(
    cases.map((one) => ({ ...one, operation: SKIP })),
    SKIP.env,
  )
  return seen.map(({ where, fault, sees, outcome }) => ({ where, fault, sees, outcome }))
}

async function sending(
  all: (Case & { operation: Operation })[],
  env: Record<string, string> = {},
): Promise<CodeRow[]> {
  const rules = { grace: 2_000, sends: 3, patience: PATIENCE }
  const world = await startCrowdedWorld({ rules, env: { WATCH_SECONDS: '1', ...env } })
  // What is under way elsewhere stays so, for those who look at the card.
  if (!all.some(({ operation }) => [START, SKIP].includes(operation))) world.dts.setSpeed(0)
  return each(all, async ({ operation, fault, code, input, expected }, index) => {
    const { action, spec } = operation
    const trial = addTrial(world, `send${index}`, spec)
    const card = await operation.ask(trial)
    world.dts.fault({ ...input, action, jobId: trial.job })
    await trial.boApproves(card)
    return async () => {
      const { sees, outcome } = await EXPECT[expected](trial, operation, code)
      const { received, effective } = trial.calls(action)
      const sent = received === 1 ? 'sent once' : `sent ${received} times`
      expect([received, effective], `${action}, ${fault} ${code}`).toEqual(CALLS[expected])
      return { where: action, fault, code, sees, outcome: `${outcome}; ${sent}` }
    }
  })
}

/** Milliseconds: for how long an accepted cutover or stop may show no sign. Also how old an approval may be. */
const PATIENCE = 20_000

/** How often DTS received the call, and how often it took effect. */
const CALLS: Record<Expected, [received: number, effective: number]> = {
  denied: [1, 0],
  throttled: [3, 1],
  gaveUp: [3, 0],
  lost: [1, 0],
  lostButDone: [1, 1],
  accepted: [1, 1],
  noSign: [1, 0],
}

const AGAIN = /rate limiting us[\s\S]*I(?:'ll| will) try again/
const UNTIL = /Outcome unknown[\s\S]*until \d{4}-\d\d-\d\d \d\d:\d\d UTC/

/** What people read until the end, and the headline of the card by then. */
const EXPECT: Record<
  Expected,
  (trial: Trial, operation: Operation, code?: string) => Promise<Seen>
> = {
  async denied(trial, operation, code) {
    const { said, outcome } = await comesToNothing(trial, operation, operation.says.notDone)
    if (code) expectExplained(said, code)
    return { sees: WHY, outcome }
  },
  async throttled(trial, { says, underWay }) {
    expect(text(await trial.threadSays(AGAIN))).toMatch(says.notYet)
    await trial.threadSays(says.accepted)
    return { sees: 'that the bot will try again', outcome: await reaches(trial, underWay) }
  },
  async gaveUp(trial, operation) {
    await trial.threadSays(AGAIN)
    const { sees, outcome } = await EXPECT.denied(trial, operation)
    return { sees: `that the bot will try again; then ${sees}`, outcome }
  },
  async lost(trial, operation, code) {
    const { asked, says, sees } = operation
    await isUnknown(trial, operation, code)
    if (asked) {
      await trial.threadSays(asked.doubt)
      await trial.boPresses(asked.press)
    }
    const { outcome } = await comesToNothing(trial, operation, says.noEffect)
    const then = asked
      ? `that people have to look; once they say so, ${sees.noEffect}`
      : sees.noEffect
    return { sees: `"Outcome unknown" and until when; then ${then}`, outcome }
  },
  async lostButDone(trial, operation, code) {
    await isUnknown(trial, operation, code)
    await trial.threadSays(operation.says.tookEffect)
    const sees = `"Outcome unknown" and until when; then ${operation.sees.tookEffect}`
    return { sees, outcome: await reaches(trial, operation.underWay) }
  },
  async accepted(trial, { says, underWay }) {
    await trial.threadSays(says.accepted)
    return { sees: 'that DTS accepted it', outcome: await reaches(trial, underWay) }
  },
  async noSign(trial, operation) {
    await trial.threadSays(operation.says.accepted)
    const { outcome } = await comesToNothing(trial, operation, operation.says.noSign)
    return { sees: `that DTS accepted it; then ${operation.sees.noSign}`, outcome }
  },
}

async function isUnknown(trial: Trial, { says }: Operation, code?: string): Promise<void> {
  const note = await trial.threadSays(UNTIL)
  expect(note.broadcast).toBe(true)
  expect(text(note)).toMatch(says.willNotSend)
  if (code) expectExplained(text(note), code)
}

async function reaches(trial: Trial, words: RegExp): Promise<string> {
  return headline(await trial.cardSays(words))
}
