import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { type Oddity, eventsUrl, post } from '../support/signed-request.ts'
import { BO, type World, startWorld } from '../support/world.ts'

/* HTTP requests that Slack would not send. Those that somebody replays: http-replay.test.ts. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'http', engine: 'sqlite' } as const
const MINUTES = 60

/** A card that waits for approval, and the request by which Slack would deliver Bo's click on it. */
async function approvalOf(world: World): Promise<string> {
  world.dts.addJob({ id: JOB })
  const card = await world.ask(JOB)
  // Delivered to nobody: the test only needs a well-formed click.
  world.slack.setDelivery({ mode: 'http', url: 'http://127.0.0.1:1/' })
  const { payload } = await world.slack.people.click(BO, card, 'dts_approve')
  world.slack.setDelivery({ mode: 'http', url: eventsUrl(world.env) })
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

test.each<[string, Oddity]>([
  ['10 minutes old', { late: 10 * MINUTES }],
  ['10 minutes ahead', { late: -10 * MINUTES }],
  ['signed with another secret', { secret: 'not-the-secret' }],
  ['with a malformed signature', { signature: 'v0' }],
  ['with a signature of another version', { signature: `v1=${'0'.repeat(64)}` }],
  ['with a malformed timestamp', { timestamp: 'now' }],
])('a request %s is refused, and decides nothing', async (_, odd) => {
  const world = await startWorld(WAY)
  const body = await approvalOf(world)
  expect(await post(world, body, odd)).toBe(401)
  expect(text(world.card())).toMatch(/Waiting for approval/)
  expect(await post(world, body)).toBe(200)
  await world.threadSays(/Approved by @U0BO/)
})

test.each<[string, Oddity]>([
  ['4 minutes old', { late: 4 * MINUTES }],
  ['4 minutes ahead', { late: -4 * MINUTES }],
])('a request %s is accepted: clocks differ a little', async (_, odd) => {
  const world = await startWorld(WAY)
  expect(await post(world, await approvalOf(world), odd)).toBe(200)
  await world.threadSays(/Approved by @U0BO/)
})

test('a body of 5 MB is refused even when signed, and an endless one before its end', async () => {
  const world = await startWorld(WAY)
  const body = await approvalOf(world)
  expect(await post(world, `${body}&padding=${'x'.repeat(5 * 1024 * 1024)}`)).toBe(413)

  expect(
    await firstAnswer(world, {
      'x-slack-signature': 'v0=0',
      'x-slack-request-timestamp': `${Date.now() / 1000}`,
    }),
  ).toBe(413)
  expect(text(world.card())).toMatch(/Waiting for approval/)
  expect(await post(world, body)).toBe(200)
})

test('of a request without a signature nothing is read', async () => {
  const world = await startWorld(WAY)
  expect(await firstAnswer(world, {})).toBe(401)
})

test.each([
  ['the payload of a form', 'payload=null'],
  ['the payload of a form', 'payload=17'],
  ['the payload of a form', 'payload=%7B'],
])('JSON that is no object as %s is refused, and the bot lives: %s', async (_, body) => {
  const world = await startWorld(WAY)
  expect(await post(world, body)).toBe(400)
  expect(await post(world, await approvalOf(world))).toBe(200)
  await world.threadSays(/Approved by @U0BO/)
})

test('JSON null, signed, is refused, and the bot lives', async () => {
  const world = await startWorld(WAY)
  expect(await post(world, 'null', {}, 'application/json')).toBe(400)
  expect(await post(world, await approvalOf(world))).toBe(200)
})

/** What is answered to a body that never ends. */
async function firstAnswer(world: World, headers: Record<string, string>) {
  const { promise: answer, resolve } = Promise.withResolvers<number | undefined>()
  const endless = request(eventsUrl(world.env), { method: 'POST', headers }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  onTestFinished(() => void endless.destroy())
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const pump = (): void => {
    while (!endless.destroyed && endless.write(chunk));
    endless.once('drain', pump)
  }
  endless.on('error', () => {})
  pump()
  return answer
}
