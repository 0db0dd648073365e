import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BO, spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/* The bot gets SIGTERM in the middle of something, and another one takes over. */

const JOB = 'dts-1kl0iy0v'
const ENGINES = [
  { mode: 'socket', engine: 'sqlite' },
  { mode: 'socket', engine: 'postgres' },
] as const
const MOMENTS = ['DescribeMigrateJobs', 'StartMigrateJob'] as const
const WAYS = ENGINES.flatMap((way) => MOMENTS.map((action) => ({ ...way, action })))

test.each(WAYS)(
  'stopped while $action is in flight: it finishes the call, and nothing is lost ($engine)',
  { timeout: 60_000 },
  async (way) => {
    const { env, ask, slack, dts } = await startPretendWorld(way)
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
    expect(startsSent(dts, JOB)).toBe(1)
    const said = slack.ws.messages.map((m) => text(m)).join('\n')
    expect(said).toMatch(/RequestId/)
    expect(said).not.toMatch(/Not started|Outcome unknown/)
  },
)

test(
  'a call that takes too long: the bot exits all the same, and the next one finds out',
  { timeout: 120_000 },
  async () => {
    const { env, ask, slack, dts } = await startPretendWorld(ENGINES[0])
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const bot = await spawnBot(env)
    const card = await ask(JOB)
    dts.fault({ kind: 'slowDrip', ms: 600_000, action: 'StartMigrateJob' })
    await slack.people.click(BO, card, 'dts_approve')
    await expect.poll(() => dts.starts(JOB)).toBe(1)
    expect(await bot.stop()).toBe(0)

    await spawnBot(env)
    dts.skip(20_000)
    const says = (words: RegExp) =>
      slack.waitFor(() => slack.ws.messages.find((m) => words.test(text(m))), `${words}`, 40_000)
    await says(/Outcome unknown[\s\S]*I was restarted/)
    await says(/It did start/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test('a second SIGTERM: the bot exits at once', { timeout: 60_000 }, async () => {
  const { env, ask, slack, dts } = await startPretendWorld({ mode: 'socket', engine: 'sqlite' })
  dts.addJob({ id: JOB })
  const bot = await spawnBot(env)
  const card = await ask(JOB)
  dts.fault({ kind: 'timeoutAfter', action: 'StartMigrateJob' })
  await slack.people.click(BO, card, 'dts_approve')
  await expect.poll(() => dts.starts(JOB)).toBe(1)
  const first = bot.stop()
  await slack.waitFor(() => slack.connections() === 0, 'the bot to hang up')
  expect(await bot.stop()).toBe(1)
  await first
})

test(
  'an HTTP request that never ends does not delay the shutdown',
  { timeout: 60_000 },
  async () => {
    const { env } = await startPretendWorld({ mode: 'http', engine: 'sqlite' })
    const bot = await spawnBot(env)
    await hangOn(env)
    expect(await bot.stop()).toBe(0)
  },
)

test(
  'an endless request and a call that takes too long: the bot exits before Docker kills it',
  { timeout: 60_000 },
  async () => {
    const { env, ask, slack, dts } = await startPretendWorld({ mode: 'http', engine: 'postgres' })
    dts.addJob({ id: JOB })
    const bot = await spawnBot(env)
    const card = await ask(JOB)
    dts.fault({ kind: 'slowDrip', ms: 600_000, action: 'StartMigrateJob' })
    await slack.people.click(BO, card, 'dts_approve')
    await expect.poll(() => startsSent(dts, JOB)).toBe(1)
    await hangOn(env)
    const docker = setTimeout(() => void bot.kill(), 10_000)
    expect(await bot.stop()).toBe(0)
    clearTimeout(docker)
  },
)

/** A client that sends one request, and half of another. */
async function hangOn(env: Record<string, string>): Promise<void> {
  const socket = connect(Number(env['PORT']), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  const head = 'POST /slack/events HTTP/1.1\r\nHost: bot\r\n'
  socket.write(`${head}Content-Length: 0\r\n\r\n${head}Content-Length: 1000000\r\n\r\nhalf`)
  const [refusal] = (await once(socket, 'data')) as [Buffer]
  expect(refusal.toString()).toMatch(/^HTTP\/1.1 401/)
}
