import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { administer } from '../support/postgres.ts'
import { EACH_ONCE, type World, spawnBot, startWorld, startsSent } from '../support/world.ts'

/* The clock of the machine was days ahead while the bot ran, and is right when it starts again. */

const JOB = 'dts-1kl0iy0v'
const DAY = 86_400_000

async function run(env: Record<string, string>, statements: string[]): Promise<void> {
  if (env['DATABASE_URL']) return administer(env['DATABASE_URL'], statements.join(';'))
  using database = new DatabaseSync(join(env['DATA_DIR'] ?? '', 'dts.sqlite'))
  database.exec(statements.join(';'))
}

/** Leaves the rows as a bot would have whose clock was three days ahead. */
async function putAhead({ env }: World): Promise<void> {
  const days = [0, -1].map((n) => [dayIn(n), dayIn(n + 3)] as const)
  const ahead = (column: string): string =>
    days.reduce((said, [from, to]) => `replace(${said}, '${from}', '${to}')`, column)
  if (env['DATABASE_URL']) {
    return run(env, [
      `update dts.migrations set body = ${ahead('body')}`,
      "update dts_queue.job set start_after = start_after + interval '3 days'",
    ])
  }
  return run(env, [
    `update migrations set body = ${ahead('body')}`,
    `update due set run_at = ${ahead('run_at')}, sent_at = ${ahead('sent_at')}`,
  ])
}

function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10)
}

test.each(EACH_ONCE)(
  'the clock is set right: a running job is followed to its end ($engine)',
  { timeout: 60_000 },
  async ({ engine }) => {
    const world = await startWorld({ mode: 'socket', engine })
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 100_000 })
    await bo.approves(await ann.asks(JOB))
    dts.skip(20_000)
    await world.cardSays(/Running/)
    await world.bot.stop()
    await putAhead(world)
    await spawnBot(world.env)
    dts.skip(200_000)
    await world.cardSays(/✅ Done/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'the clock is set right: a lost answer is found out, and the start is not sent again ($engine)',
  { timeout: 60_000 },
  async ({ engine }) => {
    const world = await startWorld({ mode: 'socket', engine })
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 3_600_000 })
    dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetAfter' })
    dts.setSpeed(0)
    await bo.approves(await ann.asks(JOB))
    await world.cardSays(/Outcome unknown/)
    await world.bot.stop()
    await putAhead(world)
    await spawnBot(world.env)
    dts.setSpeed(1)
    dts.skip(20_000)
    await world.cardSays(/Running/)
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual([1, 1])
  },
)
