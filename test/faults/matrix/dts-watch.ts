import { expect } from 'vitest'
import type { FaultInput } from '../../../playground/dts/faults.ts'
import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import { type Cell, addCell, headline, startCrowdedTown } from './cell.ts'
import {
  CODES,
  SILENCES,
  SLOWLY,
  WHY,
  WRONG_TYPES,
  anyCode,
  expectExplained,
  isNotFound,
} from './dts-faults.ts'
import { REGIONS } from '../../../playground/dts/regions.ts'
import { type Row, counted } from './table.ts'

type Case = { fault: string; code?: string | undefined; input: FaultInput }

const { 'no answer in time': hangs, ...quick } = SILENCES
const SILENT: Case[] = Object.entries({ ...quick, 'values of wrong types': WRONG_TYPES }).map(
  ([fault, input]) => ({ fault, input }),
)
const NOES: Case[] = CODES.map(({ code }) => {
  return { fault: anyCode(code), code, input: { kind: 'error', code } }
})

/** While more than two jobs of a region are watched, they are read as a list that names no job. */
const TOGETHER = 2 * REGIONS.length

/** DescribeMigrateJobs, by which a running job is followed: for longer than a look may fail. */
export async function whileItRuns(): Promise<Row[]> {
  const towns = [
    NOES.slice(0, TOGETHER),
    NOES.slice(TOGETHER, 2 * TOGETHER),
    [...NOES.slice(2 * TOGETHER), ...SILENT, { fault: 'answer in small pieces', input: SLOWLY }],
    [{ fault: 'no answer in time', input: hangs ?? WRONG_TYPES }],
  ]
  const seen = await Promise.all(towns.map(follow))
  return counted(seen.flat())
}

async function follow(cases: Case[]) {
  const town = await startCrowdedTown({ rules: { grace: 1_500 }, env: { WATCH_SECONDS: '0.1' } })
  const followed: (Case & { cell: Cell })[] = []
  for (const [index, one] of cases.entries()) {
    const region = REGIONS[Math.floor(index / 2)] ?? REGIONS[0]
    const spec: JobSpec = { region }
    const cell = addCell(town, `watch${index}`, spec)
    await cell.approve(cell.job)
    followed.push({ ...one, cell })
  }
  await Promise.all(followed.map(({ cell }) => cell.cardSays(/^▶ Running/)))
  for (const { input, cell } of followed) {
    town.dts.fault({ ...input, action: 'DescribeMigrateJobs', jobId: cell.job, times: 100_000 })
  }
  const meanwhile = await Promise.all(followed.map(suffer))
  town.dts.clearFaults()
  const rows = await Promise.all(
    meanwhile.map(async (one) => ({ ...one, ends: await recover(one) })),
  )
  return rows.map(({ fault, code, sees, ends, cell }) => {
    expect(cell.calls('StartMigrateJob')).toEqual({ received: 1, effective: 1 })
    return { where: 'DescribeMigrateJobs while it runs', fault, code, sees, ends }
  })
}

async function suffer<C extends Case & { cell: Cell }>(one: C): Promise<C & { sees: string }> {
  const { cardSays, threadSays } = one.cell
  if (one.input.kind === 'slowDrip') return { ...one, sees: 'nothing of it' }
  if (one.code && isNotFound(one.code)) {
    const card = await cardSays(/Lost sight of the job[\s\S]*DTS no longer lists it/)
    return { ...one, sees: headline(card) }
  }
  const card = await cardSays(/Out of sight[\s\S]*Last seen as: Running[\s\S]*\[Stop watching\]/)
  if (one.code) expectExplained(text(card), one.code)
  expect((await threadSays(/the job is out of sight/)).broadcast).toBe(true)
  return { ...one, sees: `${headline(card)}: ${one.code ? WHY : 'why'}` }
}

/** What the card says once DTS answers again. */
async function recover({ code, sees, cell }: Case & { cell: Cell; sees: string }): Promise<string> {
  if (code && isNotFound(code)) return sees
  return headline(await cell.cardSays(/^▶ Running/))
}
