import { once } from 'node:events'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { EACH_ONCE, JOB, WAYS, type World, startWorld, startsSent } from '../support/world.ts'

const SOCKET_WAYS = WAYS.filter(({ mode }) => mode === 'socket')

/** What was said in threads, word by word. */
function thread({ slack }: World): string[] {
  return slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
}

function calls({ slack }: World, method: string) {
  return slack.ws.calls.filter((call) => call.method === method)
}

test.each(EACH_ONCE)(
  'Slack asks to slow down: the card ends up right, nothing is said twice ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts, slack } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const slow = { status: 429, retryAfter: 1, times: 1 } as const
    slack.faults.add('chat.postMessage', slow)
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/RequestId/)
    slack.faults.add('chat.update', slow)
    dts.skip(30_000)
    await world.cardSays(/Running \d+ %/)
    slack.faults.add('chat.update', slow)
    slack.faults.add('chat.postMessage', slow)
    dts.skip(120_000)

    await world.cardSays(/Done in/)
    const done = await world.threadSays(/@U0ANN: Done/)
    expect(done.broadcast).toBe(true)
    expect(thread(world)).toEqual([...new Set(thread(world))])
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'Slack is left alone for as long as it asks ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts, slack } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    await bo.approves(await ann.asks(JOB))
    await world.cardSays(/Running/)
    const method = 'chat.update'
    const before = calls(world, method).length
    slack.faults.add(method, { status: 429, retryAfter: 1, times: 1 })
    dts.setSpeed(30)
    await world.cardSays(/Done in/)
    const [refused, next] = calls(world, method).slice(before)
    if (!refused || !next) throw new Error('the card was not redrawn')
    expect(refused.ok).toBe(false)
    expect(next.at - refused.at).toBeGreaterThanOrEqual(1000)
  },
)

test.each(SOCKET_WAYS)(
  'a connection that Slack renews while a request waits ($engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts, slack } = world
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)
    const opened = calls(world, 'apps.connections.open').length
    slack.refreshSocket()
    await bo.approves(card)
    await world.threadSays(/DTS accepted the start/)
    expect(startsSent(dts, JOB)).toBe(1)
    await slack.waitFor(
      () => calls(world, 'apps.connections.open').length > opened,
      'the connection to be renewed',
    )
  },
)

test.each(SOCKET_WAYS)(
  'all connections drop without a word while a request waits ($engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts, slack } = world
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)
    slack.dropSockets()
    while (!(await bo.tries.approves(card)).ok) await once(slack.ws, 'changed')
    await world.threadSays(/DTS accepted the start/)
    expect(startsSent(dts, JOB)).toBe(1)
    expect(thread(world).filter((words) => /Approved by @U0BO/.test(words))).toHaveLength(1)
  },
)

test.each(EACH_ONCE)(
  'a token that stops working: the log says so, and the card catches up ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { ann, bo, dts, slack } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    await bo.approves(await ann.asks(JOB))
    await world.cardSays(/Running/)
    slack.faults.add('chat.update', { error: 'token_revoked', times: 1_000 })
    dts.skip(10_000)
    await logSays(world, /Slack does not accept SLACK_BOT_TOKEN: token_revoked/)
    slack.faults.add('chat.postMessage', { error: 'invalid_auth', times: 1_000 })
    dts.skip(120_000)
    await logSays(world, /Slack does not accept SLACK_BOT_TOKEN: invalid_auth/)
    expect(world.logs.join('')).not.toContain(world.env['SLACK_BOT_TOKEN'])
    expect(text(world.card())).toMatch(/Running/)

    slack.faults.clear()
    await world.cardSays(/Done in/)
    await world.threadSays(/@U0ANN: Done/)
    expect(thread(world)).toEqual([...new Set(thread(world))])
  },
)

function logSays({ slack, logs }: World, words: RegExp): Promise<string> {
  return slack.waitFor(() => logs.find((line) => words.test(line)), `the log to say ${words}`)
}
