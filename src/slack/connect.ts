import type { App, Logger as BoltLogger, Receiver, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { bolt } from './bolt.ts'
import { boltLogger } from './bolt-logger.ts'
import { answerOf } from './errors.ts'
import type { HttpOptions } from './http.ts'

/** Socket Mode with an app-level token, or HTTP with a signing secret. */
export type SlackOptions = {
  botToken: string
  apiUrl: string | undefined
} & ({ mode: 'socket'; appToken: string } | ({ mode: 'http' } & HttpOptions))

export type SlackConnection = {
  app: App
  /** For what the bot says by itself: never retries, hands 429s to the caller. */
  client: webApi.WebClient
  teamId: string
  /** Begins to hear people. Throws SlackError. */
  listen(): Promise<void>
  stop(): Promise<void>
  /** Rejects with SlackError when Slack will never let us hear people again. */
  failed: Promise<never>
}

/** Slack cannot be used. Its message is a sentence that an operator can act on. */
export class SlackError extends Error {
  override name = 'SlackError' as const
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

/** Proves the token and makes the Bolt app. Hears nobody until `listen`. Throws SlackError. */
export async function connectSlack(options: SlackOptions, log: Logger): Promise<SlackConnection> {
  const failure = Promise.withResolvers<never>()
  // Whoever waits for it hears of it; nobody has to.
  failure.promise.catch(() => {})
  const logger = boltLogger(log)
  const receivers = await receiversFor(options, { log, logger }, failure.reject)
  const [receiver] = receivers
  if (!receiver) throw new Error('no receiver')

  const client = new bolt.webApi.WebClient(options.botToken, { ...clientOptions(options), logger })
  const { teamId, botId, botUserId } = await prove(client, log)
  const app = new bolt.App({
    token: options.botToken,
    botId,
    botUserId,
    receiver,
    clientOptions: clientOptions(options),
    convoStore: false,
    logger,
    logLevel: bolt.LogLevel.INFO,
  })
  for (const other of receivers.slice(1)) other.init(app)
  return {
    app,
    client,
    teamId,
    failed: failure.promise,
    async listen() {
      try {
        await Promise.all(receivers.map((one) => one.start()))
      } catch (error) {
        throw new SlackError(cannotListen(options, error), { cause: error })
      }
    },
    async stop() {
      // A receiver that never started refuses to stop.
      await Promise.allSettled(receivers.map((one) => one.stop()))
    },
  }
}

async function receiversFor(
  options: SlackOptions,
  { log, logger }: { log: Logger; logger: BoltLogger },
  fail: (error: SlackError) => void,
): Promise<Receiver[]> {
  if (options.mode === 'http') {
    const { httpReceiver } = await import('./http.ts')
    return [httpReceiver(options, logger)]
  }
  const { socketReceivers } = await import('./sockets.ts')
  const onTokenRefused = (error: unknown): void =>
    fail(new SlackError(appTokenRefused(error), { cause: error }))
  const { appToken } = options
  return socketReceivers({ appToken, apiOptions: apiUrl(options), logger, log, onTokenRefused })
}

/** A retried `chat.postMessage` is a second message, so nothing is retried behind our back. */
function clientOptions(options: SlackOptions): webApi.WebClientOptions {
  return {
    ...apiUrl(options),
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
  }
}

function apiUrl({ apiUrl: slackApiUrl }: SlackOptions): webApi.WebClientOptions {
  return slackApiUrl ? { slackApiUrl } : {}
}

/** Slack's ids of whom the token belongs to. */
type Proved = { teamId: string; botId: string; botUserId: string }

async function prove(client: webApi.WebClient, log: Logger): Promise<Proved> {
  try {
    const answer = await client.auth.test()
    const { team_id: teamId, bot_id: botId, user_id: botUserId } = answer
    const scopes = answer.response_metadata?.scopes
    const missing = SCOPES.filter((scope) => scopes && !scopes.includes(scope))
    if (missing.length > 0) {
      log.warn({ missing }, 'Slack app lacks scopes, reinstall it from manifest.yml')
    }
    if (!teamId || !botId || !botUserId) throw new Error('auth.test did not say whose token it is')
    return { teamId, botId, botUserId }
  } catch (error) {
    throw new SlackError(
      error instanceof bolt.webApi.WebAPIPlatformError
        ? `Slack does not accept SLACK_BOT_TOKEN: ${reason(error)}. ` +
            'Copy the bot token from the Slack app’s page "OAuth & Permissions".'
        : `Cannot reach Slack: ${reason(error)}. Check the network and SLACK_API_URL.`,
      { cause: error },
    )
  }
}

function cannotListen({ mode }: SlackOptions, error: unknown): string {
  const isAnswer = mode === 'socket' && error instanceof bolt.webApi.WebAPIPlatformError
  return isAnswer ? appTokenRefused(error) : `Cannot listen to Slack: ${reason(error)}`
}

function appTokenRefused(error: unknown): string {
  return (
    `Slack does not accept SLACK_APP_TOKEN: ${answerOf(error)}. Copy or make an app-level token ` +
    'with the scope connections:write on the Slack app’s page "Basic Information".'
  )
}

function reason(error: unknown): string {
  if (error instanceof bolt.webApi.WebAPIPlatformError) return error.data.error
  return error instanceof Error ? error.message : String(error)
}
