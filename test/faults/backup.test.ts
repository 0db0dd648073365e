import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { temporaryFolder } from '../support/engines.ts'
import { CHANNEL, spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/* The backup of docs/setup.md: another process copies the database while the bot runs. */

const STATEMENT = 'vacuum into'

test(
  'a copy taken under load, while the bot works: whole, and a bot goes on from it',
  { timeout: 60_000 },
  async () => {
    const world = await startPretendWorld({ mode: 'socket', engine: 'sqlite' })
    const { env, dts, slack, ann, bo } = world
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
      const folder = await temporaryFolder()
      const before = asked
      await backUp(env['DATA_DIR'] ?? '', join(folder, 'dts.sqlite'))
      expect(rowsIn(folder)).toBeGreaterThanOrEqual(before)
      copies.push(folder)
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

test('what the documentation has people run is what is tried here', () => {
  const setup = readFileSync(new URL('../../docs/setup.md', import.meta.url), 'utf8')
  expect(setup).toContain(`sqlite3 -readonly /var/lib/dts-bot/dts.sqlite "${STATEMENT} '$copy'"`)
})

/** As the sqlite3 of docs/setup.md does it, which not every machine has. */
async function backUp(dataDir: string, copy: string): Promise<void> {
  const script = `const { DatabaseSync } = require('node:sqlite')
    const [file, copy] = process.argv.slice(1)
    new DatabaseSync(file, { readOnly: true }).prepare('${STATEMENT} ?').run(copy)`
  await promisify(execFile)(process.execPath, ['-e', script, join(dataDir, 'dts.sqlite'), copy])
}

/** How many migrations a copy has. It must be whole; the look at it does not change it. */
function rowsIn(folder: string): number {
  const database = new DatabaseSync(join(folder, 'dts.sqlite'))
  try {
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    return Number(database.prepare('select count(*) as n from migrations').get()?.['n'])
  } finally {
    database.close()
  }
}
