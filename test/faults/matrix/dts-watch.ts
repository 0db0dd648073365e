import { expect } from 'vitest'
import type { FaultInput } from '../../../playground/dts/faults.ts'
import { text } from '../../../playground/workspace/read.ts'
import { type Cell, addCell, each, headline, startCrowdedTown } from './cell.ts'
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

type Seen = Row & { code?: string | undefined }
type Case = { fault: string; code?: string | undefined; input: FaultInput }

const [GONE, NOES] = split(
  CODES.map(({ code }): Case => ({ fault: anyCode(code), code, input: { kind: 'error', code } })),
  ({ code }) => code !== undefined && isNotFound(code),
)
const SILENT: Case[] = Object.entries({ ...SILENCES, 'values of wrong types': WRONG_TYPES }).map(
  ([fault, input]) => ({ fault, input }),
)
const SLOW: Case = { fault: 'answer in small pieces', input: SLOWLY }
const WHERE = 'DescribeMigrateJobs while it runs'

/**
 * DescribeMigrateJobs, by which a running job is followed: for longer than a look may fail. Each
 * job runs in a region of its own, because of three in one region none is asked for by its id.
 */
export async function whileItRuns(): Promise<Row[]> {
  const [hangs, ...quick] = SILENT
  const cases = [...NOES, ...quick, SLOW]
  const share = Math.ceil(cases.length / (REGIONS.length - GONE.length))
  const shares = cases.flatMap((_, i) => (i % share === 0 ? [cases.slice(i, i + share)] : []))
  const seen = await Promise.all([
    follow([...GONE.map((one) => [one]), ...shares]),
    // The watcher waits for one region after the other, so nobody else is followed there.
    follow(hangs ? [[hangs]] : []),
  ])
  return counted(seen.flat())
}

/** A job for each share; what is in a share happens to it in turn. */
async function follow(shares: Case[][]): Promise<Seen[]> {
  const town = await startCrowdedTown({ rules: { grace: 1_000 }, env: { WATCH_SECONDS: '0.1' } })
  const seen = await each(shares, async (share, index) => {
    const region = REGIONS[index] ?? REGIONS[0]
    const cell = addCell(town, `watch${index}`, { region })
    await cell.approve(cell.job)
    return async () => {
      const rows: Seen[] = []
      for (const one of share) rows.push(await suffer(cell, one))
      expect(cell.calls('StartMigrateJob')).toEqual({ received: 1, effective: 1 })
      return rows
    }
  })
  return seen.flat()
}

async function suffer(cell: Cell, { fault, code, input }: Case): Promise<Seen> {
  const { town, job, cardSays, threadSays } = cell
  await cardSays(/^▶ Running/)
  const action = 'DescribeMigrateJobs'
  const before = cell.calls(action).received
  town.dts.fault({ ...input, action, jobId: job, times: 100_000 })
  if (input.kind === 'slowDrip') {
    await town.slack.waitFor(() => cell.calls(action).received > before + 3, 'three looks')
    return { where: WHERE, fault, code, sees: 'nothing of it', ends: headline(cell.card()) }
  }
  if (code && isNotFound(code)) {
    const card = await cardSays(/Lost sight of the job[\s\S]*DTS no longer lists it/)
    return { where: WHERE, fault, code, sees: 'that DTS no longer lists it', ends: headline(card) }
  }
  const card = await cardSays(/Out of sight[\s\S]*Last seen as: Running[\s\S]*\[Stop watching\]/)
  if (code) expectExplained(text(card), code)
  const sees = `${headline(card)}: ${code ? WHY : 'why'}`
  expect((await threadSays(/the job is out of sight/)).broadcast).toBe(true)
  town.dts.clearFaults(job)
  return { where: WHERE, fault, code, sees, ends: headline(await cardSays(/^▶ Running/)) }
}

function split<T>(list: T[], first: (one: T) => boolean): [T[], T[]] {
  return [list.filter(first), list.filter((one) => !first(one))]
}
