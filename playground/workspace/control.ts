import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { streamLive } from '../live-stream.ts'
import { act } from './act.ts'
import { perform } from './perform.ts'
import type { PretendSlack } from './pretend-slack.ts'
import { snapshot } from './snapshot.ts'

/**
 * Lets another process act as the people and see what they see. A malformed act gets 400, an
 * impossible one 409, both with a sentence.
 */
export async function answerControl(
  slack: PretendSlack,
  path: string,
  body: string,
  response: ServerResponse,
): Promise<void> {
  switch (path) {
    case 'app':
      return answer(response, 200, slack.ws.app)
    case 'state':
      return answer(response, 200, snapshot(slack))
    case 'live':
      return streamLive(response, () => snapshot(slack), watching(slack))
    case 'act':
      return answerAct(slack, body, response)
    default:
      return answer(response, 404, { error: 'There are only act, app, live and state.' })
  }
}

async function answerAct(slack: PretendSlack, body: string, response: ServerResponse) {
  const sent = json(body)
  if (sent === undefined) return answer(response, 400, { error: 'This is not JSON.' })
  const read = act.safeParse(sent)
  if (!read.success) return answer(response, 400, { error: z.prettifyError(read.error) })
  try {
    answer(response, 200, await perform(slack, read.data))
  } catch (error) {
    answer(response, 409, { error: error instanceof Error ? error.message : String(error) })
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
