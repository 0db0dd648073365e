import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { ANN, usePageWorld } from '../support/page-world.ts'

/* The page's own API: bad input gets a 4xx and a sentence, and only the page itself may ask. */

const world = usePageWorld()

test.each([
  ['not JSON', 'slack', '{', 400, /^This is not JSON\.$/],
  ['too much', 'slack', `"${'x'.repeat(5_000_000)}"`, 413, /^At most 100000 bytes/],
  ['an unknown act', 'slack', '{"do":"dance"}', 400, /do/],
  ['an unknown field', 'slack', '{"do":"clearFaults","more":1}', 400, /more/],
  ['a fault that says nothing', 'slack', '{"do":"fault","fault":{}}', 400, /Say what goes wrong/],
  ['a blank message', 'slack', said({ text: '  ' }), 400, /A message needs words/],
  ['a reply to nothing', 'slack', said({ threadTs: '1.2' }), 409, /no message 1\.2 in C0MIGRATE/],
  ['a person without a form', 'slack', '{"do":"submit","user":"U0BO"}', 409, /no form open/],
  ['an unknown exchange', 'slack', '{"do":"exchange","id":99999}', 409, /no exchange/],
  ['an impossible speed', 'dts/speed', '{"speed":-7}', 400, /must be a number from 0/],
  ['an unknown job', 'dts/changeJob', '{"id":"dts-0","change":{}}', 400, /no job dts-0/],
  ['a path of its own', 'dts/..%2fx', '{}', 404, /There is no POST/],
  ['a start of the running bot', 'bot/start', '{}', 409, /running already/],
  ['an unknown call', 'bot/dance', '{}', 404, /no such call/],
])('%s', async (_, path, body, status, sentence) => {
  const answer = await fetch(`${world.url}/api/${path}`, {
    method: 'POST',
    headers: JSON_BODY,
    body,
  })
  expect(answer.status).toBe(status)
  expect(((await answer.json()) as { error: string }).error).toMatch(sentence)
})

test.each([
  ['another Host', { host: 'evil.example' }],
  ['another Origin', { origin: 'http://evil.example' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a plain form', { 'content-type': 'text/plain' }],
])('a request with %s is refused', async (_, headers) => {
  const answer = await raw('POST /api/bot/kill', headers, '{}')
  expect(answer).toMatch(/^403 /)
  expect(answer).toMatch(/"error":"[A-Z][^"]+\."/)
})

test.each([
  '/../server.ts',
  '/%2e%2e/server.ts',
  '/blocks/../../server.ts',
  '/modules/../package.json',
  '/fonts/emoji/package.json',
  '/tsconfig.json',
  '/nothing.ts',
])('no file of the page: %s', async (path) => {
  expect(await raw(`GET ${path}`, {})).toMatch(/^404 /)
})

test('the page loads nothing from elsewhere, and its policy says so', async () => {
  const answer = await fetch(world.url)
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'/)
  expect(await answer.text()).not.toMatch(/(src|href)="(https?:)?\/\//)
})

function said(more: object): string {
  return JSON.stringify({ do: 'say', user: ANN, channel: 'C0MIGRATE', text: 'hello', ...more })
}

const JSON_BODY = { 'content-type': 'application/json' }

/** Sends path and headers exactly as given; resolves with status and body. */
async function raw(line: string, headers: Record<string, string>, body = ''): Promise<string> {
  const [method = '', path = ''] = line.split(' ')
  const { hostname, port } = new URL(world.url)
  const asked = request({ hostname, port, method, path, headers: { ...JSON_BODY, ...headers } })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let answer = `${response.statusCode} `
  for await (const chunk of response as AsyncIterable<Buffer>) answer += chunk.toString('utf8')
  return answer
}
