import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { administer } from '../support/postgres.ts'
import { BO, spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/*
 * This code takes over what every release left behind: one request that waits for approval and one
 * job that runs. `npm run release:fixture` writes the files.
 */

const RELEASES = new URL('../fixtures/releases/', import.meta.url).pathname
const WAYS = readdirSync(RELEASES).flatMap((release) =>
  (['sqlite', 'postgres'] as const).map((engine) => ({ release, engine })),
)

test('every release is kept', () => {
  expect(WAYS.map(({ release }) => release)).toContain('0.1.0')
})

test.each(WAYS)(
  'this code takes over the database of $release ($engine)',
  { timeout: 120_000 },
  async ({ release, engine }) => {
    const { env, slack, dts } = await startPretendWorld({ mode: 'socket', engine })
    const { ws, people } = slack
    const kept = (name: string): string => readFileSync(join(RELEASES, release, name), 'utf8')
    if (engine === 'postgres') await administer(env['DATABASE_URL'] ?? '', kept('postgres.sql'))
    else {
      using database = new DatabaseSync(join(env['DATA_DIR'] ?? '', 'dts.sqlite'))
      database.exec(kept('sqlite.sql'))
    }
    const [waiting, running] = (JSON.parse(kept(`${engine}.cards.json`)) as Message[]).map((card) =>
      ws.post(card),
    )
    if (!waiting || !running) throw new Error('no cards')
    const job = { migrateType: 2, durationMs: 3_600_000 } as const
    dts.addJob({ id: 'dts-waiting1', name: 'dts-waiting1', ...job })
    dts.addJob({ id: 'dts-running1', name: 'dts-running1', ...job, status: 7 })
    await spawnBot(env)

    expect((await people.click(BO, waiting, 'dts_approve')).ok).toBe(true)
    for (const card of [waiting, running]) {
      await slack.waitFor(() => /Running/.test(text(card)), `${text(card)} to run`, 40_000)
    }
    dts.skip(7_200_000)
    for (const card of [waiting, running]) {
      await slack.waitFor(() => /Done/.test(text(card)), `${text(card)} to be done`, 40_000)
    }
    expect([startsSent(dts, 'dts-waiting1'), startsSent(dts, 'dts-running1')]).toEqual([1, 0])
    expect(ws.messages.filter((m) => !m.threadTs)).toHaveLength(2)
  },
)
