import type { Server } from 'node:http'
import type { Logger, Receiver } from '@slack/bolt'
import { bolt } from './bolt.ts'
import { guarded } from './http-guard.ts'

export type HttpOptions = { signingSecret: string; port: number; host: string }

/** Receives Slack's signed requests on /slack/events. What is forged, old or too large is refused. */
export function httpReceiver({ signingSecret, port, host }: HttpOptions, logger: Logger): Receiver {
  const receiver = new bolt.HTTPReceiver({
    signingSecret,
    endpoints: '/slack/events',
    logger,
    logLevel: bolt.LogLevel.INFO,
  })
  receiver.requestListener = guarded(receiver.requestListener, signingSecret, logger)
  let server: Server | undefined
  return {
    init: (app) => receiver.init(app),
    start: async () => {
      const timeouts = {
        headersTimeout: REQUEST_MS,
        requestTimeout: REQUEST_MS,
        connectionsCheckingInterval: 1_000,
      }
      server = await receiver.start({ port, host }, timeouts)
      server.maxConnections = MOST_CONNECTIONS
    },
    stop: async () => {
      const hangUp = setTimeout(() => server?.closeAllConnections(), SHUTDOWN_MS)
      await receiver.stop().finally(() => clearTimeout(hangUp))
    },
  }
}

/** Slack waits no longer for an answer. Whoever is still connected then would keep us for minutes. */
const SHUTDOWN_MS = 3_000

/** With what is read of each, at most 100 MB. Slack needs a few. */
const MOST_CONNECTIONS = 500

/** Milliseconds for a whole request to arrive. Slack gives up after three seconds. */
const REQUEST_MS = 10_000
