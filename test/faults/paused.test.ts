import { expect, test } from 'vitest'
import { asItWas } from '../support/person.ts'
import { spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/*
 * The process that has written an attempt down stands still before its call, as a paused virtual
 * machine does, and goes on when it is too late.
 */

const JOB = 'dts-1kl0iy0v'
const GRACE = '4000'
/** Milliseconds. After `sendWithin` of crashing-bot.ts the call may not leave. */
const PAUSE = 2_500
/** On PostgreSQL another process takes over the work of one that stands still within a minute. */
const PATIENCE = { patienceMs: 3_000, waitMs: 100_000 }
const SCRIPT = './crashing-bot.ts'
const STOP = { CRASH_BY: 'SIGSTOP' }

async function startPaused(engine: 'sqlite' | 'postgres', moment: string, grace = GRACE) {
  const world = await startPretendWorld({ mode: 'socket', engine }, { GRACE: grace }, PATIENCE)
  world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 3_600_000 })
  const paused = await spawnBot({ ...world.env, ...STOP, CRASH_AT: moment }, SCRIPT)
  const card = asItWas(await world.ann.asks(JOB))
  await world.bo.tries.approves(card)
  return { ...world, paused, card }
}

test.each(['decided attempted', 'attempted'])(
  'one bot, paused at "%s" for too long: it sends nothing and says so',
  { timeout: 120_000 },
  async (moment) => {
    const { ann, bo, dts, paused, ...world } = await startPaused('sqlite', moment)
    const since = Date.now()
    await expect.poll(() => Date.now() - since).toBeGreaterThan(PAUSE)
    paused.resume()
    await world.cardSays(/Not started[\s\S]*I was paused for too long[\s\S]*I sent nothing/)
    expect(startsSent(dts, JOB)).toBe(0)

    await paused.kill()
    await spawnBot(world.env, SCRIPT)
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/DTS accepted the start/)
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual([1, 1])
  },
)

test(
  'two bots, and the one with the work is paused: the other says that it did not start, and no call follows',
  { timeout: 300_000 },
  async () => {
    const { ann, bo, dts, paused, ...world } = await startPaused('postgres', 'attempted')
    await spawnBot(world.env, SCRIPT)
    await world.threadSays(/Outcome unknown/)
    await world.cardSays(/Did not start/)
    await world.threadSays(/Did not start/)
    expect(startsSent(dts, JOB)).toBe(0)

    paused.resume()
    await expect
      .poll(() => paused.logged(), { timeout: PATIENCE.waitMs })
      .toMatch(/tooLate[\s\S]*DTS call failed/)
    expect(startsSent(dts, JOB)).toBe(0)
    await world.cardSays(/Did not start/)

    await paused.kill()
    await bo.approves(await ann.asks(JOB))
    await world.threadSays(/DTS accepted the start/)
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual([1, 1])
  },
)

test(
  'two bots, and the paused one goes on while the other is finding out: its clear "no" is reported',
  { timeout: 300_000 },
  async () => {
    const { bo, dts, paused, card, ...world } = await startPaused('postgres', 'attempted', '300000')
    await spawnBot(world.env, SCRIPT)
    await world.cardSays(/Outcome unknown/)
    paused.resume()
    await world.cardSays(/Not started[\s\S]*I was paused for too long[\s\S]*I sent nothing/)
    await bo.tries.approves(card)
    expect([startsSent(dts, JOB), dts.starts(JOB)]).toEqual([0, 0])
  },
)

/** The same before a cutover, of a job that is watched. */
async function startPausedCutover(engine: 'sqlite' | 'postgres') {
  const world = await startPretendWorld({ mode: 'socket', engine }, { GRACE }, PATIENCE)
  const { ann, bo, dts, env, cardSays } = world
  dts.addJob({ id: JOB, status: 8, migrateType: 3 })
  const paused = await spawnBot({ ...env, ...STOP, CRASH_AT: 'attempted' }, SCRIPT)
  await ann.types(`/dts watch ${JOB}`)
  const asksAndBoApproves = async (): Promise<void> => {
    await ann.asksToCutOver(await cardSays(/Ready to cut over[\s\S]*\[Cut over…\]/))
    await bo.tries.approves(await cardSays(/Waiting for approval to cut over/))
  }
  await asksAndBoApproves()
  const sent = () => dts.requests.filter(({ action }) => action === 'CompleteMigrateJob')
  return { ...world, paused, asksAndBoApproves, sent }
}

test(
  'one bot, paused before a cutover for too long: it sends nothing, and people may ask again',
  { timeout: 120_000 },
  async () => {
    const { paused, asksAndBoApproves, sent, ...world } = await startPausedCutover('sqlite')
    const since = Date.now()
    await expect.poll(() => Date.now() - since).toBeGreaterThan(PAUSE)
    paused.resume()
    await world.threadSays(/Not cut over[\s\S]*I was paused for too long[\s\S]*I sent nothing/)
    expect(sent()).toEqual([])

    await paused.kill()
    await spawnBot(world.env, SCRIPT)
    await asksAndBoApproves()
    await world.threadSays(/DTS accepted the cutover/)
    expect(sent()).toMatchObject([{ effective: true }])
  },
)

test(
  'two bots, and one is paused before a cutover: people ask the other again, and one call is sent',
  { timeout: 300_000 },
  async () => {
    const { paused, asksAndBoApproves, sent, ...world } = await startPausedCutover('postgres')
    await spawnBot(world.env, SCRIPT)
    await world.threadSays(/Outcome unknown/)
    await world.threadSays(/Did not cut over/)
    expect(sent()).toEqual([])

    paused.resume()
    await expect
      .poll(() => paused.logged(), { timeout: PATIENCE.waitMs })
      .toMatch(/tooLate[\s\S]*DTS call failed/)
    await paused.kill()
    await world.cardSays(/Ready to cut over/)
    expect(sent()).toEqual([])
    await asksAndBoApproves()
    await world.threadSays(/DTS accepted the cutover/)
    expect(sent()).toMatchObject([{ effective: true }])
  },
)
