import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type Heard = { headers: IncomingMessage['headers']; body: string; path: string }

type Answering = (response: ServerResponse, heard: Heard, socket: Socket) => void

/** A server on loopback that answers with `answering` and records every request. */
export async function answeringServer(answering: Answering) {
  const heard: Heard[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const one = { headers: request.headers, body, path: `${request.method} ${request.url}` }
      heard.push(one)
      answering(response, one, request.socket)
    })
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    heard,
    sockets,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers with JSON, as DTS does for whatever it understood. */
export function answer(response: ServerResponse, content: unknown, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(typeof content === 'string' ? content : JSON.stringify(content))
}
