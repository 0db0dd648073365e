import { expect, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { webApi } from '@slack/bolt'
import type { PretendSlack } from '../../playground/workspace/pretend-slack.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { acknowledged } from '../support/acknowledged.ts'
import { type SlackOptions, startSlack } from '../../playground/workspace/server.ts'

type Json = Record<string, unknown>

export type Envelope = {
  type: string
  envelope_id: string
  payload: Json
  retry_attempt?: number
  retry_reason?: string
}

/** An app without any framework: what it is sent, and what it answers. */
export type PlainApp = {
  heard: Envelope[]
  /** The acknowledgement of the next payloads; undefined for an empty one, `SILENCE` for none. */
  answers: (payload: Json) => unknown
  socket: WebSocket
}

export const SILENCE = Symbol('no acknowledgement')

/** The manifest of an app with a Home, shortcuts and events, which ours has not yet. */
export const EVERYTHING = 'test/fixtures/manifest-with-everything.yml'

/** Expects that Slack refuses a call with this error. */
export async function refused(call: Promise<unknown>, error: string): Promise<void> {
  await expect(call).rejects.toMatchObject({ data: { ok: false, error } })
}

export async function slackAndClient(options: SlackOptions = {}) {
  const slack = await startSlack({ rateLimits: false, ...options })
  onTestFinished(() => slack.close())
  const client = new webApi.WebClient('xoxb-playground', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
  return { slack, client }
}

/** Where a new connection can be opened. Throws the error of a refusal. */
export async function socketUrl({ apiUrl }: PretendSlack): Promise<string> {
  const headers = { authorization: 'Bearer xapp-playground' }
  const response = await fetch(`${apiUrl}apps.connections.open`, { method: 'POST', headers })
  const { url, error } = (await response.json()) as { url?: string; error?: string }
  if (url === undefined) throw new Error(`apps.connections.open was refused: ${error}`)
  return url
}

/** The first message in the workspace. */
export function firstMessage({ ws }: PretendSlack): Message {
  const [message] = ws.messages
  if (!message) throw new Error('There is no message.')
  return message
}

export async function connectApp(slack: PretendSlack): Promise<PlainApp> {
  const socket = new WebSocket(await socketUrl(slack))
  const app: PlainApp = { heard: [], answers: () => undefined, socket }
  const hello = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer) => {
    const envelope = JSON.parse(data.toString('utf8')) as Envelope
    if (envelope.type === 'hello') return hello.resolve()
    if (envelope.type === 'disconnect') return
    app.heard.push(envelope)
    const answer = app.answers(envelope.payload)
    if (answer === SILENCE) return
    const { envelope_id } = envelope
    socket.send(
      JSON.stringify({ envelope_id, ...(answer === undefined ? {} : { payload: answer }) }),
    )
  })
  onTestFinished(() => socket.terminate())
  await hello.promise
  return app
}

export async function slackAndApp(options: SlackOptions = {}) {
  const { slack, client } = await slackAndClient(options)
  const app = await connectApp(slack)
  /** Opens a form for Ann, as the answer to what she typed. */
  const open = async (view: object) => {
    const command = slack.people.command('U0ANN', 'C0MIGRATE', '/dts form')
    const { payload } = await acknowledged(command)
    const args = { trigger_id: String(payload['trigger_id']), view: view as never }
    return client.views.open(args)
  }
  return { slack, client, app, open }
}

export const plain = (text: string) => ({ type: 'plain_text' as const, text })

export const modal = (more: Json = {}) => ({
  type: 'modal' as const,
  title: plain('A form'),
  blocks: [{ type: 'divider' }],
  ...more,
})
