import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BOT } from '../../playground/workspace/workspace.ts'
import { RULES, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { administer } from '../support/postgres.ts'
import { ANN, BO, CHANNEL, EACH_ONCE, channelOf, startWorld, startsSent } from '../support/world.ts'

/* The database holds one row that this code cannot read. Everything else goes on. */

const BROKEN = 'dts-1broken1'
const SOUND = 'dts-2sound22'
const JOB = { migrateType: 2, durationMs: 600_000 } as const

const DAMAGES = [
  { damage: 'corrupt JSON', body: `'{"id":'` },
  {
    damage: 'an unknown status',
    body: `replace(body, '"running"', '"paused by a later release"')`,
  },
]
const WAYS = EACH_ONCE.flatMap((way) => DAMAGES.map((damage) => ({ ...way, ...damage })))

async function change(env: Record<string, string>, statement: string): Promise<void> {
  if (env['DATABASE_URL']) return administer(env['DATABASE_URL'], statement)
  using database = new DatabaseSync(join(env['DATA_DIR'] ?? '', 'dts.sqlite'))
  database.exec(statement)
}

test.each(WAYS)(
  'a watched migration with $damage hides no other, and a click on its card is answered ($engine)',
  async ({ body, ...way }) => {
    const world = await startWorld(way)
    const { slack, dts, env } = world
    slack.ws.channels.get('C0RANDOM')?.members.add(BOT)
    const other = channelOf(slack, { person: 'U0CHEN', channel: 'C0RANDOM' })
    for (const id of [BROKEN, SOUND]) dts.addJob({ id, ...JOB })
    const asked = { ...(await world.ask(BROKEN)) }
    await slack.people.click(BO, asked, 'dts_approve')
    await other.approve(SOUND)
    dts.skip(10_000)
    await Promise.all([world.cardSays(/Running/), other.cardSays(/Running/)])
    await world.bot.stop()
    const table = way.engine === 'postgres' ? 'dts.migrations' : 'migrations'
    await change(env, `update ${table} set body = ${body} where job_id = '${BROKEN}'`)

    const logs: string[] = []
    const log = pino({ base: null }, { write: (line: string) => logs.push(line) })
    const bot = await startBot(readConfig(env), log, { rules: RULES })
    onTestFinished(() => bot.stop())
    await expect.poll(() => logs.filter((line) => unreadable(line)).length).toBeGreaterThan(1)
    await slack.people.click(BO, asked, 'dts_approve', true)
    await world.privately(BO, /not your fault[\s\S]*incident id/)
    await slack.people.command(ANN, CHANNEL, '/dts help')
    await world.privately(ANN, /\/dts start/)
    dts.skip(700_000)
    await other.cardSays(/Done/)
    expect(text(world.card())).toMatch(/Running/)
    expect([startsSent(dts, BROKEN), startsSent(dts, SOUND)]).toEqual([1, 1])
    expect(logs.join('')).not.toMatch(/paused by a later release/)
  },
)

function unreadable(line: string): boolean {
  const { msg, err } = JSON.parse(line) as { msg: string; err?: { message: string } }
  return (
    msg === 'stored row unreadable' && /The stored migration \S+ cannot be/.test(`${err?.message}`)
  )
}
