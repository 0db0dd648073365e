import { expect } from 'vitest'
import type { FaultInput } from '../../../playground/dts/faults.ts'
import { text } from '../../../playground/workspace/read.ts'
import { type Cell, addCell, each, headline, startCrowdedTown } from './cell.ts'
import {
  CODES,
  KIND,
  SILENCES,
  SLOWLY,
  WHY,
  WRONG_TYPES,
  afterEffect,
  expectExplained,
} from './dts-faults.ts'
import { type Row, counted } from './table.ts'

type Case = { fault: string; code?: string | undefined; input: FaultInput; comes: Outcome }
type Outcome =
  | 'denied'
  | 'throttled'
  | 'givenUp'
  | 'lost'
  | 'lostButStarted'
  | 'accepted'
  | 'acceptedInVain'

const START: Case[] = [
  ...Object.entries(SILENCES).flatMap(([name, input]): Case[] => [
    { fault: `${name}, no effect`, input, comes: 'lost' },
    { fault: `${name}, but it took effect`, input: afterEffect(input), comes: 'lostButStarted' },
  ]),
  { fault: 'wrong types, no effect', input: WRONG_TYPES, comes: 'acceptedInVain' },
  { fault: 'wrong types, but it took effect', input: afterEffect(WRONG_TYPES), comes: 'accepted' },
  { fault: 'answer in small pieces', input: SLOWLY, comes: 'accepted' },
  {
    fault: `${KIND.backoff}, at every try`,
    input: { kind: 'error', code: 'RequestLimitExceeded', times: 3 },
    comes: 'givenUp',
  },
  ...CODES.flatMap(({ code, retry }): Case[] => {
    const error = { kind: 'error', code } as const
    const said = { fault: KIND[retry], code }
    if (retry === 'never') return [{ ...said, input: error, comes: 'denied' }]
    if (retry === 'backoff') {
      return [{ ...said, input: { ...error, times: 2 }, comes: 'throttled' }]
    }
    const effect = { ...said, fault: `${said.fault}, but it took effect` }
    return [
      { ...said, fault: `${said.fault}, no effect`, input: error, comes: 'lost' },
      { ...effect, input: { ...error, after: true }, comes: 'lostButStarted' },
    ]
  }),
]

/** StartMigrateJob, after an approval. */
export async function atTheStart(): Promise<Row[]> {
  const town = await startCrowdedTown({ rules: { grace: 2_000, sends: 3 } })
  const seen = await each(START, async ({ fault, code, input, comes }, index) => {
    const cell = addCell(town, `start${index}`)
    const card = await cell.ask(cell.job)
    town.dts.fault({ ...input, action: 'StartMigrateJob', jobId: cell.job })
    await cell.decide(card)
    return async () => {
      const { sees, ends } = await OUTCOMES[comes](cell, code)
      const { received, effective } = cell.calls('StartMigrateJob')
      const sent = received === 1 ? 'sent once' : `sent ${received} times`
      expect([received, effective], `${fault} ${code}`).toEqual(STARTS[comes])
      return { where: 'StartMigrateJob', fault, code, sees, ends: `${ends}; ${sent}` }
    }
  })
  return counted(seen)
}

/** StartMigrateJob: how often DTS received it, and how often it took effect. */
const STARTS: Record<Outcome, [received: number, effective: number]> = {
  denied: [1, 0],
  throttled: [3, 1],
  givenUp: [3, 0],
  lost: [1, 0],
  lostButStarted: [1, 1],
  accepted: [1, 1],
  acceptedInVain: [1, 0],
}

type Told = Pick<Row, 'sees' | 'ends'>

const UNKNOWN =
  /Outcome unknown[\s\S]*until \d{4}-\d\d-\d\d \d\d:\d\d UTC[\s\S]*I will not send the start again/

/** What people read until the end, and the headline of the card then. */
const OUTCOMES: Record<Outcome, (cell: Cell, code?: string) => Promise<Told>> = {
  async denied({ cardSays }, code) {
    const card = await cardSays(/Not started[\s\S]*RequestId[\s\S]*Nothing was started/)
    if (code) expectExplained(text(card), code)
    return { sees: WHY, ends: headline(card) }
  },
  async throttled({ threadSays, cardSays }) {
    await threadSays(/throttling us and has not started anything. I will try again/)
    await threadSays(/DTS accepted the start/)
    return { sees: 'that it is tried again', ends: headline(await cardSays(/Running/)) }
  },
  async givenUp(cell) {
    await cell.threadSays(/throttling us and has not started anything. I will try again/)
    const { sees, ends } = await OUTCOMES.denied(cell)
    return { sees: `that it is tried again, then ${sees}`, ends }
  },
  async lost({ threadSays, cardSays }, code) {
    const told = await threadSays(UNKNOWN)
    expect(told.broadcast).toBe(true)
    if (code) expectExplained(text(told), code)
    const card = await cardSays(/Did not start[\s\S]*ask again/)
    return {
      sees: 'Outcome unknown, and until when; then that it did not start',
      ends: headline(card),
    }
  },
  async lostButStarted({ threadSays, cardSays }) {
    await threadSays(UNKNOWN)
    await threadSays(/It did start/)
    return {
      sees: 'Outcome unknown, and until when; then that it did start',
      ends: headline(await cardSays(/Running/)),
    }
  },
  async accepted({ threadSays, cardSays }) {
    await threadSays(/DTS accepted the start/)
    return { sees: 'that it is accepted', ends: headline(await cardSays(/Running/)) }
  },
  async acceptedInVain({ threadSays, cardSays }) {
    await threadSays(/DTS accepted the start/)
    const card = await cardSays(/Not running[\s\S]*it has passed its check/)
    return { sees: 'that it is accepted, then that it is not at work', ends: headline(card) }
  },
}
