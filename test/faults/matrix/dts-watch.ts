import { REGIONS } from '../../../playground/dts/regions.ts'
import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { ALL_CODES, type Case, SLOW, type CodeRow, UNREADABLE } from './dts-cases.ts'
import { NOTHING, WHY, expectExplained, isNotFound } from './dts-faults.ts'
import { type Row, counted } from './table.ts'
import { type Trial, addTrial, each, headline, startCrowdedWorld } from './trial.ts'

const [GONE, OTHERS] = split(ALL_CODES, ({ code }) => code !== undefined && isNotFound(code))
const WHERE = 'DescribeMigrateJobs while it runs'

/**
 * DescribeMigrateJobs, by which a running job is followed: it fails for longer than a look may.
 * Each job runs in a region of its own, because three in one region are followed by a list.
 */
export async function whileItRuns(): Promise<Row[]> {
  const [timeout, ...quick] = UNREADABLE
  const cases = [...OTHERS, ...quick, SLOW]
  const share = Math.ceil(cases.length / (REGIONS.length - GONE.length))
  const shares = cases.flatMap((_, i) => (i % share === 0 ? [cases.slice(i, i + share)] : []))
  const seen = await Promise.all([
    follow([...GONE.map((one) => [one]), ...shares]),
    // The watcher waits for one region after the other, so this one has a world of its own.
    follow(timeout ? [[timeout]] : []),
  ])
  return counted(seen.flat())
}

/** One job for each share; the faults of a share come in turn. */
async function follow(shares: Case[][]): Promise<CodeRow[]> {
  const world = await startCrowdedWorld({ rules: { grace: 1_000 }, env: { WATCH_SECONDS: '0.1' } })
  const seen = await each(shares, async (share, index) => {
    const region = REGIONS[index] ?? REGIONS[0]
    const trial = addTrial(world, `watch${index}`, { region })
    await trial.approve(trial.job)
    return async () => {
      const rows: CodeRow[] = []
      for (const one of share) rows.push(await run(trial, one))
      expect(trial.calls('StartMigrateJob')).toEqual({ received: 1, effective: 1 })
      return rows
    }
  })
  return seen.flat()
}

async function run(trial: Trial, { fault, code, input }: Case): Promise<CodeRow> {
  const { world, job, cardSays, threadSays } = trial
  await cardSays(/^▶ Running/)
  const action = 'DescribeMigrateJobs'
  const before = trial.calls(action).received
  world.dts.fault({ ...input, action, jobId: job, times: 100_000 })
  const row = { where: WHERE, fault, code }
  if (input.kind === 'slowDrip') {
    await world.slack.waitFor(() => trial.calls(action).received > before + 3, 'three looks')
    return { ...row, sees: NOTHING, outcome: headline(trial.card()) }
  }
  if (code && isNotFound(code)) {
    const card = await cardSays(/Monitoring lost[\s\S]*DTS no longer lists the job/)
    return { ...row, sees: 'that DTS no longer lists the job', outcome: headline(card) }
  }
  const card = await cardSays(/can't see this job[\s\S]*Last seen: Running[\s\S]*\[Stop watching\]/)
  if (code) expectExplained(text(card), code)
  const sees = `"${headline(card)}", ${code ? WHY : 'why'}`
  expect((await threadSays(/I can't see this job right now/)).broadcast).toBe(true)
  world.dts.clearFaults(job)
  return { ...row, sees, outcome: headline(await cardSays(/^▶ Running/)) }
}

function split<T>(list: T[], first: (one: T) => boolean): [T[], T[]] {
  return [list.filter(first), list.filter((one) => !first(one))]
}
