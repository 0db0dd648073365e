import { Client } from 'pg'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Context } from '../../src/workflow/context.ts'
import { asItWas } from '../support/person.ts'
import { CHANNEL, type World, startWorld, startsSent } from '../support/world.ts'

/*
 * The post of a card takes so long that PostgreSQL has given the work to somebody else, who looks for the
 * card and posts it. Then the first post goes on.
 */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'socket', engine: 'postgres' } as const

type Where = 'before it reaches Slack' | 'before its answer is saved'

/** Holds the first post of a card until `letGo`. */
function holding(where: Where) {
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let isFirst = true
  const hold = async (): Promise<void> => {
    held.resolve()
    await released.promise
  }
  const decorate = (context: Context): Context => {
    const { client } = context.slack
    type Post = typeof client.chat.postMessage
    const postMessage: Post = async (...args) => {
      const isHeld = isFirst && JSON.stringify(args).includes(':card:')
      if (!isHeld) return client.chat.postMessage(...args)
      isFirst = false
      if (where === 'before it reaches Slack') await hold()
      const answer = await client.chat.postMessage(...args)
      if (where === 'before its answer is saved') await hold()
      return answer
    }
    const chat = { ...client.chat, postMessage }
    const decorated = Object.create(client, { chat: { value: chat } }) as typeof client
    return { ...context, slack: { ...context.slack, client: decorated } }
  }
  return { decorate, held: held.promise, letGo: released.resolve }
}

/** As PostgreSQL does it when a process stands still. Resolves when another run has published the card. */
async function takeOver({ env }: World): Promise<void> {
  const client = new Client({ connectionString: env['DATABASE_URL'] })
  await client.connect()
  const retry = "update dts_queue.job set state = 'retry', start_after = now()"
  await client.query(`${retry} where name = 'dts-publish' and state = 'active'`)
  const published = async () =>
    (await client.query('select from dts.migrations where card_ts is not null')).rowCount
  await expect.poll(published).toBe(1)
  await client.end()
}

function cards({ slack }: World) {
  return slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)
}

test.each<Where>(['before it reaches Slack', 'before its answer is saved'])(
  'held %s: one card is left, and it is the one that goes on',
  async (where) => {
    const { decorate, held, letGo } = holding(where)
    const world = await startWorld(WAY, { decorate })
    world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    await world.ann.types(`/dts start ${JOB}`)
    await world.ann.formSays(/Why\?/)
    await world.ann.submits('quarterly move')
    await held
    await takeOver(world)
    const [card] = cards(world)
    letGo()
    if (where === 'before it reaches Slack') {
      await expect.poll(() => world.logs.join()).toMatch(/card was posted twice, deleting one/)
      await expect.poll(() => cards(world)).toHaveLength(1)
    }
    await world.bo.approves(world.card())
    await world.threadSays(/DTS accepted the start/)
    world.dts.skip(200_000)
    await world.cardSays(/✅ Done/)
    expect(world.card().ts).toBe(card?.ts)
  },
)

test('a second card that nobody could delete decides the same request, once', async () => {
  const { decorate, held, letGo } = holding('before it reaches Slack')
  const world = await startWorld(WAY, { decorate })
  world.slack.faults.add('chat.delete', { error: 'fatal_error', times: 9 })
  world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  await world.ann.types(`/dts start ${JOB}`)
  await world.ann.formSays(/Why\?/)
  await world.ann.submits('quarterly move')
  await held
  await takeOver(world)
  letGo()
  await expect.poll(() => cards(world)).toHaveLength(2)
  const [card, double] = cards(world).map(asItWas)
  if (!card || !double) throw new Error('no two cards')
  await world.bo.approves(double)
  await world.threadSays(/DTS accepted the start/)
  await world.chen.approves(card)
  await world.chen.isTold(/Too late/)
  await world.chen.approves(double)
  expect(startsSent(world.dts, JOB)).toBe(1)
  world.dts.skip(200_000)
  await world.slack.waitFor(
    () => cards(world).some((one) => one.ts === card.ts && /✅ Done/.test(text(one))),
    'the first card to go on',
  )
})
