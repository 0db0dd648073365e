import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checked } from './api-messages.ts'
import type { Faults } from './faults.ts'
import { ApiRefusal } from './refuse.ts'
import type { Ephemeral, Message, Workspace } from './workspace.ts'

/** URLs to answer what a person did: five times, within thirty minutes. */
export type ResponseUrls = {
  /** `original` is the message that the person acted on. */
  issue(user: string, channel: string, original?: Message | Ephemeral): string
  /** The HTTP status and the body that Slack gives. */
  use(id: string, body: string): { status: number; text: string }
}

const USES = 5
const LIFE_MS = 30 * 60_000

/** Faults with a status and the method `response_url` apply here. */
export function createResponseUrls(
  ws: Workspace,
  faults: Faults,
  base: () => string,
): ResponseUrls {
  const issued = new Map<string, Issued & { at: number; uses: number }>()
  return {
    issue(user, channel, original) {
      const id = randomUUID()
      issued.set(id, { user, channel, ts: original?.ts, at: ws.now(), uses: 0 })
      return `${base()}/response/${id}`
    },
    use(id, body) {
      const to = issued.get(id)
      if (!to) return { status: 404, text: 'no_such_url' }
      if (to.uses >= USES) return { status: 404, text: 'used_url' }
      if (ws.now() - to.at > LIFE_MS) return { status: 404, text: 'expired_url' }
      const said = answer.safeParse(body)
      if (!said.success) return { status: 400, text: 'invalid_payload' }
      const { user, channel } = to
      const { status: broken = 200, when } = faults.next('response_url', { user, channel }) ?? {}
      if (broken !== 200 && when !== 'after') return { status: broken, text: 'fault' }
      to.uses += 1
      const end = ws.exchanges.begin({
        from: 'bot',
        name: 'response_url',
        user,
        request: said.data,
      })
      try {
        respond(ws, to, said.data)
        end({ ok: true, response: 'ok' })
        return { status: broken, text: 'ok' }
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error
        end({ ok: false, error: error.message, response: error.extra })
        return { status: 400, text: error.message }
      }
    },
  }
}

type Issued = { user: string; channel: string; ts: string | undefined }

const answer = z
  .string()
  .transform((body, context): unknown => {
    try {
      return JSON.parse(body)
    } catch {
      context.addIssue('must be JSON')
      return z.NEVER
    }
  })
  .pipe(
    z.looseObject({
      response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
      replace_original: z.boolean().default(false),
      delete_original: z.boolean().default(false),
    }),
  )

function respond(ws: Workspace, to: Issued, said: z.infer<typeof answer>): void {
  const { user, channel, ts = '' } = to
  const message = ws.message(channel, ts)
  const original = message ?? ws.ephemerals.find((one) => one.ts === ts && one.user === user)
  if (said.delete_original) {
    if (original) ws.remove(original)
    return
  }
  const content = checked(said)
  if (said.replace_original && original) {
    Object.assign(original, content)
    if (message) message.edits += 1
    ws.changed()
  } else if (said.response_type === 'in_channel') {
    ws.post({ channel, ...content })
  } else {
    ws.showEphemeral(user, channel, content)
  }
}
