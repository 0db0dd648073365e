import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { acknowledged } from '../support/acknowledged.ts'
import { ANN, BO, CHANNEL, spawnBot, startPretendWorld } from '../support/world.ts'

/*
 * Three bots share a database. Slack delivers to any of them, and two are killed. A kill can hit a bot
 * between an attempt that is on disk and its call: then the call is never sent.
 */

const CHEN = 'U0CHEN'
const DEE = 'U0DEE'

/** Each job, who asks for it and who approves it. */
const MIGRATIONS = [
  { job: 'dts-1firstone', asks: ANN, approves: BO },
  { job: 'dts-2secondone', asks: DEE, approves: CHEN },
  { job: 'dts-3thirdone', asks: BO, approves: CHEN },
  { job: 'dts-4fourthone', asks: ANN, approves: CHEN },
  { job: 'dts-5fifthone', asks: DEE, approves: BO },
  { job: 'dts-6sixthone', asks: CHEN, approves: BO },
]

const HOUR = 3_600_000

/** The work of a dead process is taken over within 30 s, later where the machine is busy. */
const PATIENCE = 90_000

test(
  'three bots on one database, two of them killed at work: one start for each approval',
  { timeout: 3 * PATIENCE },
  async () => {
    const { env, slack, dts } = await startPretendWorld({ mode: 'socket', engine: 'postgres' })
    const { people, ws } = slack
    const spawn = () => spawnBot({ ...env, GRACE: '5000' }, './crashing-bot.ts')
    const [first, second] = await Promise.all([spawn(), spawn(), spawn()])
    if (!first || !second) throw new Error('no bots')
    for (const { job } of MIGRATIONS) {
      dts.addJob({ id: job, name: job, migrateType: 2, durationMs: HOUR })
    }
    const cardsOf = (job: string) =>
      ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs && text(m).includes(job))
    const threadOf = (job: string) => {
      const [card] = cardsOf(job)
      return ws.messages.filter((m) => m.threadTs === card?.ts).map((m) => text(m))
    }
    const calls = (job: string, action: string) =>
      dts.requests.filter((one) => one.action === action && one.jobId === job).length
    const cardSays = (job: string, words: RegExp) =>
      slack.waitFor(
        () => cardsOf(job).find((card) => words.test(text(card))),
        `the card of ${job} to say ${words}`,
        PATIENCE,
      )
    /** Repeats it, as people do, until the bot acknowledges it. */
    const insist = async (act: () => Promise<Delivery>): Promise<void> => {
      while (!(await act()).ok);
    }
    const ask = async ({ job, asks }: (typeof MIGRATIONS)[number]): Promise<void> => {
      await acknowledged(people.command(asks, CHANNEL, `/dts start ${job}`))
      await slack.waitFor(() => {
        const open = ws.topView(asks)
        return open && text(open.view).includes(job) && /Why\?/.test(text(open.view))
      }, `the form for ${job}`)
      people.fill(asks, 'dts_reason', `because of ${job}`)
      await insist(() => people.submit(asks))
    }
    const decide = async ({ job, approves }: (typeof MIGRATIONS)[number]): Promise<void> => {
      const card = { ...(await cardSays(job, /Waiting for approval/)) }
      await insist(() => people.click(approves, card, 'dts_approve', true))
    }

    for (const one of MIGRATIONS) await ask(one)
    const [lost, ...others] = MIGRATIONS
    if (!lost) throw new Error('no migrations')
    for (const one of others) await cardSays(one.job, /Waiting for approval/)

    dts.fault({ kind: 'timeoutAfter', action: 'StartMigrateJob', jobId: lost.job })
    await Promise.all(MIGRATIONS.map(decide))
    await expect.poll(() => calls(lost.job, 'StartMigrateJob')).toBe(1)
    await first.kill()
    await slack.waitFor(
      () => others.some(({ job }) => /Running/.test(text(cardsOf(job)[0] ?? { blocks: [] }))),
      'the work to go on',
      PATIENCE,
    )
    await second.kill()
    for (const { job } of MIGRATIONS) await cardSays(job, /Running|Did not start/)
    dts.skip(2 * HOUR)
    for (const { job } of MIGRATIONS) await cardSays(job, /Done|Did not start/)

    const end = /: (Done|Did not start)/
    await slack.waitFor(
      () => MIGRATIONS.every(({ job }) => threadOf(job).some((said) => end.test(said))),
      'every thread to announce the end',
      PATIENCE,
    )
    for (const { job, approves } of MIGRATIONS) {
      const sent = calls(job, 'StartMigrateJob')
      expect([job, dts.starts(job), sent]).toEqual([job, sent, Math.min(sent, 1)])
      await cardSays(job, sent === 1 ? /Done/ : /Did not start/)
      expect(cardsOf(job)).toHaveLength(1)
      const said = threadOf(job)
      expect(said).toEqual([...new Set(said)])
      expect(said.filter((words) => words.includes(`Approved by @${approves}`))).toHaveLength(1)
    }
  },
)
