import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { EACH_ONCE, JOB, startWorld } from '../support/world.ts'

const HERE = { mode: 'socket', engine: 'sqlite' } as const
const RUNS = { id: JOB, name: 'orders', status: 7, durationMs: 60_000 }

test.each(EACH_ONCE)(
  'a job that somebody started elsewhere is followed ($version, $mode, $engine)',
  async (way) => {
    const { ann, bo, dts, ...world } = await startWorld(way)
    dts.addJob({ ...RUNS, migrateType: 3 })
    await ann.types(`/dts watch ${JOB}`)
    await ann.isTold(/I'm watching dts-1kl0iy0v in .C0MIGRATE/)
    const card = await world.cardSays(/Running \d+ %[\s\S]*orders for @U0ANN/)
    dts.skip(120_000)
    await world.cardSays(/Ready to cut over[\s\S]*\[Cut over…\]/)
    await ann.asksToCutOver(card)
    await world.cardSays(/Waiting for approval to cut over/)
    await bo.approves(card)
    await world.threadSays(/DTS accepted the cutover/)
    dts.skip(60_000)
    await world.cardSays(/Done in/)
  },
)

test('who pastes a running job into /dts start is offered to watch it', async () => {
  const { ann, dts, ...world } = await startWorld(HERE)
  dts.addJob(RUNS)
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/It can't be started: it is running[\s\S]*\[Watch it\]/)
  await ann.presses('Watch it')
  await ann.formSays(/I'm watching dts-1kl0iy0v in .C0MIGRATE/)
  await world.cardSays(/Running \d+ %/)
})

test('a watch is ended by who began it, and by nobody else', async () => {
  const { ann, bo, dts, ...world } = await startWorld(HERE)
  dts.addJob(RUNS)
  await ann.types(`/dts unwatch ${JOB}`)
  await ann.isTold(/I'm not watching dts-1kl0iy0v/)
  await ann.types(`/dts watch ${JOB}`)
  await world.cardSays(/Running \d+ %/)
  expect(text(world.card())).not.toMatch(/\[Stop watching\]/)
  await bo.types(`/dts unwatch ${JOB}`)
  await bo.isTold(/This decision belongs to/)
  await bo.types(`/dts watch ${JOB}`)
  await bo.isTold(/@U0ANN already asked for this job/)
  await ann.types(`/dts unwatch ${JOB}`)
  await ann.isTold(/I'm no longer watching dts-1kl0iy0v/)
  await world.cardSays(/no longer watched/i)
  await bo.types(`/dts watch ${JOB}`)
  await bo.isTold(/I'm watching/)
})

test('what does not run is not watched', async () => {
  const { ann, dts } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  await ann.types(`/dts watch ${JOB}`)
  await ann.isTold(/nothing to watch: dts-1kl0iy0v has passed its check/)
  await ann.types('/dts watch dts-2missing')
  await ann.isTold(/nothing to watch: dts-2missing does not exist in this region/)
  await ann.types('/dts watch')
  await ann.isTold(/is not a job id/)
})
