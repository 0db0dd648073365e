import { once } from 'node:events'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BO, EACH_ONCE, type Town, WAYS, startTown, startsSent } from '../support/town.ts'

const JOB = 'dts-1kl0iy0v'
const SOCKET_WAYS = WAYS.filter(({ mode }) => mode === 'socket')

/** What was said in threads, word by word. */
function thread({ slack }: Town): string[] {
  return slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
}

function calls({ slack }: Town, method: string) {
  return slack.ws.calls.filter((call) => call.method === method)
}

test.each(EACH_ONCE)(
  'Slack asks to slow down: the card ends up right, nothing is said twice ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const slow = { status: 429, retryAfter: 1, times: 1 } as const
    slack.faults.add('chat.postMessage', slow)
    await town.approve(JOB)
    await town.threadSays(/RequestId/)
    slack.faults.add('chat.update', slow)
    dts.skip(30_000)
    await town.cardSays(/Running \d+ %/)
    slack.faults.add('chat.update', slow)
    slack.faults.add('chat.postMessage', slow)
    dts.skip(120_000)

    await town.cardSays(/Done in/)
    const done = await town.threadSays(/@U0ANN: Done/)
    expect(done.broadcast).toBe(true)
    expect(thread(town)).toEqual([...new Set(thread(town))])
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)('Slack is left alone for as long as it asks ($mode, $engine)', async (way) => {
  const town = await startTown(way)
  const { dts, slack } = town
  dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  await town.approve(JOB)
  await town.cardSays(/Running/)
  const method = 'chat.update'
  const before = calls(town, method).length
  slack.faults.add(method, { status: 429, retryAfter: 1, times: 1 })
  dts.setSpeed(30)
  await town.cardSays(/Done in/)
  const [refused, next] = calls(town, method).slice(before)
  if (!refused || !next) throw new Error('the card was not redrawn')
  expect(refused.ok).toBe(false)
  expect(next.at - refused.at).toBeGreaterThanOrEqual(1000)
})

test.each(SOCKET_WAYS)(
  'a connection that Slack renews in the middle of an ask ($engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB })
    const card = await town.ask(JOB)
    const opened = calls(town, 'apps.connections.open').length
    slack.refreshSocket()
    expect((await slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
    await town.threadSays(/DTS accepted the start/)
    expect(startsSent(dts, JOB)).toBe(1)
    await slack.waitFor(
      () => calls(town, 'apps.connections.open').length > opened,
      'the connection to be renewed',
    )
  },
)

test.each(SOCKET_WAYS)(
  'all connections drop without a word in the middle of an ask ($engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB })
    const card = await town.ask(JOB)
    slack.dropSockets()
    const clicks = [await slack.people.click(BO, card, 'dts_approve')]
    while (!clicks.at(-1)?.ok) {
      await once(slack.ws, 'changed')
      clicks.push(await slack.people.click(BO, card, 'dts_approve'))
    }
    await town.threadSays(/DTS accepted the start/)
    expect(startsSent(dts, JOB)).toBe(1)
    expect(thread(town).filter((words) => /Approved by @U0BO/.test(words))).toHaveLength(1)
  },
)

test.each(EACH_ONCE)(
  'a token that stops working: the log says so, and the card catches up ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    await town.approve(JOB)
    await town.cardSays(/Running/)
    slack.faults.add('chat.update', { error: 'token_revoked', times: 1_000 })
    dts.skip(10_000)
    await logSays(town, /Slack does not accept SLACK_BOT_TOKEN any more: token_revoked/)
    slack.faults.add('chat.postMessage', { error: 'invalid_auth', times: 1_000 })
    dts.skip(120_000)
    await logSays(town, /Slack does not accept SLACK_BOT_TOKEN any more: invalid_auth/)
    expect(town.logs.join('')).not.toContain(town.env['SLACK_BOT_TOKEN'])
    expect(text(town.card())).toMatch(/Running/)

    slack.faults.clear()
    await town.cardSays(/Done in/)
    await town.threadSays(/@U0ANN: Done/)
    expect(thread(town)).toEqual([...new Set(thread(town))])
  },
)

function logSays({ slack, logs }: Town, words: RegExp): Promise<string> {
  return slack.waitFor(() => logs.find((line) => words.test(line)), `the log to say ${words}`)
}
