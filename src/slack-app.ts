import { App, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt'
import type { Logger as BoltLogger, Receiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { CannotStart } from './cannot-start.ts'
import type { SlackConfig } from './config.ts'
import { httpReceiver } from './slack-http.ts'

export type SlackApp = {
  app: App
  /** For what the bot says by itself: never retries, hands 429s to the caller. */
  client: webApi.WebClient
  teamId: string
  listen(): Promise<void>
  stop(): Promise<void>
}

/** Scopes without which something that people rely on does not work; see manifest.yml. */
export const SCOPES = [
  'chat:write',
  'commands',
  'users:read',
  'usergroups:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
]

/** Makes the Bolt app and proves its token. Throws `CannotStart`. Hears nobody until `listen`. */
export async function connectSlack(config: SlackConfig, log: Logger): Promise<SlackApp> {
  const logger = boltLogger(log)
  const receivers =
    config.mode === 'socket' ? sockets(config, logger) : [httpReceiver(config, logger)]
  const [receiver] = receivers
  if (!receiver) throw new Error('no receiver')

  const app = new App({
    token: config.botToken,
    receiver,
    clientOptions: clientOptions(config),
    deferInitialization: true,
    convoStore: false,
    logger,
    logLevel: LogLevel.INFO,
  })
  const client = new webApi.WebClient(config.botToken, { ...clientOptions(config), logger })
  const teamId = await prove(app, client, log)
  for (const other of receivers.slice(1)) other.init(app)
  return {
    app,
    client,
    teamId,
    async listen() {
      try {
        await Promise.all(receivers.map((one) => one.start()))
      } catch (error) {
        throw new CannotStart(`Cannot listen to Slack: ${reason(error)}`, { cause: error })
      }
    },
    async stop() {
      // A receiver that never started refuses to stop.
      await Promise.allSettled(receivers.map((one) => one.stop()))
    },
  }
}

/**
 * Two connections: Slack renews each of them every few hours, and while one reconnects (5 s) what
 * people do would be lost. Each needs retries of its own, endless ones, and an object of its own,
 * because Bolt writes into it.
 */
function sockets(config: SlackConfig & { mode: 'socket' }, logger: BoltLogger): Receiver[] {
  return [1, 2].map(
    () =>
      new SocketModeReceiver({
        appToken: config.appToken,
        logger,
        logLevel: LogLevel.INFO,
        installerOptions: { clientOptions: apiUrl(config) },
      }),
  )
}

/** A retried `chat.postMessage` is a second message, so nothing is retried behind our back. */
function clientOptions(config: SlackConfig): webApi.WebClientOptions {
  return {
    ...apiUrl(config),
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
  }
}

function apiUrl({ apiUrl: slackApiUrl }: SlackConfig): webApi.WebClientOptions {
  return slackApiUrl ? { slackApiUrl } : {}
}

async function prove(app: App, client: webApi.WebClient, log: Logger): Promise<string> {
  try {
    await app.init()
    const { team_id: teamId, response_metadata: metadata } = await client.auth.test()
    const missing = SCOPES.filter((scope) => metadata?.scopes && !metadata.scopes.includes(scope))
    if (missing.length > 0) {
      log.warn({ missing }, 'the Slack app lacks scopes: reinstall it from manifest.yml')
    }
    if (!teamId) throw new Error('auth.test did not say which workspace this is')
    return teamId
  } catch (error) {
    throw new CannotStart(
      error instanceof webApi.WebAPIPlatformError
        ? `Slack does not accept SLACK_BOT_TOKEN: ${reason(error)}. ` +
            'Copy the bot token from the Slack app’s page "OAuth & Permissions".'
        : `Cannot reach Slack: ${reason(error)}. Check the network and SLACK_API_URL.`,
      { cause: error },
    )
  }
}

function reason(error: unknown): string {
  if (error instanceof webApi.WebAPIPlatformError) return error.data.error
  return error instanceof Error ? error.message : String(error)
}

/** Bolt's debug lines hold whole payloads and one-time URLs, so they go nowhere. */
function boltLogger(log: Logger): BoltLogger {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]): void => {
      const err = parts.find((part) => part instanceof Error)
      const words = parts.filter((part) => typeof part === 'string').join(' ')
      log[level](err ? { err } : {}, words || 'Slack')
    }
  return {
    debug: () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  }
}
