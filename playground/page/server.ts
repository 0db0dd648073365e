import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pageFile } from './files.ts'
import { type Reach, forward } from './forward.ts'
import { intruder } from './guard.ts'
import { createLive } from './live.ts'

const LONGEST_BODY = 100_000
const TOO_LONG = `At most ${LONGEST_BODY} bytes can be sent at once.`

/** Listens on the port; 0 is any free one. Throws EADDRINUSE. */
export async function listen(port: number): Promise<Server> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Serves the page of this world: its files, `GET /api/live`, `GET /api/facts`, and what `forward` takes. */
export function servePage(server: Server, reach: Reach): { url: string; close(): Promise<void> } {
  const { port } = server.address() as AddressInfo
  const live = createLive(reach.slackUrl, reach.dtsUrl, reach.bot)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const why = intruder(request)
    if (why) return json(response, 403, { error: why })
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    switch (`${request.method} ${pathname}`) {
      case 'GET /api/live':
        return live.join(response)
      case 'GET /api/facts':
        return json(response, 200, await facts(reach))
    }
    if (pathname.startsWith('/api/')) return forwarded(pathname.slice(5), request, response)
    if (request.method !== 'GET') return json(response, 405, { error: 'Files can be read only.' })
    await file(response, pathname)
  }

  async function forwarded(path: string, request: IncomingMessage, response: ServerResponse) {
    const sent = await body(request)
    if (sent === undefined) return json(response, 413, { error: TOO_LONG })
    const answered = request.method === 'POST' ? await forward(reach, path, sent) : undefined
    if (!answered) return json(response, 404, { error: 'There is no such call.' })
    response.writeHead(answered.status, JSON_TYPE).end(answered.body)
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const says = error instanceof Error ? error.message : String(error)
      if (response.headersSent) response.destroy()
      else json(response, 500, { error: says })
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      live.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What never changes: the app's manifest and the error codes of DTS. */
async function facts({ slackUrl, dtsUrl }: Reach): Promise<object> {
  const [app, listed] = await Promise.all(
    [`${slackUrl}/_control/app`, `${dtsUrl}/_control/codes`].map(async (url) =>
      (await fetch(url)).json(),
    ),
  )
  const { codes } = listed as { codes: { code: string }[] }
  return { ...(app as object), errorCodes: codes.map(({ code }) => code) }
}

async function file(response: ServerResponse, path: string): Promise<void> {
  const found = await pageFile(path)
  if (!found) return json(response, 404, { error: 'There is no such file.' })
  const policy = found.policy ? { 'content-security-policy': found.policy } : {}
  response.writeHead(200, {
    'content-type': found.type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...policy,
  })
  response.end(found.body)
}

const JSON_TYPE = { 'content-type': 'application/json' }

function json(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(answer))
}

/** Undefined if it is too long. Reads to the end anyway, or the client would miss the answer. */
async function body(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= LONGEST_BODY) chunks.push(chunk)
  }
  return length > LONGEST_BODY ? undefined : Buffer.concat(chunks).toString('utf8')
}
