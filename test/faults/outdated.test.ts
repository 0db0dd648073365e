import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { asItWas } from '../support/person.ts'
import { administer } from '../support/postgres.ts'
import {
  EACH_ONCE,
  LOOKS,
  type World,
  spawnBot,
  startPretendWorld,
  startWorld,
  startsSent,
} from '../support/world.ts'

/* An approval that the bot could not act on in time is asked again, whatever the reason. */

const JOB = 'dts-1kl0iy0v'
const DAY = 86_400_000
const PATIENCE = { patienceMs: 3_000, waitMs: 100_000 }

/** As if the approval had been given three days ago, or by a clock that was three days ahead. */
async function shiftApproval(env: Record<string, string>, milliseconds: number): Promise<void> {
  const moment = new Date(Date.now() + milliseconds).toISOString()
  const pattern = '"approvedAt":"[^"]*"'
  if (env['DATABASE_URL']) {
    const change = `regexp_replace(body, '${pattern}', '"approvedAt":"${moment}"')`
    return administer(env['DATABASE_URL'], `update dts.migrations set body = ${change}`)
  }
  using database = new DatabaseSync(join(env['DATA_DIR'] ?? '', 'dts.sqlite'))
  for (const row of database.prepare('select id, body from migrations').all()) {
    const body = String(row['body']).replace(new RegExp(pattern), `"approvedAt":"${moment}"`)
    database.prepare('update migrations set body = ? where id = ?').run(body, String(row['id']))
  }
}

/** The card, once it has the second request. */
async function askedAgain({ slack, card }: Pick<World, 'slack' | 'card'>): Promise<Message> {
  const isNew = (): boolean => /"value":"[^"]*:2"/.test(JSON.stringify(card().blocks))
  await slack.waitFor(isNew, 'the card of the second request')
  expect(text(card())).toMatch(/Waiting for approval to start[\s\S]*\[Approve\]/)
  return asItWas(card())
}

const SHIFTS = EACH_ONCE.flatMap(({ engine }) => [
  { engine, when: 'three days ago', shift: -3 * DAY },
  { engine, when: 'by a clock three days ahead', shift: 3 * DAY },
])

test.each(SHIFTS)(
  'killed before the call, approved $when: asked again, not started ($engine)',
  { timeout: 240_000 },
  async ({ engine, shift }) => {
    const world = await startPretendWorld({ mode: 'socket', engine }, {}, PATIENCE)
    const { ann, bo, dts, env } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 3_600_000 })
    const bot = await spawnBot({ ...env, CRASH_AT: 'decided approved' }, './crashing-bot.ts')
    const card = asItWas(await ann.asks(JOB))
    await bo.tries.approves(card)
    await bot.gone
    await shiftApproval(env, shift)
    await spawnBot(env)

    const told = await world.threadSays(/The approval is too old to act on/)
    expect(text(told)).toMatch(/I sent nothing[\s\S]*@S0ONCALL: decide again/)
    const again = await askedAgain(world)
    await bo.approves(card)
    await bo.isTold(/replaced by a newer one/)
    await ann.approves(again)
    await ann.isTold(/someone else has to approve/)
    expect(startsSent(dts, JOB)).toBe(0)

    await bo.approves(again)
    await world.threadSays(/DTS accepted the start/)
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual([1, 1])
  },
)

test.each(EACH_ONCE)(
  'DTS will not show the job until the approval is too old: asked again ($mode, $engine)',
  { timeout: 60_000 },
  async (way) => {
    const world = await startWorld(way, { rules: { patience: 3_000 } })
    const { ann, bo, dts } = world
    dts.addJob({ id: JOB })
    const card = asItWas(await ann.asks(JOB))
    for (const action of LOOKS) dts.fault({ action, kind: 'resetBefore', times: 1 })
    await bo.approves(card)
    await world.cardSays(/Not started yet/)
    const again = await askedAgain(world)
    await world.threadSays(/The approval is too old to act on/)
    expect(startsSent(dts, JOB)).toBe(0)
    await bo.approves(again)
    await world.threadSays(/DTS accepted the start/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test('a requester may withdraw what is asked again', async () => {
  const world = await startWorld({ mode: 'socket', engine: 'sqlite' }, { rules: { patience: 0 } })
  const { ann, bo, dts } = world
  dts.addJob({ id: JOB })
  await bo.approves(await ann.asks(JOB))
  await world.threadSays(/The approval is too old to act on/)
  await ann.rejects(await askedAgain(world), 'no longer')
  await world.cardSays(/Withdrawn/)
  expect(startsSent(dts, JOB)).toBe(0)
})
