import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BO, spawnBot, startWorld } from '../support/town.ts'

/* The bot is asked to leave (SIGTERM) in the middle of something, and another takes over. */

const JOB = 'dts-1kl0iy0v'
const ENGINES = [
  { mode: 'socket', engine: 'sqlite' },
  { mode: 'socket', engine: 'postgres' },
] as const
const MOMENTS = ['DescribeMigrateJobs', 'StartMigrateJob'] as const
const WAYS = ENGINES.flatMap((way) => MOMENTS.map((action) => ({ ...way, action })))

test.each(WAYS)(
  'stopped while $action is in flight: it finishes that, and nothing is lost ($engine)',
  { timeout: 60_000 },
  async (way) => {
    const { env, ask, slack, dts } = await startWorld(way)
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const bot = await spawnBot(env)
    const card = await ask(JOB)
    const calls = () => dts.requests.filter(({ action }) => action === way.action).length
    const before = calls()
    dts.fault({ kind: 'delay', ms: 1_500, action: way.action })
    await slack.people.click(BO, card, 'dts_approve')
    await expect.poll(calls).toBe(before + 1)
    expect(await bot.stop()).toBe(0)

    await spawnBot(env)
    dts.skip(200_000)
    await slack.waitFor(
      () => slack.ws.messages.find((m) => /✅ Done/.test(text(m))),
      'the job to be done',
      40_000,
    )
    expect(dts.starts(JOB)).toBe(1)
    const said = slack.ws.messages.map((m) => text(m)).join('\n')
    expect(said).toMatch(/RequestId/)
    expect(said).not.toMatch(/Not started|Outcome unknown/)
  },
)
