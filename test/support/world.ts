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
import { type BotProcess, startBotProcess } from './bot-process.ts'
import { type Person, personIn } from './person.ts'
import { testDatabase } from './postgres.ts'

export const ANN = 'U0ANN'
export const BO = 'U0BO'
export const CHANNEL = 'C0MIGRATE'
export const REGION = 'ap-guangzhou'
export const JOB = 'dts-1kl0iy0v'

/** `version`: the only one that knows the jobs of the test, where it does not say otherwise. */
export type Way = {
  mode: 'socket' | 'http'
  engine: 'sqlite' | 'postgres'
  version?: '2018-03-30' | '2021-12-06'
}

/** The ways in which every story must come out the same. */
export const WAYS = [
  { mode: 'socket', engine: 'sqlite', version: '2018-03-30' },
  { mode: 'http', engine: 'sqlite', version: '2021-12-06' },
  { mode: 'socket', engine: 'postgres', version: '2018-03-30' },
  { mode: 'http', engine: 'postgres', version: '2021-12-06' },
] as const satisfies Way[]

/** Each mode, engine and version once, for stories about what none of them decides. */
export const EACH_ONCE = [WAYS[0], WAYS[3]]

/** A pretend Slack, a pretend DTS and the real bot between them, for the length of a test. */
export type World = Channel &
  ReturnType<typeof peopleIn> & {
    slack: PretendSlack
    dts: PretendDts
    bot: Bot
    logs: string[]
    env: Record<string, string>
  }

/** What a channel shows, and what Ann asks there. */
export type Channel = {
  /** The only card. */
  card: () => Message
  cardSays: (words: RegExp) => Promise<Message>
  threadSays: (words: RegExp) => Promise<Message>
  /** Ann asks for a start; resolves with the card. */
  ask: Person['asks']
  /** Ann asks, Bo approves. */
  approve: (jobId: string) => Promise<void>
  /** The form that Ann has open, once it says this. */
  form: Person['formSays']
  privately: (user: string, words: RegExp) => Promise<string>
}

/** Milliseconds: for how long Slack, and who waits for something in it, put up with slowness. */
type Patience = { patienceMs: number; waitMs: number }

type Tuned = Omit<Tuning, 'rules'> & {
  env?: Record<string, string>
  rules?: Partial<typeof RULES>
  patience?: Patience
}

export async function startWorld(
  way: Way,
  { env = {}, rules = {}, patience, ...tuning }: Tuned = {},
): Promise<World> {
  const world = await startPretendWorld(way, env, patience)
  const logs: string[] = []
  const log = pino({ level: 'info', base: null }, { write: (line: string) => logs.push(line) })
  const bot = await startBot(readConfig(world.env), log, {
    ...tuning,
    rules: { ...RULES, ...rules },
  })
  onTestFinished(() => bot.stop())
  return { ...world, bot, logs }
}

/** The world without the bot, and the environment that leads the bot into it. */
export async function startPretendWorld(
  way: Way,
  extra: Record<string, string> = {},
  patience: Patience = { patienceMs: 12_000, waitMs: 15_000 },
) {
  const slack = await startSlack({ rateLimits: false, ...patience })
  onTestFinished(async () => {
    await slack.close()
    expect(slack.ws.refusals).toEqual([])
  })
  const pretend = await startDts({
    credentials: [{ secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }],
    jobs: [],
  })
  onTestFinished(() => pretend.close())
  const dts = way.version ? knowing(pretend, way.version) : pretend

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
  return { slack, dts, env, ...channelOf(slack), ...peopleIn(slack) }
}

/** Only this version knows the jobs that are added without a word about it. */
function knowing(dts: PretendDts, version: NonNullable<Way['version']>): PretendDts {
  const addJob: PretendDts['addJob'] = (spec) => dts.addJob({ knownTo: [version], ...spec })
  return Object.assign(Object.create(dts) as PretendDts, { addJob })
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
export function channelOf(
  slack: PretendSlack,
  { person = ANN, channel = CHANNEL, where = '' } = {},
): Channel {
  const { ws } = slack
  const asker = personIn(slack, channel, person, where)
  const cards = (): Message[] => ws.messages.filter((m) => m.channel === channel && !m.threadTs)
  return {
    card() {
      const [one, ...more] = cards()
      if (!one || more.length > 0) throw new Error(`${cards().length} cards in the channel`)
      return one
    },
    cardSays: (words) =>
      slack.waitFor(() => cards().find((one) => words.test(text(one))), `the card to say ${words}`),
    threadSays: (words) =>
      slack.waitFor(
        () => ws.messages.find((m) => m.channel === channel && m.threadTs && words.test(text(m))),
        `the thread to say ${words}`,
      ),
    ask: (job, reason) => asker.asks(job, reason),
    form: (words) => asker.formSays(words),
    async approve(job) {
      await personIn(slack, channel, BO).approves(await asker.asks(job))
    },
    privately: (user, words) => personIn(slack, channel, user).isTold(words),
  }
}

/** The people of the workspace, in one channel. Bo and Chen are on call, Dee is not. */
export function peopleIn(slack: PretendSlack, channel = CHANNEL) {
  const person = (id: string): Person => personIn(slack, channel, id)
  return {
    ann: person(ANN),
    bo: person(BO),
    chen: person('U0CHEN'),
    dee: person('U0DEE'),
    /** A guest, on call. */
    gil: person('U0GIL'),
    /** Of another workspace. */
    fay: person('U0FAY'),
  }
}

/** How the bot looks at one job, in either version. */
export const LOOKS = ['DescribeMigrateJobs', 'DescribeMigrationDetail']

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
