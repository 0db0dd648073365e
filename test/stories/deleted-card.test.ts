import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { BOT, type Message } from '../../playground/workspace/workspace.ts'
import { asItWas } from '../support/person.ts'
import { CHANNEL, EACH_ONCE, JOB, type Way, type World, startWorld } from '../support/world.ts'

/** Slack shows a reply to a deleted message by itself, or refuses it. */
type Kind = Way & { replies: 'posted' | 'refused' }
const KINDS: Kind[] = EACH_ONCE.flatMap((way) => [
  { ...way, replies: 'posted' },
  { ...way, replies: 'refused' },
])
/** A deleted message that has replies stays as a tombstone, until they are deleted too. */
/** Where the engine makes no difference but time: on PostgreSQL each of them takes 10 s or more. */
const onSqlite = <Where extends Way>(all: Where[]): Where[] =>
  all.filter(({ engine }) => engine === 'sqlite')

const LEAVING = [
  ...KINDS.map((kind) => ({ ...kind, leaves: 'nothing' })),
  ...EACH_ONCE.map((way) => ({ ...way, replies: 'posted' as const, leaves: 'a tombstone' })),
]

/** A world where time at DTS stands still until somebody skips some. */
async function open(
  { replies, ...way }: Kind,
  { env = {}, migrateType = 2 }: { env?: Record<string, string>; migrateType?: 2 | 3 } = {},
): Promise<World> {
  const world = await startWorld(way, { env })
  world.slack.ws.repliesToDeleted = replies
  world.dts.setSpeed(0)
  world.dts.addJob({ id: JOB, name: 'orders', migrateType, durationMs: 100_000 })
  return world
}

async function runJob({ ann, bo, dts, cardSays, threadSays }: World): Promise<Message> {
  await bo.approves(await ann.asks(JOB))
  await threadSays(/DTS accepted the start/)
  dts.skip(10_000)
  return cardSays(/Running/)
}

function remove({ slack: { ws } }: World, card: Message, leaves = 'nothing'): void {
  const isReply = ({ threadTs }: Message): boolean => threadTs === card.ts
  if (leaves === 'nothing') for (const reply of ws.messages.filter(isReply)) ws.remove(reply)
  ws.remove(card)
}

/** The bot's messages in the channel that are in no thread: there, each should be a card. */
function alone({ slack: { ws } }: World): Message[] {
  return ws.messages.filter((m) => m.channel === CHANNEL && m.user === BOT && !m.threadTs)
}

/** Sooner or later the watcher looks twice, and the bot neither says nor reads anything. */
async function expectQuiet({ slack: { ws }, dts }: World): Promise<void> {
  const calls = (): number => ws.calls.filter(({ method }) => /^chat|^conv/.test(method)).length
  const callsWhileWatching = async (): Promise<number> => {
    const [before, looks] = [calls(), dts.requests.length]
    await expect.poll(() => dts.requests.length).toBeGreaterThan(looks + 2)
    return calls() - before
  }
  await expect.poll(callsWhileWatching).toBe(0)
}

test.each(KINDS)(
  'deleted before the decision: it is posted again and can be approved ($mode, $engine, $replies)',
  async (kind) => {
    const world = await open(kind)
    const { ann, bo, dts } = world
    const card = await ann.asks(JOB)
    const asked = asItWas(card)
    dts.changeJob(JOB, { name: 'orders-2', status: 4 })
    remove(world, card)
    await bo.approves(asked)

    const again = await world.cardSays(/Job changed, waiting for a new approval/)
    await world.threadSays(/Approved by @U0BO/)
    await world.threadSays(/The job changed since it was approved/)
    await bo.approves(again)
    await world.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
    await world.cardSays(/Accepted/)
    expect(alone(world)).toEqual([world.card()])
  },
)

test.each(KINDS)(
  'deleted, and nobody decided: the requester hears that it expired ($mode, $engine, $replies)',
  async (kind) => {
    const world = await open(kind, { env: { ASK_EXPIRES_MINUTES: '0.03' } })
    remove(world, await world.ann.asks(JOB))
    const card = await world.cardSays(/^. Expired[\s\S]*Nothing was started/)
    const told = await world.threadSays(/@U0ANN: Expired/)
    expect(told.threadTs).toBe(card.ts)
    expect(alone(world)).toEqual([card])
  },
)

test.each(LEAVING)(
  'deleted while the job runs, $leaves left: posted again, with a thread of its own ($mode, $engine, $replies)',
  async ({ leaves, ...kind }) => {
    const world = await open(kind)
    const first = await runJob(world)
    remove(world, first, leaves)
    world.dts.skip(30_000)
    const card = await world.cardSays(/Running/)
    expect(card.ts).not.toBe(first.ts)

    world.dts.skip(200_000)
    await world.cardSays(/^. Done/)
    const done = await world.threadSays(/@U0ANN: Done/)
    expect(done).toMatchObject({ threadTs: card.ts, broadcast: true })
    expect(alone(world)).toEqual([card])
  },
)

test.each(LEAVING)(
  'deleted just before the end, $leaves left: the end is said in a thread ($mode, $engine, $replies)',
  async ({ leaves, ...kind }) => {
    const world = await open(kind)
    remove(world, await runJob(world), leaves)
    world.dts.skip(300_000)
    const card = await world.cardSays(/^. Done/)
    const done = await world.threadSays(/@U0ANN: Done/)
    expect(done.broadcast).toBe(true)
    expect(world.slack.ws.message(CHANNEL, done.threadTs ?? '')).toBeDefined()
    expect(alone(world)).toEqual([card])
  },
)

test.each(onSqlite(LEAVING))(
  'deleted while the fate of a reply is unknown, $leaves left: it is said once ($mode, $engine, $replies)',
  async ({ leaves, ...kind }) => {
    const world = await open(kind, { migrateType: 3 })
    const { slack, dts } = world
    const first = await runJob(world)
    slack.faults.add('chat.postMessage', { status: 500, times: 1 })
    dts.skip(300_000)
    await slack.waitFor(() => slack.faults.waiting() === 0, 'the reply to fail')
    remove(world, first, leaves)
    const card = await world.cardSays(/^. Ready to cut over/)
    await world.threadSays(READY)
    await expectQuiet(world)
    expect(said(world, READY)).toHaveLength(1)
    expect(alone(world)).toEqual([card])
  },
)

const READY = /@U0ANN: ready to cut over/

function said({ slack: { ws } }: World, words: RegExp): Message[] {
  return ws.messages.filter((m) => m.threadTs && words.test(text(m)))
}

test.each(onSqlite(KINDS))(
  'deleted again and again: posted five times, then the end comes by direct message ($mode, $engine, $replies)',
  async (kind) => {
    const world = await open(kind)
    const { ann, dts, logs } = world
    let card = await runJob(world)
    for (let posted = 1; posted < 5; posted++) {
      remove(world, card)
      dts.skip(4_000)
      card = await world.cardSays(/Running/)
    }
    remove(world, card)
    dts.skip(4_000)
    await expect.poll(() => logs.join()).toMatch(/deleted too often/)
    await expectQuiet(world)
    expect(alone(world)).toEqual([])

    dts.skip(300_000)
    await ann.getsMessage(/@U0ANN: Done/)
    expect(alone(world)).toEqual([])
  },
  60_000,
)
