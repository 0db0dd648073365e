import type { IncomingMessage, Server } from 'node:http'
import type { Logger, Receiver } from '@slack/bolt'
import { bolt } from './bolt.ts'

export type HttpOptions = { signingSecret: string; port: number; host: string }

/**
 * Receives Slack's signed requests on /slack/events. Bolt refuses what is forged (401), more than five
 * minutes old (401) or larger than 4 MB (413), but not what is dated in the future.
 */
export function httpReceiver({ signingSecret, port, host }: HttpOptions, logger: Logger): Receiver {
  const receiver = new bolt.HTTPReceiver({
    signingSecret,
    endpoints: '/slack/events',
    logger,
    logLevel: bolt.LogLevel.INFO,
  })
  const listener = receiver.requestListener
  receiver.requestListener = (request, response) => {
    if (!isAhead(request)) return listener(request, response)
    logger.warn('Request dated in the future: check the clock of this machine')
    response.writeHead(401).end()
  }
  let server: Server | undefined
  return {
    init: (app) => receiver.init(app),
    start: async () => {
      server = await receiver.start({ port, host })
    },
    stop: async () => {
      const hangUp = setTimeout(() => server?.closeAllConnections(), SHUTDOWN_MS)
      await receiver.stop().finally(() => clearTimeout(hangUp))
    },
  }
}

/** Slack waits no longer for an answer. Whoever is still connected then would keep us for minutes. */
const SHUTDOWN_MS = 3_000

/** Seconds, the same as Bolt allows a request to be old. */
const MOST_AHEAD = 5 * 60

function isAhead({ headers }: IncomingMessage): boolean {
  return Number(headers['x-slack-request-timestamp']) > Date.now() / 1000 + MOST_AHEAD
}
