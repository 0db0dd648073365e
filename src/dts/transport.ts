import type { Agent, Dispatcher } from 'undici'
import { systemClock } from '../clock.ts'
import { type Deadline, isPast } from './deadline.ts'
import { DtsUnreachableError } from './errors.ts'
import type { Silence, Trace } from './errors.ts'

/** Milliseconds: to connect, until the answer's headers, between two chunks of its body. */
export type Timeouts = { connect: number; headers: number; body: number }

type Post = Trace & {
  origin: string
  headers: Record<string, string>
  body: string
  signal: AbortSignal
  sendBy: Deadline | undefined
}

export type Reply = { status: number; text: string }

/** Sends each request once, over kept-alive connections. */
export type Transport = {
  /**
   * Rejects with DtsUnreachableError only: as a timeout when `signal` aborts, as too late when the
   * request did not leave before `sendBy`.
   */
  post(post: Post): Promise<Reply>
  /** Aborts what is under way. */
  close(): Promise<void>
}

export function createTransport(timeouts: Timeouts): Transport {
  /** Undefined inside: closed before the first request. */
  let opening: Promise<Agent | undefined> | undefined
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    const agent = await (opening ??= Promise.resolve(undefined))
    await agent?.destroy()
  }

  return {
    post: async (post) => exchange(await (opening ??= openAgent(timeouts)), post),
    close: () => (closing ??= close()),
  }
}

/** The client is loaded for the first request: a bot that nobody uses yet needs none. */
async function openAgent(timeouts: Timeouts): Promise<Agent> {
  const undici = await import('undici')
  return new undici.Agent({
    connections: MOST_CONNECTIONS,
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    keepAliveMaxTimeout: LONGEST_IDLE,
    maxResponseSize: LARGEST_REPLY,
    // Over HTTP/2, undici retries a request by itself after a GOAWAY.
    allowH2: false,
  })
}

const MOST_CONNECTIONS = 64
const LONGEST_IDLE = 60_000
const LARGEST_REPLY = 8 * 1024 * 1024

/** Uses `dispatch`, not `request`, because it shows whether a byte of the request was sent. */
function exchange(
  agent: Agent | undefined,
  { origin, headers, body, signal, sendBy, ...trace }: Post,
) {
  return new Promise<Reply>((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    let sent = false
    let controller: Dispatcher.DispatchController | undefined

    const fail = (kind: Silence, detail?: string) => {
      signal.removeEventListener('abort', giveUp)
      reject(new DtsUnreachableError(trace, { kind, sent, detail }))
    }
    const giveUp = () => {
      fail('timeout')
      controller?.abort(new Error('aborted'))
    }
    if (!agent) return fail('connection', 'closed')
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })

    agent.dispatch(
      { origin, path: '/', method: 'POST', headers, body },
      {
        onRequestStart(started) {
          controller = started
          if (signal.aborted) return started.abort(new Error('aborted'))
          // The bytes leave in this very turn of the event loop.
          if (sendBy && isPast(sendBy, systemClock)) {
            fail('tooLate')
            return started.abort(new Error('too late'))
          }
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
        onResponseError: (_, error) => fail(kindOf(error), detailOf(error)),
      },
    )
  })
}

function kindOf(error: unknown): Silence {
  const detail = detailOf(error) ?? ''
  if (TIMEOUT_CODES.has(detail)) return 'timeout'
  return detail === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'tooLarge' : 'connection'
}

const TIMEOUT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

/** The code of a system or library error, never its message: that may quote what was sent. */
function detailOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined
}
