import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BO, CHANNEL, spawnBot, startPretendWorld } from '../support/world.ts'

/* The bot is killed with SIGKILL at a bad moment; after a restart everything comes out right. */

const JOB = 'dts-1kl0iy0v'
const ENGINES = [
  { mode: 'socket', engine: 'sqlite' },
  { mode: 'socket', engine: 'postgres' },
] as const

/** On PostgreSQL another process takes over the work of a dead one within a minute. */
const PATIENCE = 100_000

async function startJobWorld(way: (typeof ENGINES)[number]) {
  const world = await startPretendWorld(way)
  const { slack, dts } = world
  dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  const say = (words: RegExp) =>
    slack.waitFor(
      () => slack.ws.messages.find((m) => words.test(text(m))),
      `a message that says ${words}`,
      PATIENCE,
    )
  const calls = (action: string) => dts.requests.filter((one) => one.action === action)
  const endsWell = async (): Promise<void> => {
    dts.skip(200_000)
    await say(/✅ Done/)
    expect(calls('StartMigrateJob')).toHaveLength(1)
    expect(dts.starts(JOB)).toBe(1)
    const cards = slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)
    expect(cards).toHaveLength(1)
    const thread = slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
    expect(new Set(thread).size).toBe(thread.length)
  }
  return { ...world, say, calls, endsWell }
}

test.each(ENGINES)(
  'killed while a request waits for approval ($engine)',
  { timeout: 120_000 },
  async (way) => {
    const { env, ask, slack, say, endsWell } = await startJobWorld(way)
    const bot = await spawnBot(env)
    const card = await ask(JOB)
    await bot.kill()
    expect((await slack.people.click(BO, card, 'dts_approve')).ok).toBe(false)
    await spawnBot(env)
    expect((await slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
    await say(/RequestId/)
    await endsWell()
  },
)

test.each(ENGINES)(
  'killed between the approval and the start ($engine)',
  { timeout: 120_000 },
  async (way) => {
    const { env, ask, slack, dts, say, calls, endsWell } = await startJobWorld(way)
    const bot = await spawnBot(env)
    const card = await ask(JOB)
    const before = calls('DescribeMigrateJobs').length
    dts.fault({ kind: 'timeoutBefore', action: 'DescribeMigrateJobs', times: 50 })
    expect((await slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
    await expect.poll(() => calls('DescribeMigrateJobs').length).toBeGreaterThan(before)
    await bot.kill()
    dts.clearFaults()
    expect(calls('StartMigrateJob')).toEqual([])
    await spawnBot(env)
    await say(/RequestId/)
    await endsWell()
  },
)

test.each(ENGINES)(
  'killed while the start is in flight ($engine)',
  { timeout: 120_000 },
  async (way) => {
    const { env, ask, slack, dts, say, calls, endsWell } = await startJobWorld(way)
    const bot = await spawnBot(env)
    const card = await ask(JOB)
    dts.fault({ kind: 'timeoutAfter', action: 'StartMigrateJob', times: 1 })
    await slack.people.click(BO, card, 'dts_approve')
    await expect.poll(() => calls('StartMigrateJob').length).toBe(1)
    await bot.kill()
    await spawnBot(env)
    await say(/Outcome unknown[\s\S]*I was restarted/)
    await endsWell()
  },
)

test.each(ENGINES)(
  'killed while it watches the job ($engine)',
  { timeout: 120_000 },
  async (way) => {
    const { env, ask, slack, dts, say, endsWell } = await startJobWorld(way)
    const bot = await spawnBot(env)
    await slack.people.click(BO, await ask(JOB), 'dts_approve')
    dts.skip(20_000)
    await say(/Running/)
    await bot.kill()
    await spawnBot(env)
    await endsWell()
  },
)
