import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { streamLive } from '../live-stream.ts'
import { deed } from './deed.ts'
import { perform } from './perform.ts'
import type { PretendSlack } from './pretend-slack.ts'
import { snapshot } from './snapshot.ts'

/**
 * Lets another process be the people, or see what they see: `POST /_control/act` does something,
 * `GET /_control/live` tells of every change, `GET /_control/app` what the manifest says.
 */
export async function answerControl(
  slack: PretendSlack,
  path: string,
  body: string,
  response: ServerResponse,
): Promise<void> {
  if (path === 'app') return answer(response, 200, slack.ws.app)
  if (path === 'live') return streamLive(response, () => snapshot(slack), watching(slack))
  const parsed = path === 'act' ? deed.safeParse(json(body)) : undefined
  if (!parsed?.success) {
    const says = parsed
      ? z.prettifyError(parsed.error)
      : 'POST /_control/act, GET /_control/app and GET /_control/live is all there is.'
    return answer(response, 400, { error: says })
  }
  try {
    answer(response, 200, await perform(slack, parsed.data))
  } catch (error) {
    answer(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

function watching({ ws }: PretendSlack): (changed: () => void) => () => void {
  return (changed) => {
    ws.on('changed', changed)
    return () => ws.off('changed', changed)
  }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
