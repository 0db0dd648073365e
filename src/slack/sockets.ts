import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger as BoltLogger, Receiver, SocketModeReceiver, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { bolt } from './bolt.ts'
import { errorName } from './errors.ts'

type Options = {
  appToken: string
  apiOptions: webApi.WebClientOptions
  logger: BoltLogger
  log: Logger
  /** Called at most once for each connection: Slack no longer accepts the app token. */
  onTokenRefused: (error: unknown) => void
}

/**
 * Two connections: Slack renews each of them every few hours, and while one reconnects (5 s) what
 * people do would be lost.
 */
export function socketReceivers(options: Options): Receiver[] {
  return [1, 2].map(() => socketReceiver(options))
}

function socketReceiver({ appToken, apiOptions, logger, log, onTokenRefused }: Options): Receiver {
  const receiver = new bolt.SocketModeReceiver({
    appToken,
    logger,
    logLevel: bolt.LogLevel.INFO,
    // Bolt would retry a revoked token for ever, and end the process when a retry is refused.
    autoReconnectEnabled: false,
    // An object of its own, because Bolt writes into it.
    installerOptions: { clientOptions: { ...apiOptions, retryConfig: { retries: 0 }, timeout } },
  })
  const { client } = receiver
  logDisconnects(client, log)
  let isConnecting = false
  let isStopping = false

  /** Resolves when connected. Throws when Slack refuses the token. */
  const connect = async (): Promise<void> => {
    isConnecting = true
    while (!isStopping) {
      try {
        await client.start()
        break
      } catch (error) {
        if (isAppTokenRefused(error)) throw error
        log.warn({ err: error }, 'Slack connection failed, retrying')
        await sleep(RETRY_MS)
      }
    }
    isConnecting = false
    if (isStopping) await receiver.stop()
  }
  client.on('disconnected', () => {
    if (isConnecting || isStopping) return
    isConnecting = true
    sleep(RETRY_MS).then(connect).catch(onTokenRefused)
  })

  return {
    init: (app) => receiver.init(app),
    start: connect,
    async stop() {
      isStopping = true
      await receiver.stop()
    },
  }
}

const timeout = 10_000
const RETRY_MS = 5_000

/** What `apps.connections.open` answers to a token that will not be accepted again. */
export function isAppTokenRefused(error: unknown): boolean {
  return REFUSED.includes(errorName(error) ?? '')
}

const REFUSED = [
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]

/** Routine renewals say nothing. Anything else keeps the bot from hearing people. */
function logDisconnects(client: SocketModeReceiver['client'], log: Logger): void {
  client.on('ws_message', (data: unknown) => {
    const reason = typeof data === 'string' ? disconnectReason(data) : undefined
    if (reason && !ROUTINE.includes(reason)) {
      log.error({ reason }, ADVICE[reason] ?? 'Slack closed the connection')
    }
  })
}

const ROUTINE = ['refresh_requested', 'warning']

const ADVICE: Record<string, string> = {
  too_many_websockets:
    'Slack allows no more connections for SLACK_APP_TOKEN: stop other processes that use it. Retrying',
  link_disabled: 'Socket Mode is turned off in the settings of the Slack app. Retrying',
}

function disconnectReason(message: string): string | undefined {
  const match = /"type"\s*:\s*"disconnect"/.test(message)
    ? /"reason"\s*:\s*"(\w{1,40})"/.exec(message)
    : null
  return match?.[1]
}
