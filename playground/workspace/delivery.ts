import { createHmac } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Delivery, Json } from './workspace.ts'

export const SIGNING_SECRET = 'playground-signing-secret'

export type Kind = Delivery['kind']

/** One way for what people do to reach the bot. Rejects when the bot does not answer in time. */
export type Transport = {
  send(kind: Kind, payload: Json, id: string): Promise<unknown>
}

/** Socket Mode: any of the open connections gets the envelope, in turn. */
export function socketTransport(sockets: Set<WebSocket>, ackMs: () => number): Transport {
  let turn = 0
  return {
    async send(kind, payload, id) {
      const open = [...sockets].filter((socket) => socket.readyState === socket.OPEN)
      const socket = open[turn++ % open.length]
      if (!socket) throw new Error('the app is not connected')
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      const timer = setTimeout(() => reject(new Error('the app did not respond')), ackMs())
      const listen = (data: unknown): void => {
        const answer = JSON.parse(String(data)) as { envelope_id?: string; payload?: unknown }
        if (answer.envelope_id === id) resolve(answer.payload)
      }
      socket.on('message', listen)
      const acceptsResponse = kind !== 'events_api'
      const envelope = { envelope_id: id, type: kind, accepts_response_payload: acceptsResponse }
      socket.send(JSON.stringify({ ...envelope, payload }))
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        socket.off('message', listen)
      }
    },
  }
}

/** Signed HTTP requests, as Slack sends them. */
export function httpTransport(url: string, ackMs: () => number): Transport {
  return {
    async send(kind, payload) {
      const form = kind === 'slash_commands' ? payload : { payload: JSON.stringify(payload) }
      const body = new URLSearchParams(form as Record<string, string>).toString()
      const timestamp = String(Math.floor(Date.now() / 1000))
      const signature = createHmac('sha256', SIGNING_SECRET)
        .update(`v0:${timestamp}:${body}`)
        .digest('hex')
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
        body,
        signal: AbortSignal.timeout(ackMs()),
      }).catch(lost)
      const text = await response.text().catch(lost)
      if (!response.ok) throw new Error(`the app answered ${response.status}`)
      const isJson = response.headers.get('content-type')?.includes('json')
      return isJson && text ? JSON.parse(text) : text || undefined
    },
  }
}

function lost(error: unknown): never {
  const late = error instanceof Error && error.name === 'TimeoutError'
  throw new Error(late ? 'the app did not respond' : 'the app is not connected', { cause: error })
}
