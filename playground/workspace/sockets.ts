import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { isForLoopback } from '../loopback.ts'
import { APP, type Workspace } from './workspace.ts'

/** The Socket Mode connections of the app. */
export type Sockets = {
  open(): WebSocket[]
  /** The path of a connection that can be opened once. */
  ticket(): string
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The acknowledgement of an envelope, from any connection; `forget` it when it is late. */
  await(envelopeId: string): { acknowledged: Promise<unknown>; forget: () => void }
  drop(): void
  /** Slack's routine renewal of the oldest connection. */
  refresh(): void
  /** Asks every connection to go, for this reason. */
  disconnect(reason: string): void
  /** How many there may be from now on: ten at first. More are turned away before the hello. */
  allow(most: number): void
}

const PING_MS = 10_000

export function createSockets(ws: Workspace): Sockets {
  let most = 10
  const connections = new Set<WebSocket>()
  /** Connections that Slack has asked to go: payloads go to the others. */
  const leaving = new WeakSet<WebSocket>()
  const tickets = new Set<string>()
  const waiting = new Set<{ id: string; resolve: (payload: unknown) => void }>()
  const server = new WebSocketServer({ noServer: true })

  const settle = (id: string, payload: unknown): void => {
    const first = [...waiting].find((one) => one.id === id)
    if (!first) return
    waiting.delete(first)
    first.resolve(payload)
  }
  const hear = (data: Buffer): void => {
    const read = acknowledgement.safeParse(json(data))
    if (read.success) settle(read.data.envelope_id, read.data.payload)
    else ws.refuse('a message of the app', [z.prettifyError(read.error)])
    ws.changed()
  }
  const dismiss = (connection: WebSocket, reason: string): void => {
    leaving.add(connection)
    connection.send(JSON.stringify({ type: 'disconnect', reason }))
  }
  const welcome = (connection: WebSocket): void => {
    connection.on('error', () => connection.terminate())
    if (connections.size >= most) {
      dismiss(connection, 'too_many_websockets')
      return connection.close()
    }
    connections.add(connection)
    // One for each envelope that waits for its acknowledgement.
    connection.setMaxListeners(0)
    const ping = setInterval(() => connection.ping(), PING_MS)
    connection.on('close', () => {
      clearInterval(ping)
      connections.delete(connection)
      ws.changed()
    })
    connection.on('message', hear)
    const info = { num_connections: connections.size, connection_info: { app_id: APP } }
    connection.send(JSON.stringify({ type: 'hello', ...info }))
    ws.changed()
  }

  return {
    open: () =>
      [...connections].filter(
        (socket) => socket.readyState === socket.OPEN && !leaving.has(socket),
      ),
    ticket() {
      const ticket = randomUUID()
      tickets.add(ticket)
      return `/link?ticket=${ticket}`
    },
    accept(request, socket, head) {
      socket.on('error', () => socket.destroy())
      if (!isForLoopback(request)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return
      }
      const [, ticket = ''] = (request.url ?? '').split('?ticket=')
      if (tickets.delete(ticket)) server.handleUpgrade(request, socket, head, welcome)
      else socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
    },
    await(id) {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      const one = { id, resolve }
      waiting.add(one)
      return { acknowledged: promise, forget: () => void waiting.delete(one) }
    },
    drop: () => server.clients.forEach((socket) => socket.terminate()),
    refresh() {
      const [oldest] = [...connections].filter((socket) => !leaving.has(socket))
      if (oldest) dismiss(oldest, 'refresh_requested')
    },
    disconnect: (reason) => connections.forEach((socket) => dismiss(socket, reason)),
    allow: (count) => void (most = count),
  }
}

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() })

function json(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return undefined
  }
}
