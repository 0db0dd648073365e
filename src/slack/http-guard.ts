import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Logger } from '@slack/bolt'
import { bolt } from './bolt.ts'
import { type Replays, createReplays } from './replays.ts'

/** Bytes: Slack's own requests to this bot are far smaller. */
const LARGEST_BODY = 200_000

/** Seconds that Bolt allows a request to be old; as much it may be dated ahead. */
const MOST_LATE = 5 * 60

/**
 * Lets through to Bolt only what Slack signed and Bolt can handle. Nothing is read of a request without
 * a signature, and no more than 200 kB of any other. Bolt itself would read 4 MB before it knows who
 * speaks, take a date in the future, take the same request again and again, and end the process at a
 * body that is JSON `null`.
 */
export function guarded(
  listener: RequestListener,
  signingSecret: string,
  logger: Logger,
): RequestListener {
  const replays = createReplays(MOST_LATE, Date.now)
  return (request, response) => {
    admit(request, signingSecret, replays, logger).then(
      (status) => (status ? refuse(response, status) : listener(request, response)),
      (error: unknown) => {
        logger.error('HTTP request failed', error)
        refuse(response, 500)
      },
    )
  }
}

/** The status of the refusal; undefined for a request that may pass, whose body is read then. */
async function admit(
  request: IncomingMessage,
  signingSecret: string,
  isReplayed: Replays,
  logger: Logger,
): Promise<number | undefined> {
  const { headers } = request
  const signature = headers['x-slack-signature']
  const timestamp = Number(headers['x-slack-request-timestamp'])
  if (typeof signature !== 'string' || !Number.isFinite(timestamp)) return 401
  if (timestamp > Date.now() / 1000 + MOST_LATE) {
    logger.warn('Request dated in the future: check the clock of this machine')
    return 401
  }
  const raw = await readBody(request)
  if (!raw) return 413
  const body = raw.toString()
  const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
  if (!bolt.isValidSlackRequest({ signingSecret, body, headers: signed })) return 401
  if (!holdsObject(body, headers['content-type'])) return 400
  if (isReplayed(timestamp, body)) {
    logger.warn('Request of Slack repeated word for word')
    return 409
  }
  // Where it is set, Bolt does not read the request again.
  Object.assign(request, { rawBody: raw })
  return undefined
}

/** Undefined when it is too large: the rest is not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Whether it is a form, or JSON that is an object, also as the `payload` of a form. */
function holdsObject(body: string, contentType: string | undefined): boolean {
  const isForm = contentType === 'application/x-www-form-urlencoded'
  const json = isForm ? new URLSearchParams(body).get('payload') : body
  if (json === null) return true
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** The connection goes with it: what else is sent on it is not read. */
function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { connection: 'close' }).end(() => response.req.destroy())
}
