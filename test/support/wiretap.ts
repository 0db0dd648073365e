import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { eventsUrl } from './signed-request.ts'
import type { World } from './world.ts'

/** A request of Slack, as it went over the wire. */
export type Heard = { body: string; headers: Record<string, string> }

/** Keeps every request that Slack sends to the bot, in order. */
export async function wiretap({ slack, env }: World): Promise<Heard[]> {
  const heard: Heard[] = []
  const hear = async (request: IncomingMessage): Promise<Response> => {
    const one = { body: await text(request), headers: headersOf(request) }
    heard.push(one)
    return fetch(eventsUrl(env), { method: 'POST', ...one })
  }
  const server = createServer((request, response) => {
    hear(request).then(
      async (answer) => {
        response.writeHead(answer.status, [...answer.headers].filter(isType).flat())
        response.end(await answer.text())
      },
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  slack.setDelivery({ mode: 'http', url: `http://127.0.0.1:${port}/` })
  return heard
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = ['content-type', 'x-slack-request-timestamp', 'x-slack-signature']
  return Object.fromEntries(kept.map((name) => [name, String(headers[name])]))
}

function isType([name]: [string, string]): boolean {
  return name === 'content-type'
}
