/*
 * The least that takes `/dts` over HTTP: Bolt, and an acknowledgement. It asks Slack nothing, and it is
 * JavaScript, as most apps are. `start.ts` runs it beside the bot: `node bare-app.js PORT SECRET`.
 */
import { App } from '@slack/bolt'

const [port, signingSecret] = process.argv.slice(2)
const authorize = async () => ({ botToken: 'xoxb-bare', botId: 'B0BARE', botUserId: 'U0BARE' })
const app = new App({ signingSecret, authorize })
app.command('/dts', async ({ ack }) => ack())
await app.start(Number(port))
