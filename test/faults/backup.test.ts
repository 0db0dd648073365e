import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { temporaryFolder } from '../support/engines.ts'
import { CHANNEL, spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/* The backup of docs/setup.md: the bot stands still while its folder is copied. */

test(
  'a copy taken under load, while the bot is paused: whole, and a bot goes on from it',
  { timeout: 60_000 },
  async () => {
    const world = await startPretendWorld({ mode: 'socket', engine: 'sqlite' })
    const { env, dts, slack, ann, bo } = world
    const folder = env['DATA_DIR'] ?? ''
    const bot = await spawnBot(env)
    const jobs = Array.from({ length: 12 }, (_, n) => `dts-${n}backedup`)
    for (const id of jobs) dts.addJob({ id, migrateType: 2, durationMs: 60_000 })
    const cardOf = (id: string) =>
      slack.ws.messages.find((m) => m.channel === CHANNEL && !m.threadTs && text(m).includes(id))

    let asked = 0
    const load = (async () => {
      for (const id of jobs) {
        await ann.asks(id)
        asked++
      }
    })()
    const copies: string[] = []
    while (asked < jobs.length) {
      const copy = await temporaryFolder()
      const before = asked
      bot.pause()
      await cp(folder, copy, { recursive: true })
      bot.resume()
      expect(await readdir(copy)).toEqual(['dts.sqlite', 'dts.sqlite-wal'])
      expect(rowsIn(copy)).toBeGreaterThanOrEqual(before)
      copies.push(copy)
      await sleep(50)
    }
    await load
    await bot.kill()

    const last = copies.at(-1) ?? ''
    await spawnBot({ ...env, DATA_DIR: last })
    const first = jobs[0] ?? ''
    const card = cardOf(first)
    if (!card) throw new Error('no card')
    await bo.approves(card)
    await world.threadSays(/DTS accepted the start/)
    dts.skip(200_000)
    await slack.waitFor(() => /✅ Done/.test(text(card)), 'the job to be done')
    expect(startsSent(dts, first)).toBe(1)
  },
)

/** How many migrations a copy has. It must be whole; the look at it does not change it. */
function rowsIn(copy: string): number {
  const database = new DatabaseSync(join(copy, 'dts.sqlite'))
  try {
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    return Number(database.prepare('select count(*) as n from migrations').get()?.['n'])
  } finally {
    database.close()
  }
}
