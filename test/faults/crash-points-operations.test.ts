import { expect, test } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { startCrashing } from '../support/crashing.ts'
import { type Person, asItWas } from '../support/person.ts'
import { CHANNEL, JOB, startPretendWorld } from '../support/world.ts'

/*
 * The bot is killed while it does something to a job that it watches: cut over, stop, pause, continue,
 * retry. For a start: crash-points.test.ts.
 */

const PATIENCE = { patienceMs: 3_000, waitMs: 60_000 }
const REASON = 'everything is copied'

/** `says`: what people read last in the thread. `proves`: whether looks tell that it had no effect. */
type Operation = {
  operation: string
  action: string
  spec: JobSpec
  asks: (ann: Person, card: Message) => Promise<void>
  end: RegExp
  says: RegExp
  proves: boolean
}

const CUT_OVER: Operation = {
  operation: 'cut over',
  action: 'CompleteMigrateJob',
  spec: { status: 8 },
  asks: (ann, card) => ann.asksToCutOver(card, REASON),
  end: /✅ Done/,
  says: /@U0ANN: Done/,
  proves: true,
}
const STOP: Operation = {
  operation: 'stop',
  action: 'StopMigrateJob',
  spec: { status: 8 },
  asks: (ann, card) => ann.asksToStop(card, REASON),
  end: /⏹ Stopped/,
  says: /@U0ANN: Stopped/,
  proves: true,
}
/* What only 2021-12-06 can do. */
const PAUSE: Operation = {
  operation: 'pause',
  action: 'PauseMigrateJob',
  spec: { status: 7, knownTo: ['2021-12-06'] },
  asks: (ann, card) => ann.asksTo('Pause…', card, REASON),
  end: /The job is paused/,
  says: /DTS accepted the pause|The pause took effect/,
  proves: true,
}
const CONTINUE: Operation = {
  operation: 'continue',
  action: 'ContinueMigrateJob',
  spec: { status: 'manualPaused', knownTo: ['2021-12-06'] },
  asks: (ann, card) => ann.asksTo('Continue…', card, REASON),
  end: /Ready to cut over/,
  says: /@U0ANN: ready to cut over/,
  proves: true,
}
const RETRY: Operation = {
  operation: 'retry',
  action: 'ResumeMigrateJob',
  spec: {
    status: 'resumableErr',
    fails: { at: 0.5, code: 'x', message: 'y', resumable: true },
    knownTo: ['2021-12-06'],
  },
  asks: (ann, card) => ann.asksTo('Retry…', card, REASON),
  end: /Ready to cut over/,
  says: /@U0ANN: ready to cut over/,
  // A job in error may have gone on and met the next one.
  proves: false,
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
/** Where looks alone tell whether it took effect: never sent, and the answer not on disk. */
const TOLD_BY_LOOKS = ['attempted', 'answered']
/** The attempt is on disk but the call was never sent. Nobody can know that, so nobody sends it. */
const NOT_SENT = ['decided attempted', 'attempted']

const WAYS = [
  ...CRASHES.map((crash) => ({ ...CUT_OVER, crash, engine: 'sqlite' as const })),
  ...CALL.map((crash) => ({ ...STOP, crash, engine: 'sqlite' as const })),
  ...[PAUSE, CONTINUE, RETRY].flatMap((operation) =>
    TOLD_BY_LOOKS.map((crash) => ({ ...operation, crash, engine: 'sqlite' as const })),
  ),
  { ...CUT_OVER, crash: 'attempted', engine: 'postgres' as const },
]

test.each(WAYS)(
  'to $operation, killed at "$crash": after a restart it is done once ($engine)',
  { timeout: 120_000 },
  async ({ crash, engine, operation, action, spec, asks, end, says, proves }) => {
    const way = { mode: 'socket', engine } as const
    const world = await startPretendWorld(way, { GRACE: '2000' }, PATIENCE)
    const { ann, bo, slack, dts, cardSays, threadSays } = world
    dts.addJob({ id: JOB, migrateType: 3, ...spec })
    // What is under way stays so until it was seen.
    dts.setSpeed(0)
    const { second, insist } = await startCrashing(world.env, crash)
    const calls = () => dts.requests.filter((one) => one.action === action)
    const thread = () => slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
    const asking = new RegExp(`Waiting for approval to ${operation}`)

    await ann.types(`/dts watch ${JOB}`)
    const ready = asItWas(await cardSays(/\[Stop…\]/))
    await asks(ann, ready).catch(async () => {
      await second
      await ann.submits(REASON)
    })
    const asked = asItWas(await cardSays(asking))
    await insist(() => bo.tries.approves(asked))
    if (NOT_SENT.includes(crash) && !proves) {
      const card = await cardSays(/Outcome unknown[\s\S]*\[It went on\] \[It did not go on\]/)
      await bo.presses('It did not go on', card)
    }
    const outcome = text(await threadSays(/DTS accepted|took effect|It did go on|Did not/))
    const isSent = !/Did not/.test(outcome)
    // Posting runs beside the call, so a kill there can hit that very moment too.
    if (crash !== 'posted approved') expect(isSent).toBe(!NOT_SENT.includes(crash))
    expect(calls().map(({ effective }) => effective)).toEqual(isSent ? [true] : [])
    if (!isSent) {
      expect(thread()).toEqual([...new Set(thread())])
      await asks(ann, await cardSays(/^(?!.*Waiting for)[\s\S]*\[Stop…\]/))
      await bo.approves(await cardSays(asking))
      await threadSays(/DTS accepted/)
    }

    dts.setSpeed(1)
    dts.skip(60_000)
    await cardSays(end)
    await second
    await slack.waitFor(() => thread().find((said) => says.test(said)), 'the last news')
    expect(calls().map(({ effective }) => effective)).toEqual([true])
    expect(slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
    if (isSent) expect(thread()).toEqual([...new Set(thread())])
  },
)
