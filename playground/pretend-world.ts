import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BotProcess, createBot } from './bot-process.ts'
import { startService } from './processes.ts'

/** A pretend Slack, a pretend DTS and the real bot: three processes that talk over loopback. */
export type PretendWorld = {
  slackUrl: string
  dtsUrl: string
  bot: BotProcess
  stop(): Promise<void>
}

/** `speed`: how fast time goes in the pretend DTS. `manifest`: of the app, if not the bot's own. */
export async function startWorld(speed: number, manifest?: string): Promise<PretendWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'dts-playground-'))
  const [slack, dts] = await Promise.all([
    startService('workspace/main.ts', manifest ? ['--manifest', manifest] : []),
    startService('dts/main.ts', ['--speed', String(speed)]),
  ])
  const bot = createBot({
    SLACK_BOT_TOKEN: 'xoxb-playground',
    SLACK_APP_TOKEN: 'xapp-playground',
    SLACK_API_URL: `${slack.url}/api/`,
    TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
    TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
    TENCENTCLOUD_REGION: 'ap-guangzhou',
    DTS_ENDPOINT: dts.url,
    DTS_APPROVERS: 'S0ONCALL',
    DATA_DIR: folder,
    WATCH_SECONDS: '1',
  })
  const stop = async (): Promise<void> => {
    await bot.stop()
    await Promise.all([slack.stop(), dts.stop()])
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await bot.start()
  } catch (error) {
    await stop()
    throw error
  }
  return { slackUrl: slack.url, dtsUrl: dts.url, bot, stop }
}
