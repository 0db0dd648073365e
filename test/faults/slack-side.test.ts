import { once } from 'node:events'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { ANN, BO, CHANNEL, type Town, startTown, startsSent } from '../support/town.ts'

/*
 * What Slack delivers again, late, or to a connection that is going away. Double clicks, two
 * approvers at once, forms submitted twice and old cards: test/stories/refused.test.ts.
 */

const JOB = 'dts-1kl0iy0v'
const SOCKET = { mode: 'socket', engine: 'sqlite' } as const
const HTTP = { mode: 'http', engine: 'postgres' } as const

/** What was said in the thread, word by word. */
function thread({ slack }: Town): string[] {
  return slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
}

/** What one person alone was told, word by word. */
function told({ slack }: Town, user: string): string[] {
  return slack.ws.ephemerals.filter((m) => m.user === user).map((m) => text(m))
}

function sent({ slack }: Town, type: string): Delivery {
  const found = slack.ws.deliveries.find(({ payload }) => payload['type'] === type)
  if (!found) throw new Error(`nothing of the type ${type} was sent`)
  return found
}

test.each([SOCKET, HTTP])(
  'everything that people did is delivered again: nothing happens twice ($mode, $engine)',
  async (way) => {
    const town = await startTown(way)
    const { dts, slack } = town
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const card = await town.ask(JOB)
    await slack.people.click(BO, card, 'dts_reject')
    await slack.waitFor(() => slack.ws.topView(BO), 'the form that asks why')
    const [typed, , rejection] = slack.ws.deliveries
    for (const one of [typed, rejection]) if (one) await slack.people.redeliver(one)
    expect([...told(town, ANN), ...told(town, BO)]).toEqual([])
    await slack.people.closeView(BO)
    await slack.people.click(BO, card, 'dts_approve')
    await town.threadSays(/RequestId/)
    const all = [...slack.ws.deliveries]
    for (const one of all) expect(await slack.people.redeliver(one)).toMatchObject({ ok: true })
    await town.privately(BO, /Too late: this migration was started already/)

    dts.skip(200_000)
    await town.threadSays(/@U0ANN: Done/)
    for (const one of all) expect(await slack.people.redeliver(one)).toMatchObject({ ok: true })
    await town.privately(BO, /Too late: this migration has ended already/)
    expect(startsSent(dts, JOB)).toBe(1)
    expect(slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
    expect(thread(town)).toEqual([...new Set(thread(town))])
    expect([...told(town, ANN), ...told(town, BO)].join()).not.toContain('incident')
  },
)

test('a form that is submitted after its question expired', async () => {
  const town = await startTown(SOCKET, { env: { ASK_EXPIRES_MINUTES: '0.03' } })
  const { dts, slack } = town
  dts.addJob({ id: JOB })
  await slack.people.click(BO, await town.ask(JOB), 'dts_reject')
  await slack.waitFor(() => slack.ws.topView(BO), 'the form that asks why')
  slack.people.fill(BO, 'dts_reject_reason', 'not on a Friday')
  await town.cardSays(/Expired/)
  expect((await slack.people.submit(BO)).ok).toBe(true)
  expect(text(slack.ws.topView(BO)?.view ?? { blocks: [] })).toMatch(
    /Too late: this migration has ended already/,
  )
  expect(text(town.card())).toMatch(/Expired/)
  expect(thread(town).join('\n')).not.toContain('not on a Friday')
})

test('a form of an older version says that it is no longer active', async () => {
  const town = await startTown(SOCKET)
  town.dts.addJob({ id: JOB })
  await town.ask(JOB)
  const { payload, ...submission } = sent(town, 'view_submission')
  const view = { ...(payload['view'] as object), callback_id: 'old_form' }
  const answer = await town.slack.people.redeliver({ ...submission, payload: { ...payload, view } })
  expect(JSON.stringify(answer.response)).toMatch(/This is no longer active/)
})

test('a click whose connection is renewed before its answer: it counts, once', async () => {
  const town = await startTown(SOCKET)
  const { dts, slack } = town
  dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  slack.faults.add('users.info', { delayMs: 500, times: 1 })
  const click = slack.people.click(BO, card, 'dts_approve')
  while (slack.connections() > 0) {
    slack.refreshSocket()
    await once(slack.ws, 'changed')
  }
  await click
  await town.threadSays(/DTS accepted the start/)
  expect(startsSent(dts, JOB)).toBe(1)
  expect(thread(town).filter((said) => /Approved by/.test(said))).toHaveLength(1)
})
