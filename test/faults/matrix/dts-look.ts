import { expect } from 'vitest'
import type { FaultInput } from '../../../playground/dts/faults.ts'
import { text } from '../../../playground/workspace/read.ts'
import { type Cell, addCell, each, headline, startCrowdedTown } from './cell.ts'
import {
  CODES,
  KIND,
  SILENCES,
  NOT_FOUND,
  SLOWLY,
  WHY,
  WRONG_TYPES,
  expectExplained,
  isNotFound,
} from './dts-faults.ts'
import { type Row, counted } from './table.ts'

type Case = { fault: string; code?: string | undefined; input: FaultInput; comes: Outcome }
type Outcome = 'denied' | 'missing' | 'delayed' | 'unhindered'

const LOOKS: Case[] = [
  ...Object.entries({ ...SILENCES, 'values of wrong types': WRONG_TYPES }).map(
    ([fault, input]): Case => ({ fault, input, comes: 'delayed' }),
  ),
  { fault: 'answer in small pieces', input: SLOWLY, comes: 'unhindered' },
  ...CODES.map(({ code, retry }): Case => {
    const said = { code, input: { kind: 'error', code } as const }
    if (isNotFound(code)) return { ...said, fault: NOT_FOUND, comes: 'missing' }
    return { ...said, fault: KIND[retry], comes: retry === 'never' ? 'denied' : 'delayed' }
  }),
]

const WHERE = 'DescribeMigrateJobs before the start'

/** DescribeMigrateJobs, by which an approved job is looked at once more before its start. */
export async function beforeTheStart(): Promise<Row[]> {
  const town = await startCrowdedTown({})
  const seen = await each(LOOKS, async ({ fault, code, input, comes }, index) => {
    const cell = addCell(town, `look${index}`)
    const card = await cell.ask(cell.job)
    town.dts.fault({ ...input, action: 'DescribeMigrateJobs', jobId: cell.job })
    await cell.decide(card)
    return async () => {
      const { sees, ends } = await OUTCOMES[comes](cell, code)
      const times = ['delayed', 'unhindered'].includes(comes) ? 1 : 0
      const calls = { received: times, effective: times }
      expect(cell.calls('StartMigrateJob'), `${fault} ${code}`).toEqual(calls)
      return { where: WHERE, fault, code, sees, ends: `${ends}; ${SENT[times]}` }
    }
  })
  return counted(seen)
}

/** The same, for longer than the bot is patient. */
export async function beforeTheStartForLong(): Promise<Row[]> {
  const town = await startCrowdedTown({ rules: { patience: 1 } })
  const long = ['InternalError', 'RequestLimitExceeded'].map(
    (code) => ({ kind: 'error', code }) as const,
  )
  const inputs: FaultInput[] = [...long, { kind: 'resetBefore' }]
  return each(inputs, async (input, index) => {
    const cell = addCell(town, `long${index}`)
    const card = await cell.ask(cell.job)
    town.dts.fault({ ...input, action: 'DescribeMigrateJobs', jobId: cell.job, times: 1_000 })
    await cell.decide(card)
    return async () => {
      const end = await cell.cardSays(/Not started[^ ][\s\S]*Nothing was started/)
      expect(cell.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
      const fault = 'any of these for longer than ten minutes'
      return { where: WHERE, fault, sees: WHY, ends: `${headline(end)}; ${SENT[0]}` }
    }
  })
}

const SENT = ['not sent', 'sent once'] as const

const OUTCOMES: Record<
  Outcome,
  (cell: Cell, code?: string) => Promise<Pick<Row, 'sees' | 'ends'>>
> = {
  async denied({ cardSays }, code) {
    const card = await cardSays(/Not started\n[\s\S]*RequestId[\s\S]*Nothing was started/)
    if (code) expectExplained(text(card), code)
    return { sees: WHY, ends: headline(card) }
  },
  async missing({ cardSays }) {
    const card = await cardSays(/Not started\n[\s\S]*is not known to DTS in this region/)
    return { sees: 'that DTS does not know the job in this region', ends: headline(card) }
  },
  async delayed({ cardSays }) {
    await cardSays(/Not started yet: .+ I will try again/)
    return { sees: 'why it has not started yet', ends: headline(await cardSays(/Running/)) }
  },
  async unhindered({ cardSays }) {
    return { sees: 'nothing of it', ends: headline(await cardSays(/Running/)) }
  },
}
