import type { ServerResponse } from 'node:http'
import type { BotProcess } from '../bot-process.ts'
import { follow } from './follow.ts'
import type { World } from './world.ts'

/** One stream for each browser, made of the parts of the world: `event: workspace`, `cloud`, `bot`. */
export type Live = {
  join(response: ServerResponse): void
  close(): void
}

const HEARTBEAT = 15_000

export function createLive(slackUrl: string, dtsUrl: string, bot: BotProcess): Live {
  const browsers = new Set<ServerResponse>()
  const parts = new Map<keyof World, string>()
  const closing = new AbortController()
  const change = (part: keyof World, json: string): void => {
    parts.set(part, json)
    for (const browser of browsers) browser.write(eventOf(part, json))
  }

  void follow(`${slackUrl}/_control/live`, (json) => change('workspace', json), closing.signal)
  void follow(`${dtsUrl}/_control/live`, (json) => change('cloud', json), closing.signal)
  const botChanged = (): void => change('bot', JSON.stringify(bot.state()))
  bot.onChange(botChanged)
  botChanged()
  const heartbeat = setInterval(() => {
    for (const browser of browsers) browser.write(': still here\n\n')
  }, HEARTBEAT)

  return {
    join(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      for (const [part, json] of parts) response.write(eventOf(part, json))
      browsers.add(response)
      response.on('close', () => browsers.delete(response))
    },
    close() {
      closing.abort()
      clearInterval(heartbeat)
      for (const browser of browsers) browser.end()
    },
  }
}

function eventOf(part: string, json: string): string {
  return `event: ${part}\ndata: ${json}\n\n`
}
