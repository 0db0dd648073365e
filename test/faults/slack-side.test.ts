import { once } from 'node:events'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { ANN, BO, CHANNEL, type World, startWorld, startsSent } from '../support/world.ts'

/*
 * What Slack delivers twice, late, or on a connection that is closing. Double clicks, two approvers
 * at once, forms submitted twice and old cards: test/stories/refused.test.ts.
 */

const JOB = 'dts-1kl0iy0v'
const SOCKET = { mode: 'socket', engine: 'sqlite' } as const
const HTTP = { mode: 'http', engine: 'postgres' } as const

/** The messages of the thread. */
function thread({ slack }: World): string[] {
  return slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
}

/** The messages that only this person sees. */
function privateMessages({ slack }: World, user: string): string[] {
  return slack.ws.ephemerals.filter((m) => m.user === user).map((m) => text(m))
}

async function openRejectForm({ slack }: World, card: Message): Promise<void> {
  await slack.people.click(BO, card, 'dts_reject')
  await slack.waitFor(() => /Why\?/.test(text(slack.ws.topView(BO)?.view ?? NOTHING)), 'the form')
}

const NOTHING = { blocks: [] }

/** The first delivery of this type. */
function sent({ slack }: World, type: string): Delivery {
  const found = slack.ws.deliveries.find(({ payload }) => payload['type'] === type)
  if (!found) throw new Error(`nothing of the type ${type} was sent`)
  return found
}

test.each([SOCKET, HTTP])(
  'Slack delivers everything again: nothing happens twice ($mode, $engine)',
  async (way) => {
    const world = await startWorld(way)
    const { dts, slack } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const card = await world.ask(JOB)
    await openRejectForm(world, card)
    const [typed, , rejection] = slack.ws.deliveries
    for (const one of [typed, rejection]) if (one) await slack.people.redeliver(one)
    expect([...privateMessages(world, ANN), ...privateMessages(world, BO)]).toEqual([])
    await slack.people.closeView(BO)
    await slack.people.click(BO, card, 'dts_approve')
    await world.threadSays(/RequestId/)
    const all = [...slack.ws.deliveries]
    for (const one of all) expect(await slack.people.redeliver(one)).toMatchObject({ ok: true })
    await world.privately(BO, /You approved this \d{4}-.* UTC\./)

    const before = privateMessages(world, BO).length
    dts.skip(200_000)
    await world.threadSays(/@U0ANN: Done/)
    for (const one of all) expect(await slack.people.redeliver(one)).toMatchObject({ ok: true })
    await slack.waitFor(() => privateMessages(world, BO).length > before, 'an answer after the end')
    for (const said of privateMessages(world, BO))
      expect(said).toMatch(/^You approved this .* UTC\.$/)
    expect(startsSent(dts, JOB)).toBe(1)
    expect(slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
    expect(thread(world)).toEqual([...new Set(thread(world))])
    expect([...privateMessages(world, ANN), ...privateMessages(world, BO)].join()).not.toContain(
      'incident',
    )
  },
)

test('a rejection that is submitted after its request expired', async () => {
  const world = await startWorld(SOCKET, { env: { ASK_EXPIRES_MINUTES: '0.03' } })
  const { dts, slack } = world
  dts.addJob({ id: JOB })
  await openRejectForm(world, await world.ask(JOB))
  slack.people.fill(BO, 'dts_reject_reason', 'not on a Friday')
  await world.cardSays(/Expired/)
  expect((await slack.people.submit(BO)).ok).toBe(true)
  expect(text(slack.ws.topView(BO)?.view ?? NOTHING)).toMatch(/Too late: this migration has ended/)
  expect(text(world.card())).toMatch(/Expired/)
  expect(thread(world).join('\n')).not.toContain('not on a Friday')
})

test('a form that an older version drew says that it is no longer active', async () => {
  const world = await startWorld(SOCKET)
  world.dts.addJob({ id: JOB })
  await world.ask(JOB)
  const { payload, ...submission } = sent(world, 'view_submission')
  const view = { ...(payload['view'] as object), callback_id: 'old_form' }
  const answer = await world.slack.people.redeliver({
    ...submission,
    payload: { ...payload, view },
  })
  expect(JSON.stringify(answer.response)).toMatch(/This is no longer active/)
})

test('Slack renews the connection before a click is acknowledged: the click counts once', async () => {
  const world = await startWorld(SOCKET)
  const { dts, slack } = world
  dts.addJob({ id: JOB })
  const card = await world.ask(JOB)
  slack.faults.add('users.info', { delayMs: 500, times: 1 })
  const click = slack.people.click(BO, card, 'dts_approve')
  while (slack.connections() > 0) {
    slack.refreshSocket()
    await once(slack.ws, 'changed')
  }
  await click
  await world.threadSays(/DTS accepted the start/)
  expect(startsSent(dts, JOB)).toBe(1)
  expect(thread(world).filter((said) => /Approved by/.test(said))).toHaveLength(1)
})
