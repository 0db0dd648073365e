import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { ANN, usePageWorld } from '../support/page-world.ts'

/* The page's own API: bad input gets a 4xx and a sentence, and only the page itself may ask. */

const world = usePageWorld()

test.each([
  ['no JSON', '{', 400, /^This is no JSON\.$/],
  ['too much', `"${'x'.repeat(5_000_000)}"`, 413, /^At most 100000 bytes/],
  ['no deed', '{"do":"dance"}', 400, /do/],
  ['a word that is not known', '{"do":"speed","speed":10,"more":1}', 400, /more/],
  ['an impossible speed', '{"do":"speed","speed":7}', 400, /1, 10 or 100 times as fast/],
  ['an error without its code', '{"do":"breakCloud","how":"error"}', 400, /needs its code/],
  ['a fault that says nothing', '{"do":"fault","fault":{}}', 400, /Say what goes wrong/],
  ['a blank message', said({ text: '  ' }), 400, /A message needs words/],
  ['a reply to nothing', said({ threadTs: '1.2' }), 409, /no message 1\.2 in C0MIGRATE/],
  ['a person who has no form', '{"do":"submit","user":"U0BO"}', 409, /no form open/],
  ['an unknown job', '{"do":"steerJob","id":"dts-0","to":"stop"}', 409, /no job dts-0/],
  ['a start of what runs', '{"do":"start"}', 409, /running already/],
  ['an exchange that never was', '{"do":"exchange","id":99999}', 409, /no exchange/],
])('%s', async (_, body, status, sentence) => {
  const answer = await act(body)
  expect(answer.status).toBe(status)
  expect(((await answer.json()) as { error: string }).error).toMatch(sentence)
})

test.each([
  ['another Host', { host: 'evil.example' }],
  ['another Origin', { origin: 'http://evil.example' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a plain form', { 'content-type': 'text/plain' }],
])('a request with %s is not answered', async (_, headers) => {
  const answer = await raw('POST /api/act', headers, '{"do":"kill"}')
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

test('the page loads nothing from elsewhere, and says so', async () => {
  const answer = await fetch(world.url)
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'/)
  expect(await answer.text()).not.toMatch(/(src|href)="(https?:)?\/\//)
})

function said(more: object): string {
  return JSON.stringify({ do: 'say', user: ANN, channel: 'C0MIGRATE', text: 'hello', ...more })
}

function act(body: string): Promise<Response> {
  return fetch(`${world.url}/api/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
}

/** A request whose path and headers no client has tidied up; resolves with all of the answer. */
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

const JSON_BODY = { 'content-type': 'application/json' }
