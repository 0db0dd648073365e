import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { PREFIX, launch, removeServer, serverUrl, stopServer } from '../support/postgres-server.ts'
import { ANN, BO, CHANNEL, startWorld, startsSent } from '../support/world.ts'

/* PostgreSQL is killed and started again while people work. */

test(
  'killed and restarted while people ask and approve: everything comes out right',
  { timeout: 180_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
    onTestFinished(() => removeServer(folder))
    const url = await serverUrl(folder)
    const world = await startWorld(
      { mode: 'socket', engine: 'postgres' },
      { env: { DATABASE_URL: url } },
    )
    const { slack, dts } = world
    const { people, ws } = slack
    const restart = async (): Promise<void> => {
      await stopServer(folder)
      await launch(folder, Number(new URL(url).port))
    }
    const decided = ['dts-1firstone', 'dts-2secondone']
    const last = 'dts-3thirdone'
    const jobs = [...decided, last]
    const cards = (job: string) =>
      ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs && text(m).includes(job))
    const says = (job: string, words: RegExp, patience = 90_000) =>
      slack.waitFor(
        () => cards(job).find((one) => words.test(text(one))),
        `the card of ${job} to say ${words}`,
        patience,
      )
    const openForm = async (id: string): Promise<void> => {
      await people.command(ANN, CHANNEL, `/dts start ${id}`)
      await world.form(new RegExp(`${id}[\\s\\S]*Why`))
      people.fill(ANN, 'dts_reason', 'all at once')
    }
    /** Submits again what was not acknowledged, and asks anew where that did not work. */
    const ask = async (id: string, restarting = Promise.resolve()): Promise<void> => {
      for (let form = ws.topView(ANN); form; form = ws.topView(ANN)) {
        if (/Why\?/.test(text(form.view))) {
          await people.submit(ANN)
        } else {
          await restarting
          await people.closeView(ANN)
          await openForm(id)
        }
      }
      await restarting
    }
    /** People who see no change press again. */
    const approve = async (id: string): Promise<void> => {
      const card = { ...(await says(id, /Waiting for approval/)) }
      const seen = (): Promise<boolean> =>
        says(id, /Approved|▶|✅/, 2_000).then(
          () => true,
          () => false,
        )
      do await people.click(BO, card, 'dts_approve', true)
      while (!(await seen()))
    }

    for (const id of jobs) dts.addJob({ id, name: id, migrateType: 2, durationMs: 3_600_000 })
    for (const id of jobs) {
      await openForm(id)
      if (id !== last) await ask(id)
    }
    for (const id of decided) await says(id, /Waiting for approval/)
    const restarting = restart()
    await Promise.all([ask(last, restarting), ...decided.map(approve)])
    await approve(last)
    for (const id of jobs) await says(id, /Running/)
    dts.skip(7_200_000)
    for (const id of jobs) {
      const card = await says(id, /Done/)
      await slack.waitFor(
        () => ws.messages.find((m) => m.threadTs === card.ts && /: Done/.test(text(m))),
        `the thread of ${id} to say that it is done`,
      )
      expect([startsSent(dts, id), cards(id).length]).toEqual([1, 1])
      const said = ws.messages.filter((m) => m.threadTs === card.ts).map((m) => text(m))
      expect(said).toEqual([...new Set(said)])
      expect(said.filter((words) => /Approved by/.test(words))).toHaveLength(1)
    }
  },
)
