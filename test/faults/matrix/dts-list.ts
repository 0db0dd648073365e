import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { type Cell, addCell, headline, startCrowdedTown } from './cell.ts'
import { CODES, KIND, NOT_FOUND, WHY, expectExplained, isNotFound } from './dts-faults.ts'
import { type Case, READS, SLOW } from './dts-told.ts'
import type { Row } from './table.ts'

const LOOK = 'DescribeMigrateJobs'
const LIST = `${LOOK}, the list of three jobs of a region that run`

/** One code of each kind: what the list does not show is looked at by itself, whatever it said. */
const NOES: Case[] = [
  ...(['never', 'backoff', 'safe-after-status-check'] as const).map((retry) => ({
    fault: KIND[retry],
    code: CODES.find((one) => one.retry === retry && !isNotFound(one.code))?.code,
  })),
  { fault: NOT_FOUND, code: CODES.find(({ code }) => isNotFound(code))?.code },
].map(({ fault, code = '' }) => ({ fault, code, input: { kind: 'error', code } }))

/** The list by which three or more jobs of one region are followed, and then each of them too. */
export async function inTheList(): Promise<Row[]> {
  const [hangs, ...others] = READS
  const rows = await Promise.all([follow([...others, ...NOES, SLOW]), follow(hangs ? [hangs] : [])])
  return rows.flat()
}

/** One after the other, because a fault of a list cannot be meant for one region alone. */
async function follow(cases: Case[]): Promise<Row[]> {
  const town = await startCrowdedTown({ rules: { grace: 1_000 }, env: { WATCH_SECONDS: '0.1' } })
  const cells = ['list1', 'list2', 'list3'].map((name) => addCell(town, name))
  for (const cell of cells) await cell.approve(cell.job)
  await all(cells, /^▶ Running/)
  const rows: Row[] = []
  for (const one of cases) rows.push(...(await suffer(cells, one)))
  for (const { calls } of cells) {
    expect(calls('StartMigrateJob')).toEqual({ received: 1, effective: 1 })
  }
  return rows
}

async function suffer(cells: Cell[], { fault, code, input }: Case): Promise<Row[]> {
  const [{ town }] = cells as [Cell]
  const always = { action: LOOK, times: 100_000 }
  // The first fault that fits is taken: these keep the look at one job honest.
  for (const { job } of cells) town.dts.fault({ ...always, kind: 'delay', ms: 0, jobId: job })
  town.dts.fault({ ...always, ...input })
  const looks = input.kind === 'slowDrip' ? lists : ofEach
  const before = looks(cells)
  const enough = before + 6
  await expect.poll(() => looks(cells), { timeout: 60_000 }).toBeGreaterThanOrEqual(enough)
  const rows = [{ where: LIST, fault, sees: 'nothing of it', ends: await all(cells, /^▶ Running/) }]

  if (input.kind !== 'slowDrip' && fault !== NOT_FOUND) {
    for (const { job } of cells) town.dts.clearFaults(job)
    await all(cells, /Out of sight[\s\S]*Last seen as: Running[\s\S]*\[Stop watching\]/)
    if (code) for (const { card } of cells) expectExplained(text(card()), code)
    const [{ card }] = cells as [Cell]
    const sees = `${headline(card())}: ${code ? WHY : 'why'}`
    town.dts.clearFaults()
    const where = `${LIST}, and ${LOOK} of each`
    rows.push({ where, fault, sees, ends: await all(cells, /^▶ Running/) })
  }
  town.dts.clearFaults()
  return rows
}

/** How often DTS was asked for lists, and for the jobs one by one. */
function lists([cell]: Cell[]): number {
  const asked = cell?.town.dts.requests.filter(({ action }) => action === LOOK) ?? []
  return asked.filter(({ jobId }) => jobId === null).length
}

function ofEach(cells: Cell[]): number {
  return 3 * Math.min(...cells.map(({ calls }) => calls(LOOK).received))
}

/** Resolves with what all cards say first. */
async function all(cells: Cell[], words: RegExp): Promise<string> {
  const cards = await Promise.all(cells.map(({ cardSays }) => cardSays(words)))
  const [first, ...others] = [...new Set(cards.map(headline))]
  expect(others).toEqual([])
  return first ?? ''
}
