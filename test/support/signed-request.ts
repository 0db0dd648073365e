import { createHmac } from 'node:crypto'
import type { World } from './world.ts'

/** How a request differs from one that Slack sends now. `late` is in seconds. */
export type Oddity = { late?: number; secret?: string; signature?: string; timestamp?: string }

/** What somebody who knows the address sends. Resolves with the status of the answer. */
export async function post(
  { env }: World,
  body: string,
  odd: Oddity = {},
  type = 'application/x-www-form-urlencoded',
): Promise<number> {
  const timestamp = odd.timestamp ?? `${Math.floor(Date.now() / 1000) - (odd.late ?? 0)}`
  const secret = odd.secret ?? env['SLACK_SIGNING_SECRET'] ?? ''
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  const { status } = await fetch(eventsUrl(env), {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': odd.signature ?? `v0=${hmac}`,
    },
    body,
  })
  return status
}

/** Where the bot listens in HTTP mode. */
export function eventsUrl(env: World['env']): string {
  return `http://127.0.0.1:${env['PORT']}/slack/events`
}
