import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { CHILD_ENV } from '../../playground/child-env.ts'
import { startPretendWorld } from '../support/world.ts'

/* An operator sees why the bot cannot start: one sentence, exit code 1, no secret. */

async function run(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const main = new URL('../../src/start.js', import.meta.url).pathname
  const child = spawn(process.execPath, [main], {
    env: { ...CHILD_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

test('every bad variable is named at once', async () => {
  const { code, said } = await run({ SLACK_BOT_TOKEN: 'xoxp-wrong', DTS_APPROVERS: 'bob' })
  expect(code).toBe(1)
  for (const name of [
    'SLACK_BOT_TOKEN',
    'DTS_APPROVERS',
    'TENCENTCLOUD_REGION',
    'SLACK_APP_TOKEN',
  ]) {
    expect(said).toContain(name)
  }
  expect(said).not.toContain('xoxp-wrong')
})

test('a revoked token', async () => {
  const { env, slack } = await startPretendWorld({ mode: 'socket', engine: 'sqlite' })
  slack.ws.tokenRevoked = true
  const { code, said } = await run(env)
  expect(code).toBe(1)
  expect(said).toMatch(/Slack does not accept SLACK_BOT_TOKEN: token_revoked/)
  expect(said).not.toContain(env['SLACK_BOT_TOKEN'])
})

test('a database that cannot be reached', async () => {
  const { env } = await startPretendWorld({ mode: 'socket', engine: 'sqlite' })
  const url = 'postgresql://bot:not-a-real-secret-2@127.0.0.1:1/dts'
  const { code, said } = await run({ ...env, DATABASE_URL: url })
  expect(code).toBe(1)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).not.toContain('not-a-real-secret-2')
})

test('a port that is taken, and a Slack that cannot be reached', async () => {
  const { env, slack } = await startPretendWorld({ mode: 'http', engine: 'sqlite' })
  const taken = await run({ ...env, PORT: new URL(slack.url).port })
  expect(taken.code).toBe(1)
  expect(taken.said).toMatch(/^Cannot listen to Slack: .*EADDRINUSE/m)
  const away = await run({ ...env, SLACK_API_URL: 'http://127.0.0.1:1/api/' })
  expect(away.code).toBe(1)
  expect(away.said).toMatch(/^Cannot reach Slack: /m)
})
