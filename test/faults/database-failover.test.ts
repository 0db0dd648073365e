import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { flakyProxy } from '../support/flaky-proxy.ts'
import { administer, testDatabase } from '../support/postgres.ts'
import {
  type World,
  spawnBot,
  startPretendWorld,
  startWorld,
  startsSent,
} from '../support/world.ts'

/* Another PostgreSQL server takes over the address. Servers that refuse connections: database-restart.test.ts. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'socket', engine: 'postgres' } as const
/** As people have it: Slack gives up a click after three seconds. */
const PATIENCE = { patienceMs: 3_000, waitMs: 30_000 }
const TEST = { timeout: 60_000 }

function approvals({ slack }: World): number {
  return slack.ws.messages.filter((m) => m.threadTs && /Approved by/.test(text(m))).length
}

async function comesOutRight(world: World): Promise<void> {
  await world.threadSays(/DTS accepted the start/)
  world.dts.skip(200_000)
  await world.cardSays(/✅ Done/)
  expect([startsSent(world.dts, JOB), approvals(world)]).toEqual([1, 1])
}

test('connections that hang half-open are given up, and the bot goes on', TEST, async () => {
  const database = await testDatabase()
  const proxy = await flakyProxy(`${database.url}?query_timeout=2600`)
  const world = await startWorld(WAY, { env: { DATABASE_URL: proxy.url }, patience: PATIENCE })
  world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  const card = { ...(await world.ask(JOB)) }
  await world.cardSays(/\[Approve\]/)

  proxy.swallow()
  const first = world.bo.tries.approves(card)
  await world.bo.isTold(/This is taking longer than it should[\s\S]*press again/)
  proxy.recover()
  await first
  // Each of the dead connections fails one press, and no more.
  for (let n = 0; n < 6 && /\[Approve\]/.test(text(world.card())); n++) {
    await world.bo.tries.approves(card)
  }
  await comesOutRight(world)
})

test(
  'a server that can only be read for a while: people hear so, and the bot goes on',
  TEST,
  async () => {
    const world = await startWorld(WAY, { patience: PATIENCE })
    const url = world.env['DATABASE_URL'] ?? ''
    const name = new URL(url).pathname.slice(1)
    const others = `datname = '${name}' and pid <> pg_backend_pid()`
    const writable = `${url}?options=-c%20default_transaction_read_only%3Doff`
    const readOnly = (value: 'on' | 'off') =>
      administer(writable, `alter database ${name} set default_transaction_read_only = ${value}`)
    world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const card = { ...(await world.ask(JOB)) }
    await world.cardSays(/\[Approve\]/)

    await readOnly('on')
    await administer(url, `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`)
    for (const person of [world.bo, world.chen]) {
      expect((await person.tries.approves(card)).ok).toBe(true)
      await person.isTold(/That did not work, and it is not your fault/)
    }
    expect(text(world.card())).toMatch(/Waiting for approval/)
    // Its sessions stay, and stay as they were when they began.
    await readOnly('off')
    expect((await world.bo.tries.approves(card)).ok).toBe(true)
    await comesOutRight(world)
  },
)

test('a server that does not answer keeps no bot from ending', TEST, async () => {
  const database = await testDatabase()
  const proxy = await flakyProxy(`${database.url}?query_timeout=600000`)
  const { env, ann } = await startPretendWorld(WAY, { DATABASE_URL: proxy.url })
  const bot = await spawnBot(env)
  await ann.types('/dts help')
  proxy.swallow()
  expect(await bot.stop()).toBe(0)
  expect(bot.logged()).toMatch(/shutdown complete/)
})
