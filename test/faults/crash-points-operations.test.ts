import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { startCrashing } from '../support/crashing.ts'
import { type Person, asItWas } from '../support/person.ts'
import { CHANNEL, JOB, startPretendWorld } from '../support/world.ts'

/* The bot is killed while it cuts over or stops a job that it watches. For a start: crash-points.test.ts. */

const PATIENCE = { patienceMs: 3_000, waitMs: 60_000 }
const REASON = 'everything is copied'

const CUT_OVER = {
  operation: 'cut over',
  action: 'CompleteMigrateJob',
  asks: (ann: Person, card: Message) => ann.asksToCutOver(card, REASON),
  asking: /Waiting for approval to cut over/,
  end: /✅ Done/,
}
const STOP = {
  operation: 'stop',
  action: 'StopMigrateJob',
  asks: (ann: Person, card: Message) => ann.asksToStop(card, REASON),
  asking: /Waiting for approval to stop/,
  end: /⏹ Stopped/,
}

/** From the attempt on, where the operations differ in what proves that they took effect. */
const CALL = [
  'undecided attempted',
  'decided attempted',
  'attempted',
  'answered',
  'undecided accepted',
  'decided accepted',
]
const CRASHES = [
  'undecided requested',
  'decided requested',
  'posted requested',
  'undecided approved',
  'decided approved',
  'posted approved',
  'looked',
  ...CALL,
  'posted accepted',
  'decided observed',
  'posted observed',
]
/** The attempt is on disk but the call was never sent. Nobody can know that, so nobody sends it. */
const NOT_SENT = ['decided attempted', 'attempted']

const WAYS = [
  ...CRASHES.map((crash) => ({ ...CUT_OVER, crash, engine: 'sqlite' as const })),
  ...CALL.map((crash) => ({ ...STOP, crash, engine: 'sqlite' as const })),
  { ...CUT_OVER, crash: 'attempted', engine: 'postgres' as const },
]

test.each(WAYS)(
  'to $operation, killed at "$crash": after a restart it is done once ($engine)',
  { timeout: 120_000 },
  async ({ crash, engine, action, asks, asking, end }) => {
    const way = { mode: 'socket', engine } as const
    const world = await startPretendWorld(way, { GRACE: '2000' }, PATIENCE)
    const { ann, bo, slack, dts, cardSays, threadSays } = world
    dts.addJob({ id: JOB, status: 8, migrateType: 3 })
    // What is under way stays so until it was seen.
    dts.setSpeed(0)
    const { second, insist } = await startCrashing(world.env, crash)
    const calls = () => dts.requests.filter((one) => one.action === action)
    const thread = () => slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))

    await ann.types(`/dts watch ${JOB}`)
    const ready = asItWas(await cardSays(/\[Stop…\]/))
    await asks(ann, ready).catch(async () => {
      await second
      await ann.submits(REASON)
    })
    const asked = asItWas(await cardSays(asking))
    await insist(() => bo.tries.approves(asked))
    const outcome = text(await threadSays(/DTS accepted|took effect|Did not/))
    const isSent = !/Did not/.test(outcome)
    // Posting runs beside the call, so a kill there can hit that very moment too.
    if (crash !== 'posted approved') expect(isSent).toBe(!NOT_SENT.includes(crash))
    expect(calls().map(({ effective }) => effective)).toEqual(isSent ? [true] : [])
    if (!isSent) {
      expect(thread()).toEqual([...new Set(thread())])
      await asks(ann, await cardSays(/Ready to cut over[\s\S]*\[Stop…\]/))
      await bo.approves(await cardSays(asking))
      await threadSays(/DTS accepted/)
    }

    dts.setSpeed(1)
    dts.skip(60_000)
    await cardSays(end)
    await second
    await slack.waitFor(() => thread().find((said) => ENDED.test(said)), 'the end in the thread')
    expect(calls().map(({ effective }) => effective)).toEqual([true])
    expect(slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
    if (isSent) expect(thread()).toEqual([...new Set(thread())])
  },
)

const ENDED = /@U0ANN: (Done|Stopped)/
