import { randomUUID } from 'node:crypto'
import { checked } from './api-messages.ts'
import { ApiRefusal } from './refuse.ts'
import { BOT, type Json, type Workspace } from './workspace.ts'

/** An answer to one thing a person did: five times, within thirty minutes. */
export type ResponseUrls = {
  issue(user: string, channel: string, ts?: string): string
  /** The HTTP status and the body that Slack gives. */
  use(id: string, body: Json): { status: number; text: string }
}

const USES = 5
const LIFE_MS = 30 * 60_000

export function createResponseUrls(ws: Workspace, base: () => string): ResponseUrls {
  type Issued = { user: string; channel: string; ts: string | undefined; at: number; uses: number }
  const issued = new Map<string, Issued>()
  return {
    issue(user, channel, ts) {
      const id = randomUUID()
      issued.set(id, { user, channel, ts, at: ws.now(), uses: 0 })
      return `${base()}/response/${id}`
    },
    use(id, body) {
      const to = issued.get(id)
      if (!to) return { status: 404, text: 'no_such_url' }
      if (to.uses >= USES) return { status: 404, text: 'used_url' }
      if (ws.now() - to.at > LIFE_MS) return { status: 404, text: 'expired_url' }
      to.uses += 1
      const { user } = to
      const end = ws.exchanges.begin({ from: 'bot', name: 'response_url', user, request: body })
      try {
        respond(ws, to, body)
        end({ ok: true, response: 'ok' })
        return { status: 200, text: 'ok' }
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error
        end({ ok: false, error: error.message, response: error.extra })
        return { status: 400, text: error.message }
      }
    },
  }
}

function respond(
  ws: Workspace,
  { user, channel, ts }: { user: string; channel: string; ts: string | undefined },
  body: Json,
): void {
  const content = checked(body)
  const original = ts ? ws.message(channel, ts) : undefined
  if (body['replace_original'] === true && original) {
    Object.assign(original, content, { edits: original.edits + 1 })
  } else if (body['response_type'] === 'in_channel') {
    const ids = { channel, ts: ws.nextTs(), threadTs: undefined, broadcast: false }
    ws.messages.push({ ...ids, ...content, user: BOT, metadata: undefined, edits: 0 })
  } else {
    ws.ephemerals.push({ ts: ws.nextTs(), user, channel, ...content })
  }
  ws.changed()
}
