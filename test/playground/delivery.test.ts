import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import {
  EVERYTHING,
  SILENCE,
  connectApp,
  modal,
  plain,
  slackAndApp,
  slackAndClient,
  socketUrl,
} from './plain-app.ts'

/* Delivery and redelivery over sockets and HTTP. */

const ANN = 'U0ANN'
const HERE = 'C0MIGRATE'

/** An app behind HTTP that notes what it gets; `status` is what it answers. */
async function httpApp() {
  const got: { headers: IncomingMessage['headers']; body: string }[] = []
  const app = { got, status: 200, url: '' }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      response.writeHead(app.status).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  app.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return app
}

test('a socket redelivery has the same envelope', async () => {
  const { slack, app } = await slackAndApp()
  const first = await slack.people.command(ANN, HERE, '/dts help')
  app.answers = () => ({ text: 'again' })
  expect((await slack.people.redeliver(first)).ok).toBe(true)
  expect(app.heard).toHaveLength(2)
  expect(app.heard[1]).toEqual(app.heard[0])
  expect(slack.ws.ephemerals).toEqual([])
})

test('a redelivery is unchanged, whatever the person typed since', async () => {
  const { slack, app, open } = await slackAndApp()
  const element = { type: 'plain_text_input', action_id: 'why' }
  const blocks = [
    { type: 'input', block_id: 'why', label: plain('Why'), element },
    { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] },
  ]
  await open(modal({ submit: plain('Ask'), blocks }))
  slack.people.fill(ANN, 'why', 'first')
  const pressed = await slack.people.press(ANN, 'go')
  slack.people.fill(ANN, 'why', 'second')
  await slack.people.redeliver(pressed)
  expect(app.heard.at(-1)).toEqual(app.heard.at(-2))
  await expect(slack.people.suggest(ANN, 'why', 'words')).rejects.toThrow('why suggests nothing.')
})

test('an HTTP redelivery has the same body, and an event says that it is a retry', async () => {
  const { slack } = await slackAndClient({ manifest: EVERYTHING })
  const app = await httpApp()
  slack.setDelivery({ mode: 'http', url: app.url })
  const command = await slack.people.command(ANN, HERE, '/dts help')
  await slack.people.redeliver(command)
  const event = await slack.people.openHome(ANN)
  if (!event) throw new Error('no event was sent')
  await slack.people.redeliver(event)
  const [first, second, third, fourth] = app.got
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['x-slack-retry-num']).toBeUndefined()
  expect(third?.headers['content-type']).toBe('application/json')
  expect(fourth?.body).toBe(third?.body)
  expect(fourth?.headers).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': 'http_timeout',
  })
})

test('an unacknowledged event is retried three times, with the reason', async () => {
  const { slack, app } = await slackAndApp({ patienceMs: 500, manifest: EVERYTHING })
  app.answers = () => SILENCE
  expect(await slack.people.openHome(ANN)).toMatchObject({ ok: false })
  expect(app.heard.map((one) => [one.retry_attempt, one.retry_reason])).toEqual([
    [0, ''],
    [1, 'timeout'],
    [2, 'timeout'],
    [3, 'timeout'],
  ])
  expect(new Set(app.heard.map(({ payload }) => payload['event_id'])).size).toBe(1)
  app.answers = ({ type }) => (app.heard.length < 6 && type ? SILENCE : undefined)
  expect(await slack.people.openHome(ANN)).toMatchObject({ ok: true })
  expect(app.heard).toHaveLength(6)
})

test('an event that the app answers with 500 is retried too', async () => {
  const { slack } = await slackAndClient({ manifest: EVERYTHING })
  const app = await httpApp()
  app.status = 500
  slack.setDelivery({ mode: 'http', url: app.url })
  expect(await slack.people.openHome(ANN)).toMatchObject({ ok: false })
  const retries = app.got.map(({ headers }) => headers['x-slack-retry-num'] ?? '0')
  expect(retries).toEqual(['0', '1', '2', '3'])
  expect(app.got.at(-1)?.headers['x-slack-retry-reason']).toBe('http_error')
})

test('ten connections share the payloads; the eleventh is refused', async () => {
  const { slack, app } = await slackAndApp()
  const apps = [app]
  for (let n = 1; n < 10; n++) apps.push(await connectApp(slack))
  for (let n = 0; n < 20; n++) await slack.people.command(ANN, HERE, '/dts help')
  expect(apps.map(({ heard }) => heard.length)).toEqual(Array.from({ length: 10 }, () => 2))

  const eleventh = new WebSocket(await socketUrl(slack))
  const [[said]] = await Promise.all([once(eleventh, 'message'), once(eleventh, 'close')])
  expect(JSON.parse(String(said))).toMatchObject({
    type: 'disconnect',
    reason: 'too_many_websockets',
  })
  app.socket.terminate()
  await once(app.socket, 'close')
  await slack.waitFor(() => slack.connections() === 9, 'a free place')
  await connectApp(slack)
})
