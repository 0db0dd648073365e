import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { A_CODE_EACH, type Case, SLOW, UNREADABLE } from './dts-cases.ts'
import { NOTHING, NOT_FOUND, WHY, expectExplained } from './dts-faults.ts'
import type { Row } from './table.ts'
import { type Trial, addTrial, headline, startCrowdedWorld } from './trial.ts'

const LOOK = 'DescribeMigrateJobs'
const LIST = `${LOOK}, list of a region with three running jobs`

/** Three or more jobs of one region are followed by a list: that fails, then each look as well. */
export async function inTheList(): Promise<Row[]> {
  const [timeout, ...others] = UNREADABLE
  const rows = await Promise.all([
    follow([...others, ...A_CODE_EACH, SLOW]),
    follow(timeout ? [timeout] : []),
  ])
  return rows.flat()
}

/** One after the other, because a fault of a list cannot be aimed at one region. */
async function follow(cases: Case[]): Promise<Row[]> {
  const world = await startCrowdedWorld({ rules: { grace: 1_000 }, env: { WATCH_SECONDS: '0.1' } })
  const trials = ['list1', 'list2', 'list3'].map((name) => addTrial(world, name))
  for (const trial of trials) await trial.approve(trial.job)
  await allSay(trials, /^▶ Running/)
  const rows: Row[] = []
  for (const one of cases) rows.push(...(await run(trials, one)))
  for (const { calls } of trials) {
    expect(calls('StartMigrateJob')).toEqual({ received: 1, effective: 1 })
  }
  return rows
}

async function run(trials: Trial[], { fault, code, input }: Case): Promise<Row[]> {
  const [{ world }] = trials as [Trial]
  const always = { action: LOOK, times: 100_000 }
  // The first fault that fits is taken: these keep the looks at single jobs working.
  for (const { job } of trials) world.dts.fault({ ...always, kind: 'delay', ms: 0, jobId: job })
  world.dts.fault({ ...always, ...input })
  const looks = input.kind === 'slowDrip' ? lists : ofEach
  const before = looks(trials)
  const enough = before + 6
  await expect.poll(() => looks(trials), { timeout: 60_000 }).toBeGreaterThanOrEqual(enough)
  const rows = [{ where: LIST, fault, sees: NOTHING, outcome: await allSay(trials, /^▶ Running/) }]

  if (input.kind !== 'slowDrip' && fault !== NOT_FOUND) {
    for (const { job } of trials) world.dts.clearFaults(job)
    await allSay(trials, /can't see this job[\s\S]*Last seen: Running[\s\S]*\[Stop watching\]/)
    if (code) for (const { card } of trials) expectExplained(text(card()), code)
    const [{ card }] = trials as [Trial]
    const sees = `"${headline(card())}", ${code ? WHY : 'why'}`
    world.dts.clearFaults()
    const where = `${LIST}, and ${LOOK} for each`
    rows.push({ where, fault, sees, outcome: await allSay(trials, /^▶ Running/) })
  }
  world.dts.clearFaults()
  return rows
}

/** How often DTS was asked for lists, and for the jobs one by one. */
function lists([trial]: Trial[]): number {
  const asked = trial?.world.dts.requests.filter(({ action }) => action === LOOK) ?? []
  return asked.filter(({ jobId }) => jobId === null).length
}

function ofEach(trials: Trial[]): number {
  return 3 * Math.min(...trials.map(({ calls }) => calls(LOOK).received))
}

/** Resolves with the headline that all cards share. */
async function allSay(trials: Trial[], words: RegExp): Promise<string> {
  const cards = await Promise.all(trials.map(({ cardSays }) => cardSays(words)))
  const [first, ...others] = [...new Set(cards.map(headline))]
  expect(others).toEqual([])
  return first ?? ''
}
