/**
 * `npm run release:fixture`: keeps what this release leaves behind when it stops with one request
 * waiting for approval and one job running: the SQL for each engine, and the cards in Slack.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from '../../playground/workspace/read.ts'
import { openWorld } from '../chaos/world.ts'
import { acknowledged } from '../support/acknowledged.ts'
import { startBotProcess } from '../support/bot-process.ts'
import { dumpPostgres, dumpSqlite } from './dump.ts'

const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
const folder = join('test', 'fixtures', 'releases', version)
await mkdir(folder, { recursive: true })
for (const engine of ['sqlite', 'postgres'] as const) await keep(engine)

async function keep(engine: 'sqlite' | 'postgres'): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const { slack, dts, env } = await openWorld(engine, opened)
  const { people, ws } = slack
  const bot = startBotProcess({ ...env, ASK_EXPIRES_MINUTES: '10080' })
  opened.defer(() => bot.kill())
  await bot.up
  for (const job of ['dts-waiting1', 'dts-running1']) {
    dts.addJob({ id: job, name: job, migrateType: 2, durationMs: 3_600_000 })
    await acknowledged(people.command('U0ANN', 'C0MIGRATE', `/dts start ${job}`))
    const form = (): string => text(ws.topView('U0ANN')?.view ?? { blocks: [] })
    await slack.waitFor(() => form().includes(job) && form().includes('Why?'), 'the form')
    people.fill('U0ANN', 'dts_reason', 'kept for later releases')
    await acknowledged(people.submit('U0ANN'))
    await slack.waitFor(() => ws.messages.some((m) => text(m).includes(job)), 'the card')
  }
  const running = ws.messages.find((m) => text(m).includes('dts-running1'))
  if (!running) throw new Error('no card')
  await acknowledged(people.click('U0BO', running, 'dts_approve'))
  await slack.waitFor(() => /Running/.test(text(running)), 'the job to run')
  if ((await bot.stop()) !== 0) throw new Error('the bot did not stop well')

  const sql = engine === 'sqlite' ? dumpSqlite(env) : await dumpPostgres(env)
  await writeFile(join(folder, `${engine}.sql`), farAway(sql, Date.now() + 10_080 * 60_000))
  const cards = ws.messages.filter((m) => m.channel === 'C0MIGRATE' && !m.threadTs)
  await writeFile(join(folder, `${engine}.cards.json`), `${JSON.stringify(cards, null, 2)}\n`)
}

/** The request must still wait when a later release is tried, so it expires in 2099. */
function farAway(sql: string, expires: number): string {
  return [expires, expires - 86_400_000]
    .map((time) => new Date(time).toISOString().slice(0, 10))
    .reduce((said, day) => said.replaceAll(day, '2099-01-01'), sql)
}
