import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { PretendSlack } from './server.ts'

const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('state') }),
  z.strictObject({
    do: z.literal('command'),
    user: z.string(),
    channel: z.string(),
    text: z.string(),
  }),
  z.strictObject({
    do: z.literal('click'),
    user: z.string(),
    channel: z.string(),
    ts: z.string(),
    action: z.string(),
  }),
  z.strictObject({
    do: z.literal('fill'),
    user: z.string(),
    action: z.string(),
    value: z.string(),
  }),
  z.strictObject({ do: z.literal('submit'), user: z.string() }),
])

/** `POST /_control/act`: lets another process be the people, or read what they see. */
export async function answerControl(
  slack: PretendSlack,
  path: string,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const parsed = path === 'act' ? action.safeParse(json(body)) : undefined
  if (!parsed?.success) {
    const says = parsed ? z.prettifyError(parsed.error) : 'POST /_control/act is all there is.'
    return answer(response, 400, { error: says })
  }
  try {
    answer(response, 200, await act(slack, parsed.data))
  } catch (error) {
    answer(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

async function act(slack: PretendSlack, asked: z.infer<typeof action>): Promise<unknown> {
  const { ws, people } = slack
  switch (asked.do) {
    case 'state':
      return {
        messages: ws.messages,
        ephemerals: ws.ephemerals,
        views: Object.fromEntries([...ws.views].map(([user, open]) => [user, open.at(-1)])),
        users: Object.fromEntries([...ws.users].map(([id, { name }]) => [id, name])),
        groups: Object.fromEntries([...ws.groups].map(([id, { handle }]) => [id, handle])),
        channels: Object.fromEntries([...ws.channels].map(([id, { name }]) => [id, name])),
      }
    case 'command':
      return people.command(asked.user, asked.channel, asked.text)
    case 'click': {
      const message = ws.message(asked.channel, asked.ts)
      if (!message) throw new Error(`There is no message ${asked.ts}.`)
      return people.click(asked.user, message, asked.action)
    }
    case 'fill':
      people.fill(asked.user, asked.action, asked.value)
      return {}
    case 'submit':
      return people.submit(asked.user)
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
