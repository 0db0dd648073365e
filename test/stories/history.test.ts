import { expect, test } from 'vitest'
import type { HistoryRecord } from '../../src/history/record.ts'
import { runHistory } from '../support/run-history.ts'
import { EACH_ONCE, JOB, type Way, spawnBot, startPretendWorld } from '../support/world.ts'

/* An auditor asks the database who approved what, while the bot runs, and after it was killed. */

const HOSTILE =
  '=cmd|"/c calc"!A1, *bold* <!channel> <@U0BO>\nsecond line\u001b[31mred\u001b]0;title\u0007 \u202eback'

/** A migration that people asked for, rejected, asked for again, approved and cut over. */
async function cutOver(way: Way) {
  const world = await startPretendWorld(way)
  const { ann, bo, dts, env } = world
  const bot = await spawnBot(env)
  dts.addJob({ id: JOB, name: 'orders', migrateType: 3, durationMs: 60_000 })
  await bo.approves(await ann.asks(JOB, 'quarterly move'))
  await world.threadSays(/DTS accepted the start/)
  dts.skip(120_000)
  await ann.asksToCutOver(await world.cardSays(/\[Cut over…\]/), HOSTILE)
  await bo.rejects(await world.cardSays(/Waiting for approval/), 'not before midnight')
  await ann.asksToCutOver(await world.cardSays(/\[Cut over…\]/), HOSTILE)
  await bo.approves(await world.cardSays(/Waiting for approval/))
  const accepted = await world.threadSays(/DTS accepted the cutover/)
  dts.skip(60_000)
  await world.cardSays(/Done in/)
  return { ...world, bot, accepted }
}

test.each(EACH_ONCE)(
  'who approved, when, what did they see, which RequestId ($mode, $engine)',
  { timeout: 60_000 },
  async (way) => {
    const { env, bot, dts, ann, bo } = await cutOver(way)
    const { code, out, err } = await runHistory(env, JOB, '--json')
    expect([code, err]).toEqual([0, ''])
    const records = out.trimEnd().split('\n').map(parse)
    const sent = (action: string) => dts.requests.find((one) => one.action === action)?.requestId
    const start = { request: 1, operation: 'start' }
    const rejected = { request: 2, operation: 'cutOver' }
    const again = { request: 3, operation: 'cutOver' }
    const saw = expect.objectContaining({
      name: 'orders',
      digest: expect.stringMatching(/^\S{8,}$/),
    })
    const ids = { job: JOB, region: 'ap-guangzhou', account: 'default' }
    expect(records.map(({ at: _at, migration: _migration, ...rest }) => rest)).toEqual([
      { ...ids, ...start, what: 'asked to start', by: ann.id, reason: 'quarterly move', saw },
      { ...ids, ...start, what: 'approved', by: bo.id, saw },
      { ...ids, ...start, what: 'sending it to DTS, attempt 1' },
      { ...ids, ...start, what: 'DTS accepted it', requestId: sent('StartMigrateJob') },
      { ...ids, what: 'ready to cut over', requestId: expect.any(String) },
      { ...ids, ...rejected, what: 'asked to cut over', by: ann.id, reason: HOSTILE, saw },
      { ...ids, ...rejected, what: 'rejected', by: bo.id, reason: 'not before midnight', saw },
      { ...ids, ...again, what: 'asked to cut over', by: ann.id, reason: HOSTILE, saw },
      { ...ids, ...again, what: 'approved', by: bo.id, saw },
      { ...ids, ...again, what: 'sending it to DTS, attempt 1' },
      { ...ids, ...again, what: 'DTS accepted it', requestId: sent('CompleteMigrateJob') },
      { ...ids, what: expect.stringMatching(/done$/), requestId: expect.any(String) },
    ])
    const [asked, , , , , toCutOver] = records
    expect(asked?.saw?.from).toMatch(/\(.*\)/)
    expect(asked?.saw?.warnings.join()).toMatch(/until someone cuts over/)
    expect(toCutOver?.saw?.warnings).toEqual([expect.stringMatching(/^Ends replication/)])

    const migration = asked?.migration ?? ''
    expect((await runHistory(env, migration, '--json')).out).toBe(out)
    expect((await runHistory(env, '--since', '1h', '--json')).out).toBe(out)
    expect(await runHistory(env, JOB, '--since', '2100-01-01')).toEqual({
      code: 0,
      out: '',
      err: 'Nothing of that is in the history.\n',
    })
    expect(bot.alive()).toBe(true)
    await bot.kill()
    expect((await runHistory(env, JOB, '--json')).out).toBe(out)
  },
)

test.each(EACH_ONCE)(
  'the table and the CSV are safe to look at, whatever people wrote ($mode, $engine)',
  { timeout: 60_000 },
  async (way) => {
    const { env, bot, ann, bo } = await cutOver(way)
    const { code, out } = await runHistory(env, JOB)
    expect(code).toBe(0)
    expect(out).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u)
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^Time \(UTC\) +Job +Request +Who +What happened$/)
    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`
    expect(out).toMatch(new RegExp(`^${time}  ${JOB}  1 start    ${ann.id}  asked to start$`, 'm'))
    expect(out).toMatch(new RegExp(`^${time}  ${JOB}  3 cutOver  ${bo.id}   approved$`, 'm'))
    expect(out).toMatch(/^ {4}RequestId: \S{10,}$/m)
    expect(out).toMatch(/^ {4}from: .+\n {4}to: .+\n {4}facts: .+\n {4}warnings: .+$/m)
    expect(out).toContain(String.raw`<@U0BO>\nsecond line\u{1b}[31mred`)
    expect(out).toContain(String.raw`\u{202e}back`)

    const csv = (await runHistory(env, JOB, '--csv')).out
    const rows = csv.trimEnd().split('\r\n')
    expect(rows).toHaveLength(13)
    expect(rows[0]).toMatch(/^at_utc,job,region,account,migration,request,operation,what,by,reason/)
    const cells = rows.flatMap((row) => row.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [])
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([])
    expect(csv).toContain(String.raw`"'=cmd|""/c calc""!A1, *bold* <!channel>`)
    expect(csv).not.toMatch(/[^\P{Cc}\r\n]|\p{Cf}/u)
    expect(bot.alive()).toBe(true)
  },
)

function parse(line: string): HistoryRecord {
  return JSON.parse(line) as HistoryRecord
}
