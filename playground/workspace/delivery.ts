import { createHmac } from 'node:crypto'
import type { Sockets } from './sockets.ts'
import type { Delivery } from './records.ts'

export const SIGNING_SECRET = 'playground-signing-secret'

/** A way to deliver payloads to the app. Throws `Unacknowledged`. */
export type Transport = {
  send(delivery: Pick<Delivery, 'id' | 'kind' | 'payload' | 'retry'>): Promise<unknown>
}

/** `message` is for people who develop the app; `reason` is what Slack sends with a retry. */
export class Unacknowledged extends Error {
  override name = 'Unacknowledged' as const
  readonly reason: string

  constructor(message: string, reason: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

/** Socket Mode: any of the open connections gets the envelope, in turn. */
export function socketTransport(sockets: Sockets, ackMs: number): Transport {
  let turn = 0
  return {
    async send({ id, kind, payload, retry }) {
      const open = sockets.open()
      const socket = open[turn++ % open.length]
      if (!socket) throw new Unacknowledged('the app is not connected', 'connection_failed')
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(silent('timeout')), ackMs)
      // While another connection of the app is open, the answer may come on that one.
      const lost = (): void => {
        if (sockets.open().length > 0) return
        late.reject(new Unacknowledged('the app is no longer connected', 'connection_failed'))
      }
      socket.once('close', lost)
      const { acknowledged, forget } = sockets.await(id)
      try {
        const isEvent = kind === 'events_api'
        const again = { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' }
        const envelope = { envelope_id: id, type: kind, accepts_response_payload: !isEvent }
        socket.send(JSON.stringify({ ...envelope, ...(isEvent ? again : {}), payload }))
        return await Promise.race([acknowledged, late.promise])
      } finally {
        clearTimeout(timer)
        socket.off('close', lost)
        forget()
      }
    },
  }
}

/** Signed HTTP requests, as Slack sends them. */
export function httpTransport(url: string, ackMs: number): Transport {
  /** In seconds. What is delivered again is signed anew, a second later at the earliest. */
  const signedAt = new Map<string, number>()
  return {
    async send({ id, kind, payload, retry }) {
      const body = bodyOf(kind, payload)
      const timestamp = Math.max(Math.floor(Date.now() / 1000), (signedAt.get(id) ?? 0) + 1)
      signedAt.set(id, timestamp)
      const signature = createHmac('sha256', SIGNING_SECRET)
        .update(`v0:${timestamp}:${body}`)
        .digest('hex')
      const form = 'application/x-www-form-urlencoded'
      const again = {
        'x-slack-retry-num': `${retry?.num}`,
        'x-slack-retry-reason': `${retry?.reason}`,
      }
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': kind === 'events_api' ? 'application/json' : form,
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': `v0=${signature}`,
          ...(retry ? again : {}),
        },
        body,
        signal: AbortSignal.timeout(ackMs),
      }).catch(lost)
      const text = await response.text().catch(lost)
      if (response.status !== 200) {
        throw new Unacknowledged(`the app answered ${response.status}`, 'http_error')
      }
      return answerOf(response.headers.get('content-type') ?? '', text)
    },
  }
}

function bodyOf(kind: Delivery['kind'], payload: Delivery['payload']): string {
  switch (kind) {
    case 'events_api':
      return JSON.stringify(payload)
    case 'slash_commands':
      return new URLSearchParams(payload as Record<string, string>).toString()
    case 'interactive':
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  }
}

/** Anything that is not JSON is taken as text. */
function answerOf(type: string, text: string): unknown {
  if (!type.includes('json')) return text || undefined
  try {
    return JSON.parse(text)
  } catch {
    return text || undefined
  }
}

function silent(reason: string, cause?: unknown): Unacknowledged {
  return new Unacknowledged('the app did not respond', reason, cause)
}

function lost(error: unknown): never {
  const late = error instanceof Error && error.name === 'TimeoutError'
  if (late) throw silent('http_timeout', error)
  throw new Unacknowledged('the app is not connected', 'connection_failed', error)
}
