import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { MOMENTS } from '../../src/workflow/moments.ts'
import { ANN, BO, CHANNEL, spawnBot, startWorld, startsSent } from '../support/town.ts'

/* The bot ends itself at a moment of its own choosing; people press again what Slack called failed. */

const JOB = 'dts-1kl0iy0v'
const GRACE = '2000'
const PATIENCE = 60_000

const CRASHES = [
  'undecided ask',
  'decided ask',
  'unposted asked',
  'posted asked',
  'undecided approved',
  'decided approved',
  'posted approved',
  'looked',
  'undecided attempted',
  'decided attempted',
  'attempted',
  'answered',
  'undecided accepted',
  'decided accepted',
  'undrawn',
  'drawn',
  'watched',
  'posted observed',
]
/** The attempt is on disk and the call not sent: nobody can know that, so it is never called. */
const NOT_CALLED = ['decided attempted', 'attempted']
/** What is posted and drawn beside the start: it can end the process at that very moment too. */
const MAYBE_CALLED = ['posted approved', 'undrawn', 'drawn']
/** On PostgreSQL each waits until the dead process's work is taken over: those that differ most. */
const ON_POSTGRES = ['posted asked', 'attempted']

const WAYS = [
  ...CRASHES.map((crash) => ({ crash, mode: 'socket', engine: 'sqlite' }) as const),
  ...ON_POSTGRES.map((crash) => ({ crash, mode: 'socket', engine: 'postgres' }) as const),
]

test('at every moment that the bot passes, it ends once', () => {
  expect(new Set(CRASHES.map((crash) => crash.split(' ')[0]))).toEqual(new Set(MOMENTS))
})

/** A bot that ends itself at `crash`, and the one that is started after it. */
async function doom(env: Record<string, string>, crash: string) {
  const script = './crashing-bot.ts'
  const doomed = await spawnBot({ ...env, CRASH_AT: crash }, script)
  const reborn = doomed.gone.then(() => spawnBot(env, script))
  return {
    reborn,
    insist: async (act: () => Promise<Delivery>): Promise<void> => {
      if ((await act()).ok) return
      await reborn
      expect(await act()).toMatchObject({ ok: true })
    },
  }
}

test.each(WAYS)(
  'ends at "$crash", and after a restart everything comes out right ($engine)',
  { timeout: 2 * PATIENCE },
  async ({ crash, ...way }) => {
    const { env, form, slack, dts } = await startWorld(way, { GRACE })
    const { people, ws } = slack
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const { reborn, insist } = await doom(env, crash)
    const shown = <T>(look: () => T | undefined, what: string) =>
      slack.waitFor(look, what, PATIENCE)
    const cards = () => ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)

    await people.command(ANN, CHANNEL, `/dts start ${JOB}`)
    await form(/Why\?/)
    people.fill(ANN, 'dts_reason', 'quarterly move')
    await insist(() => people.submit(ANN))
    const card = { ...(await shown(() => cards()[0], 'the card')) }
    await insist(() => people.click(BO, card, 'dts_approve', true))
    const begun = await shown(
      () => cards().find((m) => /▶ Running|✖ Did not start/.test(text(m))),
      'what became of the start',
    )
    const started = /Running/.test(text(begun))
    if (!MAYBE_CALLED.includes(crash)) expect(started).toBe(!NOT_CALLED.includes(crash))
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual(started ? [1, 1] : [0, 0])
    dts.skip(200_000)
    const end = started ? /✅ Done/ : /✖ Did not start/
    await shown(() => cards().find((m) => end.test(text(m))), `the card to say ${end}`)
    await reborn
    const last = await shown(
      () => ws.messages.findLast((m) => m.broadcast && /Done|Did not start/.test(text(m))),
      'the end in the channel',
    )
    expect(startsSent(dts, JOB)).toBe(started ? 1 : 0)
    expect(cards()).toHaveLength(1)
    const thread = ws.messages.filter((m) => m.threadTs).map((m) => text(m))
    expect(thread.filter((said) => said === text(last))).toHaveLength(1)
    expect(new Set(thread).size).toBe(thread.length)
    expect(thread.filter((said) => said.includes('Approved by'))).toHaveLength(1)
  },
)

test.each([
  { crash: 'undecided unshown', refusals: 1_000 },
  { crash: 'decided unshown', refusals: 1 },
])(
  'the channel takes no card, and it ends at "$crash": who asked is told, once',
  { timeout: 2 * PATIENCE },
  async ({ crash, refusals: times }) => {
    const { env, form, slack, dts } = await startWorld({ mode: 'socket', engine: 'sqlite' }, {})
    const { people, ws } = slack
    dts.addJob({ id: JOB })
    slack.faults.add('chat.postMessage', { error: 'is_archived', about: CHANNEL, times })
    const script = './crashing-bot.ts'
    const doomed = await spawnBot({ ...env, CRASH_AT: crash }, script)
    await people.command(ANN, CHANNEL, `/dts start ${JOB}`)
    await form(/Why\?/)
    people.fill(ANN, 'dts_reason', 'quarterly move')
    await people.submit(ANN)
    await doomed.gone
    await spawnBot(env, script)
    const told = () => ws.messages.filter((m) => /Not asked/.test(text(m)))
    await slack.waitFor(() => told()[0], 'Ann to be told', PATIENCE)
    expect(told().map((m) => m.channel)).toEqual([ws.dm(ANN).id])
    expect(ws.messages.filter((m) => m.channel === CHANNEL)).toEqual([])
  },
)

test(
  'ends as people have settled how a start came out: it stays settled, and is told once',
  { timeout: 2 * PATIENCE },
  async () => {
    const way = { mode: 'socket', engine: 'sqlite' } as const
    const { env, ask, slack, dts, cardSays, privately } = await startWorld(way, { GRACE: '500' })
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const { reborn, insist } = await doom(env, 'decided settled')
    const card = await ask(JOB)
    dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
    dts.fault({ action: 'DescribeMigrateJobs', kind: 'delay', ms: 0 })
    const hidden = { kind: 'error', code: 'InternalError', times: 10_000 } as const
    dts.fault({ ...hidden, action: 'DescribeMigrateJobs' })
    await slack.people.click(BO, card, 'dts_approve')
    const asked = { ...(await cardSays(/Outcome unknown[\s\S]*\[It started\]/)) }
    await insist(() => slack.people.click(BO, asked, 'dts_it_started', true))
    await reborn
    await privately(BO, /Too late: this migration was started already/)
    dts.clearFaults()
    dts.skip(200_000)
    await cardSays(/✅ Done/)
    expect(startsSent(dts, JOB)).toBe(1)
    const thread = slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
    expect(thread.filter((said) => /looked: it did start/.test(said))).toHaveLength(1)
    expect(new Set(thread).size).toBe(thread.length)
  },
)
