import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { startCrashing } from '../support/crashing.ts'
import { MOMENTS } from '../support/moments.ts'
import { ANN, BO, CHANNEL, spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/* The bot kills itself at a chosen moment; people repeat what Slack reported as failed. */

const JOB = 'dts-1kl0iy0v'
const GRACE = '2000'
const PATIENCE = 60_000

const CRASHES = [
  'undecided requested',
  'decided requested',
  'unposted card',
  'posted card',
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
/** The attempt is on disk but the call was never sent. Nobody can know that, so nobody sends it. */
const NOT_SENT = ['decided attempted', 'attempted']
/** Posting and drawing run beside the start, so a kill there can hit that very moment too. */
const MAYBE_SENT = ['posted approved', 'undrawn', 'drawn']
/** On PostgreSQL each has to wait until the dead process's work is taken over, so only these two. */
const ON_POSTGRES = ['posted card', 'attempted']

const WAYS = [
  ...CRASHES.map((crash) => ({ crash, mode: 'socket', engine: 'sqlite' }) as const),
  ...ON_POSTGRES.map((crash) => ({ crash, mode: 'socket', engine: 'postgres' }) as const),
]

test('the bot is killed at every moment that there is', () => {
  expect(new Set(CRASHES.map((crash) => crash.split(' ')[0]))).toEqual(new Set(MOMENTS))
})

test.each(WAYS)(
  'killed at "$crash": after a restart everything comes out right ($engine)',
  { timeout: 2 * PATIENCE },
  async ({ crash, ...way }) => {
    const { env, form, slack, dts } = await startPretendWorld(way, { GRACE })
    const { people, ws } = slack
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const { second, insist } = await startCrashing(env, crash)
    const shown = <T>(look: () => T | undefined, what: string) =>
      slack.waitFor(look, what, PATIENCE)
    const cards = () => ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)

    await people.command(ANN, CHANNEL, `/dts start ${JOB}`)
    await form(/Why\?/)
    people.fill(ANN, 'dts_reason', 'quarterly move')
    await insist(() => people.submit(ANN))
    const card = { ...(await shown(() => cards()[0], 'the card')) }
    await insist(() => people.click(BO, card, 'dts_approve', true))
    const outcome = await shown(
      () => cards().find((m) => /▶ Running|✖ Did not start/.test(text(m))),
      'what became of the start',
    )
    const started = /Running/.test(text(outcome))
    if (!MAYBE_SENT.includes(crash)) expect(started).toBe(!NOT_SENT.includes(crash))
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual(started ? [1, 1] : [0, 0])
    dts.skip(200_000)
    const end = started ? /✅ Done/ : /✖ Did not start/
    await shown(() => cards().find((m) => end.test(text(m))), `the card to say ${end}`)
    await second
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
  { crash: 'undecided undeliverable', refusals: 1_000 },
  { crash: 'decided undeliverable', refusals: 1 },
])(
  'the channel rejects the card, killed at "$crash": the requester hears of it once',
  { timeout: 2 * PATIENCE },
  async ({ crash, refusals: times }) => {
    const { env, form, slack, dts } = await startPretendWorld(
      { mode: 'socket', engine: 'sqlite' },
      {},
    )
    const { people, ws } = slack
    dts.addJob({ id: JOB })
    slack.faults.add('chat.postMessage', { error: 'is_archived', about: CHANNEL, times })
    const script = './crashing-bot.ts'
    const first = await spawnBot({ ...env, CRASH_AT: crash }, script)
    await people.command(ANN, CHANNEL, `/dts start ${JOB}`)
    await form(/Why\?/)
    people.fill(ANN, 'dts_reason', 'quarterly move')
    await people.submit(ANN)
    await first.gone
    await spawnBot(env, script)
    const notices = () => ws.messages.filter((m) => /Request not posted/.test(text(m)))
    await slack.waitFor(() => notices()[0], 'a direct message to Ann', PATIENCE)
    expect(notices().map((m) => m.channel)).toEqual([ws.dm(ANN).id])
    expect(ws.messages.filter((m) => m.channel === CHANNEL)).toEqual([])
  },
)

test(
  'killed when a person has settled the outcome: it stays settled, and is announced once',
  { timeout: 2 * PATIENCE },
  async () => {
    const way = { mode: 'socket', engine: 'sqlite' } as const
    const { env, ask, slack, dts, cardSays, privately } = await startPretendWorld(way, {
      GRACE: '500',
    })
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const { second, insist } = await startCrashing(env, 'decided settled')
    const card = await ask(JOB)
    dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
    dts.fault({ action: 'DescribeMigrateJobs', kind: 'delay', ms: 0 })
    const hidden = { kind: 'error', code: 'InternalError', times: 10_000 } as const
    dts.fault({ ...hidden, action: 'DescribeMigrateJobs' })
    await slack.people.click(BO, card, 'dts_approve')
    const asked = { ...(await cardSays(/Outcome unknown[\s\S]*\[It started\]/)) }
    await insist(() => slack.people.click(BO, asked, 'dts_took_effect', true))
    await second
    await privately(BO, /Too late: this is decided already/)
    dts.clearFaults()
    dts.skip(200_000)
    await cardSays(/✅ Done/)
    expect(startsSent(dts, JOB)).toBe(1)
    const thread = slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
    expect(thread.filter((said) => /looked: it did start/.test(said))).toHaveLength(1)
    expect(new Set(thread).size).toBe(thread.length)
  },
)
