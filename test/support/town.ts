import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { type PretendDts } from '../../playground/dts/pretend-dts.ts'
import { startDts } from '../../playground/dts/server.ts'
import { text } from '../../playground/workspace/read.ts'
import type { PretendSlack } from '../../playground/workspace/pretend-slack.ts'
import { startSlack } from '../../playground/workspace/server.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { type Bot, RULES, type Tuning, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { acknowledged } from './acknowledged.ts'
import { type BotProcess, startBotProcess } from './bot-process.ts'
import { testDatabase } from './postgres.ts'

export const ANN = 'U0ANN'
export const BO = 'U0BO'
export const CHANNEL = 'C0MIGRATE'
export const REGION = 'ap-guangzhou'

export type Way = { mode: 'socket' | 'http'; engine: 'sqlite' | 'postgres' }

/** The ways in which every story must come out the same. */
export const WAYS: Way[] = [
  { mode: 'socket', engine: 'sqlite' },
  { mode: 'http', engine: 'sqlite' },
  { mode: 'socket', engine: 'postgres' },
  { mode: 'http', engine: 'postgres' },
]

/** Each mode and each engine once, for stories about what neither of them decides. */
export const EACH_ONCE = WAYS.filter(
  ({ mode, engine }) => (mode === 'http') === (engine === 'postgres'),
)

/** A pretend Slack, a pretend DTS and the real bot between them, for the length of a test. */
export type Town = Corner & {
  slack: PretendSlack
  dts: PretendDts
  bot: Bot
  logs: string[]
  env: Record<string, string>
}

/** What Ann asks and sees in one channel. */
export type Corner = {
  /** Ann asks for a start; resolves with the card. */
  ask: (jobId: string, reason?: string) => Promise<Message>
  /** Ann asks, Bo approves. Resolves once Bo's click is acknowledged. */
  approve: (jobId: string) => Promise<void>
  /** The form that Ann has open, once it says this. */
  form: (words: RegExp) => Promise<string>
  card: () => Message
  cardSays: (words: RegExp) => Promise<Message>
  threadSays: (words: RegExp) => Promise<Message>
  privately: (user: string, words: RegExp) => Promise<string>
}

/** Milliseconds: for how long Slack, and who waits for something in it, put up with slowness. */
type Patience = { patienceMs: number; waitMs: number }

type Tuned = Omit<Tuning, 'rules'> & {
  env?: Record<string, string>
  rules?: Partial<typeof RULES>
  patience?: Patience
}

export async function startTown(
  way: Way,
  { env = {}, rules = {}, patience, ...tuning }: Tuned = {},
): Promise<Town> {
  const world = await startWorld(way, env, patience)
  const logs: string[] = []
  const log = pino({ level: 'info', base: null }, { write: (line: string) => logs.push(line) })
  const bot = await startBot(readConfig(world.env), log, {
    ...tuning,
    rules: { ...RULES, ...rules },
  })
  onTestFinished(() => bot.stop())
  return { ...world, ...cornerOf(world.slack), bot, logs }
}

/** The world without the bot, and the environment that leads the bot into it. */
export async function startWorld(
  way: Way,
  extra: Record<string, string> = {},
  patience: Patience = { patienceMs: 12_000, waitMs: 15_000 },
) {
  const slack = await startSlack({ rateLimits: false, ...patience })
  onTestFinished(async () => {
    await slack.close()
    expect(slack.ws.refusals).toEqual([])
  })
  const dts = await startDts({
    credentials: [{ secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }],
    jobs: [],
  })
  onTestFinished(() => dts.close())

  const port = way.mode === 'http' ? await freePort() : 0
  if (way.mode === 'http') {
    slack.setDelivery({ mode: 'http', url: `http://127.0.0.1:${port}/slack/events` })
  }
  const env: Record<string, string> = {
    SLACK_BOT_TOKEN: 'xoxb-playground',
    ...(way.mode === 'socket'
      ? { SLACK_APP_TOKEN: 'xapp-playground' }
      : { SLACK_SIGNING_SECRET: 'playground-signing-secret', PORT: String(port) }),
    HOST: '127.0.0.1',
    SLACK_API_URL: slack.apiUrl,
    TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
    TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
    TENCENTCLOUD_REGION: REGION,
    DTS_ENDPOINT: dts.url,
    DTS_APPROVERS: 'S0ONCALL',
    WATCH_SECONDS: '0.2',
    ...(await memory(way)),
    ...extra,
  }
  return { slack, dts, env, ...cornerOf(slack) }
}

async function memory({ engine }: Way): Promise<Record<string, string>> {
  if (engine === 'postgres') {
    const database = await testDatabase()
    onTestFinished(() => database.drop())
    return { DATABASE_URL: database.url }
  }
  const folder = await mkdtemp(join(tmpdir(), 'dts-story-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { DATA_DIR: folder }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The same for somebody else, in another channel. `where` is a region to name in the command. */
export function cornerOf(
  slack: PretendSlack,
  { person = ANN, channel = CHANNEL, where = '' } = {},
): Corner {
  const { ws, people } = slack
  const cards = (): Message[] => ws.messages.filter((m) => m.channel === channel && !m.threadTs)
  const card = (): Message => {
    const [one, ...more] = cards()
    if (!one || more.length > 0) throw new Error(`${cards().length} cards in the channel`)
    return one
  }
  const form = (words: RegExp): Promise<string> =>
    slack.waitFor(
      () => {
        const open = ws.topView(person)
        const shown = open && text(open.view)
        return shown && words.test(shown) && shown
      },
      `the form to say ${words}; it says ${text(ws.topView(person)?.view ?? { blocks: [] })}`,
    )
  const ask = async (jobId: string, reason = 'quarterly move'): Promise<Message> => {
    await acknowledged(people.command(person, channel, `/dts start ${jobId} ${where}`))
    await form(/Why\?/)
    people.fill(person, 'dts_reason', reason)
    await acknowledged(people.submit(person))
    return slack.waitFor(() => cards()[0], 'the card')
  }
  return {
    card,
    form,
    ask,
    approve: async (jobId: string): Promise<void> => {
      await acknowledged(people.click(BO, await ask(jobId), 'dts_approve'))
    },
    cardSays: (words: RegExp): Promise<Message> =>
      slack.waitFor(() => cards().find((one) => words.test(text(one))), `the card to say ${words}`),
    threadSays: (words: RegExp): Promise<Message> =>
      slack.waitFor(
        () => ws.messages.find((m) => m.channel === channel && m.threadTs && words.test(text(m))),
        `the thread to say ${words}`,
      ),
    privately: (user: string, words: RegExp): Promise<string> =>
      slack.waitFor(
        () =>
          ws.ephemerals
            .filter((m) => m.user === user)
            .map((m) => text(m))
            .find((t) => words.test(t)),
        `${user} to be told ${words}`,
      ),
  }
}

/** How many requests to start this job DTS received, whatever it answered. */
export function startsSent({ requests }: PretendDts, job: string): number {
  return requests.filter((one) => one.action === 'StartMigrateJob' && one.jobId === job).length
}

/** The bot as a process of its own, for the length of a test; resolves when it is up. */
export async function spawnBot(
  env: Record<string, string>,
  script?: string,
  through?: string[],
): Promise<BotProcess> {
  const bot = startBotProcess(env, script, through)
  onTestFinished(() => bot.kill())
  await bot.up
  return bot
}
