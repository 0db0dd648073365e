import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PretendDts } from '../../playground/dts/pretend-dts.ts'
import { startDts } from '../../playground/dts/server.ts'
import type { PretendSlack } from '../../playground/workspace/pretend-slack.ts'
import { startSlack } from '../../playground/workspace/server.ts'
import { PREFIX, launch, removeServer, serverUrl, stopServer } from '../support/postgres-server.ts'

export type Engine = 'sqlite' | 'postgres'

/** A pretend Slack, a pretend DTS, a database, and the environment for the bots. */
export type ChaosWorld = {
  slack: PretendSlack
  dts: PretendDts
  env: Record<string, string>
  requesters: [string, ...string[]]
  /** Ends PostgreSQL abruptly, and starts it again after so many milliseconds. Undefined on SQLite. */
  breakDatabase: ((ms: number) => Promise<void>) | undefined
}

export const CHANNEL = 'C0MIGRATE'
/** Members of the group that may approve. */
export const APPROVERS = ['U0BO', 'U0CHEN'] as const

/** Milliseconds. Longer than any answer is late, as the two minutes of production are. */
export const GRACE = 6_000
/** Milliseconds. With what a call may be late at DTS, still less than `GRACE`. */
export const SEND_WITHIN = 2_000

/** Somebody who asks for something else at the same time. */
export function rivalOf(requester: string): string {
  return requester.replace('R', 'S')
}

const REQUESTERS = ['U0R1', 'U0R2', 'U0R3', 'U0R4', 'U0R5', 'U0R6', 'U0R7', 'U0R8', 'U0R9'] as const

export async function openWorld(engine: Engine, opened: AsyncDisposableStack): Promise<ChaosWorld> {
  const slack = await startSlack({ rateLimits: false })
  opened.defer(() => slack.close())
  const channel = slack.ws.channels.get(CHANNEL)
  for (const id of [...REQUESTERS, ...REQUESTERS.map(rivalOf)]) {
    slack.ws.users.set(id, { id, name: id.toLowerCase(), team: 'T0PLAY' })
    channel?.members.add(id)
  }
  const dts = await startDts({
    credentials: [{ secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }],
    jobs: [],
  })
  opened.defer(() => dts.close())
  const database = await openDatabase(engine, opened)
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-playground',
    SLACK_APP_TOKEN: 'xapp-playground',
    SLACK_API_URL: slack.apiUrl,
    TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
    TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
    TENCENTCLOUD_REGION: 'ap-guangzhou',
    DTS_ENDPOINT: dts.url,
    DTS_APPROVERS: 'S0ONCALL',
    ASK_EXPIRES_MINUTES: '0.5',
    WATCH_SECONDS: '0.5',
    LOG_LEVEL: 'info',
    UPDATES_A_MINUTE: '200',
    GRACE: `${GRACE}`,
    SEND_WITHIN: `${SEND_WITHIN}`,
    ...database.env,
  }
  return { slack, dts, env, requesters: [...REQUESTERS], breakDatabase: database.breakIt }
}

type Database = {
  env: Record<string, string>
  breakIt: ChaosWorld['breakDatabase']
}

async function openDatabase(engine: Engine, opened: AsyncDisposableStack): Promise<Database> {
  if (engine === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'dts-chaos-'))
    opened.defer(() => rm(folder, { recursive: true, force: true }))
    return { env: { DATA_DIR: folder }, breakIt: undefined }
  }
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  opened.defer(() => removeServer(folder))
  const url = await serverUrl(folder)
  return {
    env: { DATABASE_URL: url },
    async breakIt(ms) {
      await stopServer(folder)
      await sleep(ms)
      await launch(folder, Number(new URL(url).port))
    },
  }
}
