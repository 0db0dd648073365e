import { expect } from 'vitest'
import type { FaultInput } from '../../../playground/dts/faults.ts'
import { text } from '../../../playground/workspace/read.ts'
import {
  CODES,
  KIND,
  SLOWLY,
  UNUSABLE,
  WHY,
  WRONG_TYPES,
  afterEffect,
  expectExplained,
} from './dts-faults.ts'
import { type Row, type Seen, counted } from './table.ts'
import { type Trial, addTrial, each, headline, startCrowdedWorld } from './trial.ts'

type Case = { fault: string; code?: string | undefined; input: FaultInput; expected: Expected }
type Expected =
  | 'denied'
  | 'throttled'
  | 'gaveUp'
  | 'lost'
  | 'lostButStarted'
  | 'accepted'
  | 'acceptedNotRunning'

const START: Case[] = [
  ...Object.entries(UNUSABLE).flatMap(([name, input]): Case[] => [
    { fault: `${name}, no effect`, input, expected: 'lost' },
    { fault: `${name}, but it took effect`, input: afterEffect(input), expected: 'lostButStarted' },
  ]),
  {
    fault: 'values of the wrong type, no effect',
    input: WRONG_TYPES,
    expected: 'acceptedNotRunning',
  },
  {
    fault: 'values of the wrong type, but it took effect',
    input: afterEffect(WRONG_TYPES),
    expected: 'accepted',
  },
  { fault: 'answer in small pieces', input: SLOWLY, expected: 'accepted' },
  {
    fault: `${KIND.backoff}, each time`,
    input: { kind: 'error', code: 'RequestLimitExceeded', times: 3 },
    expected: 'gaveUp',
  },
  ...CODES.flatMap(({ code, retry }): Case[] => {
    const error = { kind: 'error', code } as const
    const said = { fault: KIND[retry], code }
    if (retry === 'never') return [{ ...said, input: error, expected: 'denied' }]
    if (retry === 'backoff') {
      return [{ ...said, input: { ...error, times: 2 }, expected: 'throttled' }]
    }
    const effect = { ...said, fault: `${said.fault}, but it took effect` }
    return [
      { ...said, fault: `${said.fault}, no effect`, input: error, expected: 'lost' },
      { ...effect, input: { ...error, after: true }, expected: 'lostButStarted' },
    ]
  }),
]

/** StartMigrateJob, after an approval. */
export async function atTheStart(): Promise<Row[]> {
  const world = await startCrowdedWorld({ rules: { grace: 2_000, sends: 3 } })
  const seen = await each(START, async ({ fault, code, input, expected }, index) => {
    const trial = addTrial(world, `start${index}`)
    const card = await trial.ask(trial.job)
    world.dts.fault({ ...input, action: 'StartMigrateJob', jobId: trial.job })
    await trial.boApproves(card)
    return async () => {
      const { sees, outcome } = await EXPECT[expected](trial, code)
      const { received, effective } = trial.calls('StartMigrateJob')
      const sent = received === 1 ? 'sent once' : `sent ${received} times`
      expect([received, effective], `${fault} ${code}`).toEqual(STARTS[expected])
      return { where: 'StartMigrateJob', fault, code, sees, outcome: `${outcome}; ${sent}` }
    }
  })
  return counted(seen)
}

/** StartMigrateJob: how often DTS received it, and how often it took effect. */
const STARTS: Record<Expected, [received: number, effective: number]> = {
  denied: [1, 0],
  throttled: [3, 1],
  gaveUp: [3, 0],
  lost: [1, 0],
  lostButStarted: [1, 1],
  accepted: [1, 1],
  acceptedNotRunning: [1, 0],
}

const UNKNOWN =
  /Outcome unknown[\s\S]*until \d{4}-\d\d-\d\d \d\d:\d\d UTC[\s\S]*I will not send the start again/

/** What people read until the end, and the headline of the card by then. */
const EXPECT: Record<Expected, (trial: Trial, code?: string) => Promise<Seen>> = {
  async denied({ cardSays }, code) {
    const card = await cardSays(/Not started[\s\S]*RequestId[\s\S]*Nothing was started/)
    if (code) expectExplained(text(card), code)
    return { sees: WHY, outcome: headline(card) }
  },
  async throttled({ threadSays, cardSays }) {
    await threadSays(/rate limiting us[\s\S]*I(?:'ll| will) try again/)
    await threadSays(/DTS accepted the start/)
    return { sees: 'that the bot will try again', outcome: headline(await cardSays(/Running/)) }
  },
  async gaveUp(trial) {
    await trial.threadSays(/rate limiting us[\s\S]*I(?:'ll| will) try again/)
    const { sees, outcome } = await EXPECT.denied(trial)
    return { sees: `that the bot will try again; then ${sees}`, outcome }
  },
  async lost({ threadSays, cardSays }, code) {
    const note = await threadSays(UNKNOWN)
    expect(note.broadcast).toBe(true)
    if (code) expectExplained(text(note), code)
    const card = await cardSays(/Did not start[\s\S]*Ask again/)
    return {
      sees: '"Outcome unknown" and until when; then that it did not start',
      outcome: headline(card),
    }
  },
  async lostButStarted({ threadSays, cardSays }) {
    await threadSays(UNKNOWN)
    await threadSays(/It did start/)
    return {
      sees: '"Outcome unknown" and until when; then that it did start',
      outcome: headline(await cardSays(/Running/)),
    }
  },
  async accepted({ threadSays, cardSays }) {
    await threadSays(/DTS accepted the start/)
    return { sees: 'that DTS accepted it', outcome: headline(await cardSays(/Running/)) }
  },
  async acceptedNotRunning({ threadSays, cardSays }) {
    await threadSays(/DTS accepted the start/)
    const card = await cardSays(/Not running[\s\S]*isn't running: it has passed its check/)
    return {
      sees: "that DTS accepted it; then that the job isn't running",
      outcome: headline(card),
    }
  },
}
