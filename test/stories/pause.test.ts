import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { EACH_ONCE, JOB, type Way, startWorld } from '../support/world.ts'

/* What only jobs of API 2021-12-06 can do. */

async function startRunning(way: Way, job: object) {
  const world = await startWorld(way)
  world.dts.addJob({ id: JOB, name: 'orders', knownTo: ['2021-12-06'], ...job })
  await world.approve(JOB)
  await world.threadSays(/DTS accepted the start/)
  const calls = (action: string) =>
    world.dts.requests.filter((one) => one.action === action).map(({ version }) => version)
  return { ...world, calls }
}

test.each(EACH_ONCE)(
  'a running job is paused and continued ($version, $mode, $engine)',
  async (way) => {
    const { ann, bo, dts, calls, ...world } = await startRunning(way, { durationMs: 600_000 })
    const card = await world.cardSays(/Running[\s\S]*\[Pause…\] \[Stop…\]/)
    await ann.asksTo('Pause…', card, 'the office needs the network')
    await world.cardSays(/Waiting for approval to pause[\s\S]*the target falls behind/)
    await bo.approves(card)
    await world.threadSays(/DTS accepted the pause/)
    dts.skip(60_000)
    await world.cardSays(/The job is paused[\s\S]*until someone continues it[\s\S]*\[Continue…\]/)

    await ann.asksTo('Continue…', card, 'everybody went home')
    await world.cardSays(/Waiting for approval to continue/)
    await bo.approves(card)
    await world.threadSays(/DTS accepted the continuation/)
    dts.skip(60_000)
    await world.cardSays(/Running[\s\S]*\[Pause…\]/)
    expect([...calls('PauseMigrateJob'), ...calls('ContinueMigrateJob')]).toEqual([
      '2021-12-06',
      '2021-12-06',
    ])
  },
)

test('a job that an error stopped says so, and is retried', async () => {
  const { ann, bo, dts, calls, ...world } = await startRunning(
    { mode: 'socket', engine: 'sqlite' },
    {
      durationMs: 60_000,
      fails: { at: 0.5, code: 'x', message: 'Duplicate entry 7', resumable: true },
    },
  )
  await world.cardSays(/Running/)
  dts.skip(40_000)
  const note = await world.threadSays(/Stopped by an error[\s\S]*> .*Duplicate entry 7/)
  expect(note.broadcast).toBe(true)
  const card = await world.cardSays(/\[Retry…\]/)
  await ann.asksTo('Retry…', card, 'the entry is gone')
  await world.cardSays(/Waiting for approval to retry/)
  await bo.approves(card)
  await world.threadSays(/DTS accepted the retry/)
  dts.skip(20_000)
  await world.cardSays(/Running/)
  expect(calls('ResumeMigrateJob')).toEqual(['2021-12-06'])
  expect(text(world.card())).not.toMatch(/\[Retry…\]/)
})

test('whether a job was retried, its error does not tell, so people are asked', async () => {
  const rules = { grace: 2_000, patience: 60_000, sends: 3, sendWithin: 1_000 }
  const world = await startWorld({ mode: 'socket', engine: 'sqlite' }, { rules })
  const { ann, bo, dts } = world
  const fails = { at: 0.5, code: 'x', message: 'Duplicate entry 7', resumable: true }
  dts.addJob({ id: JOB, knownTo: ['2021-12-06'], status: 'resumableErr', fails })
  await ann.types(`/dts watch ${JOB}`)
  await ann.asksTo('Retry…', await world.cardSays(/\[Retry…\]/), 'the entry is gone')
  dts.fault({ action: 'ResumeMigrateJob', kind: 'resetBefore' })
  await bo.approves(await world.cardSays(/Waiting for approval to retry/))
  const doubt = /The job has hit an error and can be retried[\s\S]*doesn't tell/
  expect(text(await world.threadSays(/I can't tell whether the job went on/))).toMatch(doubt)
  await bo.presses('It did not go on', await world.cardSays(doubt))
  await world.threadSays(/Did not go on[\s\S]*@U0BO looked/)
  await world.cardSays(/\[Retry…\]/)
})

test('a retry whose answer was lost, on a job that is ready when it is seen: both are said', async () => {
  const world = await startWorld({ mode: 'socket', engine: 'sqlite' })
  const { ann, bo, dts, slack } = world
  const fails = { at: 0.5, code: 'x', message: 'Duplicate entry 7', resumable: true }
  dts.addJob({ id: JOB, knownTo: ['2021-12-06'], status: 'resumableErr', fails })
  await ann.types(`/dts watch ${JOB}`)
  await ann.asksTo('Retry…', await world.cardSays(/\[Retry…\]/), 'the entry is gone')
  const card = await world.cardSays(/Waiting for approval to retry/)
  // It is ready before anybody can look.
  dts.setSpeed(10_000)
  dts.fault({ action: 'ResumeMigrateJob', kind: 'resetAfter' })
  await bo.approves(card)
  await world.threadSays(/Outcome unknown/)
  const note = await world.threadSays(/It did go on: the job is ready to cut over/)
  expect(text(note)).toMatch(/@U0ANN: ready to cut over\.[\s\S]*Press Cut over when/)
  expect(note.broadcast).toBe(true)
  expect(
    slack.ws.messages.filter((m) => /ready to cut over\./.test(text(m)) && m.threadTs),
  ).toHaveLength(1)
})
