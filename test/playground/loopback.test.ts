import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { start } from './dts-client.ts'
import { slackAndClient } from './plain-app.ts'

/* A web page elsewhere may point its own name at 127.0.0.1: nothing happens for any name but ours. */

const STRANGERS = [
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example:80',
  '10.0.0.1',
]
const OURS = ['127.0.0.1', 'localhost:3030', '[::1]:443', 'LOCALHOST']

/** The status of the answer to a POST with exactly this host. */
async function post(url: string, host: string, body = ''): Promise<number | undefined> {
  const asked = request(url, { method: 'POST', headers: { host } })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode
}

test('the pretend DTS', async () => {
  const dts = await start()
  for (const host of STRANGERS) {
    expect([host, await post(dts.url, host)]).toEqual([host, 403])
    expect([host, await post(`${dts.url}/_control/speed`, host, '{"speed":7}')]).toEqual([
      host,
      403,
    ])
  }
  expect([dts.speed, dts.requests]).toEqual([0, []])
  for (const host of OURS) {
    expect([host, await post(`${dts.url}/_control/speed`, host, '{"speed":7}')]).toEqual([
      host,
      200,
    ])
  }
  expect(dts.speed).toBe(7)
})

test('the pretend Slack', async () => {
  const { slack } = await slackAndClient()
  const say = '{"do":"say","user":"U0ANN","channel":"C0MIGRATE","text":"hello"}'
  for (const host of STRANGERS) {
    for (const path of ['/_control/act', '/api/auth.test', '/response/x', '/']) {
      expect([host, path, await post(slack.url + path, host, say)]).toEqual([host, path, 403])
    }
  }
  expect([slack.ws.messages, slack.ws.refusals]).toEqual([[], []])
  for (const host of OURS) {
    expect([host, await post(`${slack.url}/_control/act`, host, say)]).toEqual([host, 200])
  }
  expect(slack.ws.messages).toHaveLength(OURS.length)
})

test('the Socket Mode of the pretend Slack: even with a ticket', async () => {
  const { slack, client } = await slackAndClient()
  const { url } = await client.apps.connections.open({ token: 'xapp-playground' })
  const connect = (host: string): WebSocket => new WebSocket(String(url), { headers: { host } })
  for (const host of STRANGERS) {
    await expect(once(connect(host), 'open')).rejects.toThrow(/403/)
  }
  const ours = connect('localhost')
  await once(ours, 'message')
  expect(slack.connections()).toBe(1)
  ours.terminate()
})
