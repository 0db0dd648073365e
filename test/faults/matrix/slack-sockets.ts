import { pino } from 'pino'
import { expect } from 'vitest'
import { startBot } from '../../../src/bot.ts'
import { readConfig } from '../../../src/config.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { connectApp } from '../../playground/plain-app.ts'
import { ANN, BO, CHANNEL, type World, startPretendWorld, startWorld } from '../../support/world.ts'
import { type Case, PASSING, errors } from './slack-faults.ts'
import type { Row, Seen } from './table.ts'

const REFUSED = errors(
  [
    'not_authed',
    'invalid_auth',
    'account_inactive',
    'user_removed_from_team',
    'team_disabled',
    'token_revoked',
    'token_expired',
    'not_allowed_token_type',
  ],
  'app token refused (8 errors)',
)
const NOT_NOW = [...PASSING, ...errors(['internal_error', 'too_many_websockets'])]
const SOCKET = { mode: 'socket', engine: 'sqlite' } as const

/** The first try to open a connection fails. */
export async function connecting(): Promise<Row[]> {
  const where = 'apps.connections.open at startup'
  return Promise.all(
    [...NOT_NOW, ...REFUSED].map(async (one) => {
      const { slack, env } = await startPretendWorld(SOCKET)
      slack.faults.add('apps.connections.open', { ...one.input, times: 1 })
      const seen = await starts(env, REFUSED.includes(one) ? one.input.error : undefined)
      return { where, fault: one.fault, ...seen }
    }),
  )
}

async function starts(env: Record<string, string>, refused?: string): Promise<Seen> {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  if (refused) {
    const error = await startBot(readConfig(env), log).catch(String)
    expect(error).toContain(`SLACK_APP_TOKEN: ${refused}`)
    expect(error).not.toContain(env['SLACK_APP_TOKEN'])
  }
  const bot = await startBot(readConfig(env), log)
  await bot.stop()
  if (!refused) expect(lines.join('')).toContain(RETRYING)
  return refused
    ? { sees: WHICH_TOKEN, outcome: 'does not start; starts the next time' }
    : { sees: IN_THE_LOG, outcome: 'starts as soon as Slack lets it' }
}

const WHICH_TOKEN = 'operators: which token, and where to find it'
const IN_THE_LOG = 'operators: why, in the log'
const RETRYING = 'Slack connection failed, retrying'

/** All connections drop, and the first tries to open new ones fail. */
export async function connectingAgain(): Promise<Row[]> {
  return Promise.all([
    ...REFUSED.map((one) => reconnecting(one, refused)),
    ...NOT_NOW.map((one) => reconnecting(one, notNow)),
    reconnecting({ fault: 'more than ten connections', input: {} }, crowded),
  ])
}

async function reconnecting(
  one: Case,
  run: (world: World, one: Case) => Promise<Seen>,
): Promise<Row> {
  const patience = { patienceMs: 12_000, waitMs: 60_000 }
  const world = await startWorld(SOCKET, { patience })
  const seen = await run(world, one)
  expect(world.logs.join('')).not.toContain(world.env['SLACK_APP_TOKEN'])
  return { where: 'apps.connections.open while the bot runs', fault: one.fault, ...seen }
}

async function refused({ slack, bot, env }: World, { input }: Case): Promise<Seen> {
  slack.faults.add('apps.connections.open', { ...input, times: 1_000 })
  slack.dropSockets()
  let said = ''
  bot.failed.catch((error: unknown) => (said = String(error)))
  const names = `SLACK_APP_TOKEN: ${input.error}`
  await expect.poll(() => said, { timeout: 30_000 }).toContain(names)
  slack.faults.clear()
  await bot.stop()
  const next = await startBot(readConfig(env), pino({ level: 'silent' }))
  await next.stop()
  return { sees: WHICH_TOKEN, outcome: 'stops; starts the next time' }
}

async function notNow(world: World, { input }: Case): Promise<Seen> {
  const { slack } = world
  slack.faults.add('apps.connections.open', { ...input, times: 2 })
  slack.dropSockets()
  await slack.waitFor(() => slack.connections() === 0, 'the connections to drop')
  expect((await slack.people.command(ANN, CHANNEL, '/dts help')).ok).toBe(false)
  return reconnects(world, RETRYING)
}

/** Other processes use the same app token: Slack allows ten connections. */
async function crowded(world: World): Promise<Seen> {
  const { slack } = world
  slack.dropSockets()
  const others = await Promise.all(Array.from({ length: 10 }, () => connectApp(slack)))
  const logged = 'Slack allows no more connections for SLACK_APP_TOKEN'
  await slack.waitFor(() => world.logs.some((line) => line.includes(logged)), logged)
  for (const { socket } of others) socket.terminate()
  return reconnects(world, logged)
}

async function reconnects(world: World, logged: string): Promise<Seen> {
  const { slack, dts, logs, ask, threadSays } = world
  await slack.waitFor(() => slack.connections() === 2, 'both connections to be back')
  expect(logs.join('')).toContain(logged)
  const { id } = dts.addJob()
  await acknowledged(slack.people.click(BO, await ask(id), 'dts_approve'))
  await threadSays(/DTS accepted the start/)
  const sees = `Slack's own error until then; ${IN_THE_LOG}`
  return { sees, outcome: 'connects again by itself' }
}
