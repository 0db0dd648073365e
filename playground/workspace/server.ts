import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isForLoopback } from '../loopback.ts'
import { readManifest } from './app-manifest.ts'
import { answerControl } from './control.ts'
import { type Transport, httpTransport, socketTransport } from './delivery.ts'
import { createFaults } from './faults.ts'
import { createPeople } from './people.ts'
import type { How, PretendSlack } from './pretend-slack.ts'
import { createRateLimits } from './rate-limits.ts'
import { createResponseUrls } from './response-url.ts'
import { seedWorkspace } from './seed.ts'
import { createSockets } from './sockets.ts'
import { createTriggers } from './triggers.ts'
import { waitFor } from './wait-for.ts'
import { answerApi } from './web-api.ts'

export type SlackOptions = {
  /** A YAML file; the bot's own by default. */
  manifest?: string | undefined
  delivery?: How
  /** Off for tests, which are faster than people. */
  rateLimits?: boolean
  /** Slack gives three seconds for an acknowledgement and for opening a form; slow machines need more. */
  patienceMs?: number
  /** How long `waitFor` waits by default. */
  waitMs?: number
}

export async function startSlack(options: SlackOptions = {}): Promise<PretendSlack> {
  const ws = seedWorkspace(await readManifest(options.manifest))
  const closing = new AbortController()
  const sockets = createSockets(ws)
  const triggers = createTriggers(ws, options.patienceMs)
  const faults = createFaults()
  const rateLimits = createRateLimits(ws, options.rateLimits ?? true)
  const ackMs = options.patienceMs ?? 3_000
  let transport: Transport = socketTransport(sockets, ackMs)

  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const responseUrls = createResponseUrls(ws, faults, () => url)
  const send: Transport['send'] = (delivery) => transport.send(delivery)
  const people = createPeople({ ws, triggers, responseUrls }, send)
  const socketUrl = (): string => url.replace('http', 'ws') + sockets.ticket()
  const slack: PretendSlack = {
    url,
    apiUrl: `${url}/api/`,
    ws,
    people,
    faults,
    setDelivery(how) {
      transport =
        how.mode === 'http' ? httpTransport(how.url, ackMs) : socketTransport(sockets, ackMs)
    },
    connections: () => sockets.open().length,
    allowSockets: (most) => sockets.allow(most),
    disconnectSockets: (reason) => sockets.disconnect(reason),
    dropSockets: () => sockets.drop(),
    refreshSocket: () => sockets.refresh(),
    waitFor: (look, what, timeoutMs = options.waitMs) => waitFor(ws, look, what, timeoutMs),
    async close() {
      closing.abort()
      sockets.drop()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  if (options.delivery) slack.setDelivery(options.delivery)

  const api = { ws, triggers, socketUrl, faults, rateLimits, signal: closing.signal }
  server.on('request', (request, response) => {
    const handle = async (): Promise<void> => {
      if (!isForLoopback(request)) {
        response.writeHead(403, { connection: 'close' }).end('only this machine may ask here')
        return
      }
      const [path = ''] = (request.url ?? '').split('?')
      const body = await read(request)
      if (path.startsWith('/api/')) {
        await answerApi(api, path.slice('/api/'.length), request, body, response)
      } else if (path.startsWith('/response/')) {
        const { status, text } = responseUrls.use(path.slice('/response/'.length), body)
        response.writeHead(status).end(text)
      } else if (request.headers.origin !== undefined) {
        response.writeHead(403).end('no web page may ask here')
      } else if (path.startsWith('/_control/')) {
        await answerControl(slack, path.slice('/_control/'.length), body, response)
      } else {
        response.writeHead(404).end('nothing here')
      }
    }
    handle().catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(error instanceof Error ? error.message : 'fault')
    })
  })
  server.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head))
  return slack
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
