import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BO, type Town, startTown, startsSent } from '../support/town.ts'

/* HTTP requests that Slack would not send, or that somebody sends again. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'http', engine: 'sqlite' } as const
const MINUTES = 60

/** How a request differs from one that Slack sends now. `late` is in seconds. */
type Oddity = { late?: number; secret?: string; signature?: string; timestamp?: string }

/** What somebody who knows the address sends. Resolves with the status of the answer. */
async function post({ env }: Town, body: string, odd: Oddity = {}): Promise<number> {
  const timestamp = odd.timestamp ?? `${Math.floor(Date.now() / 1000) - (odd.late ?? 0)}`
  const secret = odd.secret ?? env['SLACK_SIGNING_SECRET'] ?? ''
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  const { status } = await fetch(address(env), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': odd.signature ?? `v0=${hmac}`,
    },
    body,
  })
  return status
}

function address(env: Town['env']): string {
  return `http://127.0.0.1:${env['PORT']}/slack/events`
}

/** A card that waits, and Bo's approval of it, as it would be sent. */
async function approvalOf(town: Town): Promise<string> {
  town.dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  // Where nobody listens: only to have a click that is well formed.
  town.slack.setDelivery({ mode: 'http', url: 'http://127.0.0.1:1/' })
  const { payload } = await town.slack.people.click(BO, card, 'dts_approve')
  town.slack.setDelivery({ mode: 'http', url: address(town.env) })
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

test('the same signed request twice: one approval, one start', async () => {
  const town = await startTown(WAY)
  const body = await approvalOf(town)
  const timestamp = `${Math.floor(Date.now() / 1000)}`
  expect(await post(town, body, { timestamp })).toBe(200)
  expect(await post(town, body, { timestamp })).toBe(200)
  await town.privately(BO, /Too late: this migration/)
  await town.threadSays(/RequestId/)
  expect(startsSent(town.dts, JOB)).toBe(1)
  const thread = town.slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
  expect(thread.filter((said) => /Approved by/.test(said))).toHaveLength(1)
})

test.each<[string, Oddity]>([
  ['10 minutes old', { late: 10 * MINUTES }],
  ['10 minutes ahead', { late: -10 * MINUTES }],
  ['signed with another secret', { secret: 'not-the-secret' }],
  ['with a signature that is none', { signature: 'v0' }],
  ['with the signature of another version', { signature: `v1=${'0'.repeat(64)}` }],
  ['with a timestamp that is none', { timestamp: 'now' }],
])('a request %s is refused, and decides nothing', async (_, odd) => {
  const town = await startTown(WAY)
  const body = await approvalOf(town)
  expect(await post(town, body, odd)).toBe(401)
  expect(text(town.card())).toMatch(/Waiting for approval/)
  expect(await post(town, body)).toBe(200)
  await town.threadSays(/Approved by @U0BO/)
})

test.each<[string, Oddity]>([
  ['4 minutes old', { late: 4 * MINUTES }],
  ['4 minutes ahead', { late: -4 * MINUTES }],
])('a clock that is not quite right: a request %s is heard', async (_, odd) => {
  const town = await startTown(WAY)
  expect(await post(town, await approvalOf(town), odd)).toBe(200)
  await town.threadSays(/Approved by @U0BO/)
})

test('a body of 5 MB is refused even when signed, and one without end before its end', async () => {
  const town = await startTown(WAY)
  const body = await approvalOf(town)
  expect(await post(town, `${body}&padding=${'x'.repeat(5 * 1024 * 1024)}`)).toBe(413)

  const { promise: answer, resolve } = Promise.withResolvers<number | undefined>()
  const endless = request(address(town.env), { method: 'POST' }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  onTestFinished(() => void endless.destroy())
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const pump = (): void => {
    while (endless.write(chunk));
    endless.once('drain', pump)
  }
  endless.on('error', () => {})
  pump()
  expect(await answer).toBe(413)
  expect(text(town.card())).toMatch(/Waiting for approval/)
  expect(await post(town, body)).toBe(200)
})
