import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { RULES, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { EACH_ONCE, JOB, type World, startWorld } from '../support/world.ts'

/* An operator follows a migration in the log: every decision, with the same ids. No words of people. */

const SECRET = 'the password=not-a-real-secret of the root account'
const LOSSY = { rules: { grace: 1_000, patience: 2_000 } }

type Line = Record<string, unknown> & { msg: string }

test.each(EACH_ONCE)('from the request to the end ($mode, $engine)', async (way) => {
  const world = await startWorld(way)
  const { ann, bo, dts } = world
  dts.addJob({ id: JOB, name: 'invoices', migrateType: 3, durationMs: 60_000 })
  await bo.approves(await ann.asks(JOB, SECRET))
  await world.threadSays(/DTS accepted the start/)
  dts.skip(120_000)
  const card = await world.cardSays(/Ready to cut over[\s\S]*\[Cut over…\]/)
  await ann.asksToCutOver(card, SECRET)
  await bo.rejects(await world.cardSays(/Waiting for approval/), SECRET)
  await ann.asksToCutOver(await world.cardSays(/\[Cut over…\]/), SECRET)
  await bo.approves(await world.cardSays(/Waiting for approval/))
  await world.threadSays(/DTS accepted the cutover/)
  dts.skip(60_000)
  await world.cardSays(/Done in/)

  const start = { request: 1, operation: 'start' }
  const rejected = { request: 2, operation: 'cutOver' }
  const cutOver = { request: 3, operation: 'cutOver' }
  const requestId = expect.stringMatching(/^[\w-]{10,}$/)
  const expiresAt = expect.stringMatching(/^\d{4}-.*Z$/)
  expect(linesOf(world)).toEqual([
    { msg: 'approval requested', ...start, requester: ann.id, expiresAt },
    { msg: 'request approved', ...start, by: bo.id },
    { msg: 'order attempted', ...start, attempt: 1 },
    { msg: 'order accepted', ...start, requestId },
    { msg: 'job ready to cut over' },
    { msg: 'approval requested', ...rejected, requester: ann.id, expiresAt },
    { msg: 'request rejected', ...rejected, by: bo.id },
    { msg: 'approval requested', ...cutOver, requester: ann.id, expiresAt },
    { msg: 'request approved', ...cutOver, by: bo.id },
    { msg: 'order attempted', ...cutOver, attempt: 1 },
    { msg: 'order accepted', ...cutOver, requestId },
    { msg: 'migration ended', ending: 'done' },
  ])
  expect(world.logs.join()).not.toMatch(/not-a-real-secret|invoices/)
})

test.each(EACH_ONCE)('a lost answer, and people who settle it ($mode, $engine)', async (way) => {
  const world = await startWorld(way, LOSSY)
  const { ann, bo, dts } = world
  dts.addJob({ id: JOB, expectInMs: 6 * 86_400_000 })
  dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetBefore' })
  await bo.approves(await ann.asks(JOB, SECRET))
  await bo.presses('It did not start', await world.cardSays(/\[It did not start\]/))
  await world.cardSays(/Did not start/)
  const start = { request: 1, operation: 'start' }
  expect(linesOf(world).slice(2)).toEqual([
    { msg: 'order attempted', ...start, attempt: 1 },
    { msg: 'order outcome unknown', ...start, errorCode: 'connection' },
    { msg: 'order needs people to settle it', ...start },
    { msg: 'order settled', ...start, by: bo.id, tookEffect: false },
    { msg: 'migration ended', ending: 'noEffect', errorCode: 'connection' },
  ])
  expect(world.logs.join()).not.toContain('not-a-real-secret')
})

test.each(EACH_ONCE)('a lost answer that a look settles ($mode, $engine)', async (way) => {
  const world = await startWorld(way)
  const { ann, bo, dts } = world
  dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  dts.fault({ action: 'StartMigrateJob', times: 1, kind: 'resetAfter' })
  await bo.approves(await ann.asks(JOB))
  await world.threadSays(/It did start/)
  expect(linesOf(world).at(-1)).toEqual({
    msg: 'order settled',
    request: 1,
    operation: 'start',
    tookEffect: true,
  })
})

test.each(EACH_ONCE)('a start that DTS throttles, then refuses ($mode, $engine)', async (way) => {
  const world = await startWorld(way)
  const { ann, bo, dts } = world
  dts.addJob({ id: JOB })
  const fault = { action: 'StartMigrateJob', times: 1, kind: 'error' } as const
  dts.fault({ ...fault, code: 'RequestLimitExceeded' })
  await bo.approves(await ann.asks(JOB))
  dts.fault({ ...fault, code: 'UnauthorizedOperation' })
  await world.cardSays(/Not started\n/)
  const requestId = expect.stringMatching(/^[\w-]{10,}$/)
  const start = { request: 1, operation: 'start' }
  expect(linesOf(world).slice(2)).toEqual([
    { msg: 'order attempted', ...start, attempt: 1 },
    { msg: 'order throttled', ...start, errorCode: 'RequestLimitExceeded', requestId },
    { msg: 'order attempted', ...start, attempt: 2 },
    { msg: 'order denied', ...start, errorCode: 'UnauthorizedOperation', requestId },
    { msg: 'migration ended', ending: 'denied', errorCode: 'UnauthorizedOperation', requestId },
  ])
})

test.each(EACH_ONCE)('what a bot resumes ($mode, $engine)', async (way) => {
  const world = await startWorld(way)
  const { ann, bo, dts } = world
  const resumed = (logs: string[]) =>
    logs.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'work resumed')
  const none = { requests: 0, orders: 0, watched: 0 }
  expect(resumed(world.logs)).toMatchObject([none])
  dts.addJob({ id: JOB, name: 'invoices', migrateType: 3, durationMs: 60_000 })
  await bo.approves(await ann.asks(JOB))
  await world.threadSays(/DTS accepted the start/)
  dts.skip(120_000)
  await ann.asksToCutOver(await world.cardSays(/\[Cut over…\]/))
  await world.cardSays(/Waiting for approval/)
  await world.bot.stop()

  const logs: string[] = []
  const log = pino({ base: null }, { write: (line: string) => logs.push(line) })
  const bot = await startBot(readConfig(world.env), log, { rules: RULES })
  onTestFinished(() => bot.stop())
  expect(resumed(logs)).toMatchObject([{ ...none, requests: 1, watched: 1 }])
})

/** What the log says at `info` about the one migration, without what every such line has. */
function linesOf({ logs, env }: World): Line[] {
  const lines = logs
    .map((line) => JSON.parse(line) as Line)
    .filter(({ level, migration }) => level === 30 && migration !== undefined)
  const ids = new Set(lines.map(({ migration }) => migration))
  expect(ids.size).toBe(1)
  const same = { job: JOB, region: env['TENCENTCLOUD_REGION'], account: 'default' }
  const shown = ['level', 'time', 'migration', ...Object.keys(same)]
  return lines.map((line) => {
    expect(line).toMatchObject(same)
    const rest = Object.entries(line).filter(([name]) => !shown.includes(name))
    return { msg: line.msg, ...Object.fromEntries(rest) }
  })
}
