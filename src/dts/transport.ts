import { Agent } from 'undici'
import type { Dispatcher } from 'undici'
import { DtsUnreachable } from './errors.ts'
import type { Silence, Trace } from './errors.ts'

/** Milliseconds: to connect, until the answer's headers, between two pieces of its body. */
export type Timeouts = { connect: number; headers: number; body: number }

type Post = Trace & {
  origin: string
  headers: Record<string, string>
  body: string
  signal: AbortSignal
}

export type Reply = { status: number; text: string }

/** Carries one request to a server, once, over connections that it keeps. */
export type Transport = {
  /** Rejects with DtsUnreachable only. */
  post(post: Post): Promise<Reply>
  /** Gives up what is under way. */
  close(): Promise<void>
}

export function createTransport(timeouts: Timeouts): Transport {
  const agent = new Agent({
    connections: MOST_CONNECTIONS,
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    keepAliveMaxTimeout: LONGEST_IDLE,
    maxResponseSize: LARGEST_REPLY,
    // Over HTTP/2 undici sends a request again by itself after a GOAWAY.
    allowH2: false,
  })

  let closing: Promise<void> | undefined

  return { post: (post) => exchange(agent, post), close: () => (closing ??= agent.destroy()) }
}

const MOST_CONNECTIONS = 64
const LONGEST_IDLE = 60_000
const LARGEST_REPLY = 8 * 1024 * 1024

/** `dispatch` rather than `request`, because it tells whether a byte of the request has left. */
function exchange(agent: Agent, { origin, headers, body, signal, ...trace }: Post) {
  return new Promise<Reply>((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    let sent = false
    let controller: Dispatcher.DispatchController | undefined

    const fail = (error: unknown) => {
      signal.removeEventListener('abort', giveUp)
      reject(new DtsUnreachable(trace, { kind: kindOf(error), sent, detail: detailOf(error) }))
    }
    const giveUp = () => {
      fail(signal.reason)
      controller?.abort(new Error('given up'))
    }
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })

    agent.dispatch(
      { origin, path: '/', method: 'POST', headers, body },
      {
        onRequestStart(started) {
          controller = started
          if (signal.aborted) return started.abort(new Error('given up'))
          sent = true
        },
        onResponseStart(_, statusCode) {
          status = statusCode
        },
        onResponseData(_, chunk) {
          chunks.push(chunk)
        },
        onResponseEnd() {
          signal.removeEventListener('abort', giveUp)
          resolve({ status, text: Buffer.concat(chunks).toString() })
        },
        onResponseError: (_, error) => fail(error),
      },
    )
  })
}

function kindOf(error: unknown): Silence {
  const name = error instanceof Error ? error.name : ''
  const detail = detailOf(error) ?? ''
  if (name === 'AbortError' || name === 'TimeoutError' || TIMEOUT_CODES.has(detail))
    return 'timeout'
  return detail === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'tooLarge' : 'connection'
}

const TIMEOUT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

/** The code of a system or library error. Its message may quote what was sent. */
function detailOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined
}
