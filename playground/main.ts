/**
 * The bot in a pretend world: a pretend Slack, a pretend DTS and the real bot, three processes that
 * talk only over HTTP and WebSocket. Plays one migration; stays up unless `--story` is given.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess, stopAll } from './processes.ts'
import { tellStory } from './story.ts'

const onlyStory = process.argv.includes('--story')
const folder = await mkdtemp(join(tmpdir(), 'dts-playground-'))
const leave = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave.abort())

try {
  const slackUrl = await startProcess('workspace/main.ts', [], {}, /http:\S+/)
  const dtsUrl = await startProcess('dts/main.ts', ['--speed', '30'], {}, /http:\S+/)
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-playground',
    SLACK_APP_TOKEN: 'xapp-playground',
    SLACK_API_URL: `${slackUrl}/api/`,
    TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
    TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
    TENCENTCLOUD_REGION: 'ap-guangzhou',
    DTS_ENDPOINT: dtsUrl,
    DTS_APPROVERS: 'S0ONCALL',
    DATA_DIR: folder,
    WATCH_SECONDS: '1',
  }
  await startProcess('../src/main.ts', [], env, /the bot is up/)
  await tellStory(slackUrl, dtsUrl)
  if (!onlyStory && !leave.signal.aborted) {
    console.log('\nThe pretend Slack, the pretend DTS and the bot stay up. Ctrl+C ends them.')
    console.log(`  Slack ${slackUrl}\n  DTS   ${dtsUrl}`)
    const alive = setInterval(() => {}, 60_000)
    await new Promise((resolve) => leave.signal.addEventListener('abort', resolve))
    clearInterval(alive)
  }
} finally {
  await stopAll()
  await rm(folder, { recursive: true, force: true })
}
