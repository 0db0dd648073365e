import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { EACH_ONCE, JOB, type Way, startWorld } from '../support/world.ts'

const HERE = { mode: 'socket', engine: 'sqlite' } as const

/** A Redis job that runs, then stops on an error, watched by Ann. */
async function startBroken(way: Way, resumable: boolean) {
  const world = await startWorld(way)
  const { ann, dts } = world
  const fails = { at: 0.5, code: 'LoadError', message: 'lost the connection', resumable }
  const redis = { database: 'redis' } as const
  dts.addJob({
    id: JOB,
    name: 'sessions',
    status: 7,
    knownTo: ['2021-12-06'],
    source: redis,
    target: redis,
    fails,
  })
  await ann.types(`/dts watch ${JOB}`)
  await world.cardSays(/Running/)
  dts.skip(40_000)
  const card = await world.cardSays(/\[Retry…\]/)
  const calls = (action: string) => dts.requests.filter((one) => one.action === action)
  return { ...world, card, calls }
}

test.each(EACH_ONCE)(
  'a Redis job is retried as people chose: by overwriting the target ($mode, $engine)',
  async (way) => {
    const { ann, bo, slack, card, calls, dts, ...world } = await startBroken(way, true)
    await ann.presses('Retry…', card)
    await ann.formSays(/What becomes of the target/)
    const form = JSON.stringify(slack.ws.topView(ann.id)?.view.blocks)
    expect(form).toMatch(/is overwritten.*⚠ It is cleared first: everything in it is deleted/)
    await ann.submits('the network is back')
    await world.cardSays(/Waiting for approval to retry[\s\S]*⚠ Overwrites what the target has/)
    await bo.approves(card)
    await world.threadSays(/DTS accepted the retry/)
    expect(calls('ResumeMigrateJob').map(({ params }) => params)).toEqual([
      { JobId: JOB, ResumeOption: 'overwrite' },
    ])
    dts.skip(60_000)
    await world.cardSays(/Ready to cut over/)
  },
)

test('a Redis job that failed is not over while DTS lets people retry it, with a cleared target', async () => {
  const { ann, bo, slack, dts, card, calls, ...world } = await startBroken(HERE, false)
  expect(text(card)).toMatch(
    /❌ The job has failed[\s\S]*retry it, or stop watching it[\s\S]*\[Retry…\] \[Stop watching\]/,
  )
  const note = await world.threadSays(/Stopped by an error/)
  expect(text(note)).toMatch(/> .*lost the connection/)
  await ann.presses('Retry…', card)
  await ann.formSays(/What becomes of the target/)
  await slack.people.choose(ann.id, 'dts_mode', 'clearData')
  await ann.submits('nobody reads it yet')
  await world.cardSays(
    /Waiting for approval to retry[\s\S]*⚠ Clears the target first: everything in it is deleted/,
  )
  await bo.approves(card)
  await world.threadSays(/DTS accepted the retry/)
  expect(calls('ResumeMigrateJob').map(({ params }) => params)).toEqual([
    { JobId: JOB, ResumeOption: 'clearData' },
  ])
  dts.skip(60_000)
  await world.cardSays(/Ready to cut over|Running/)
})

test('who does not want to retry a failed job stops watching it', async () => {
  const { ann, card, ...world } = await startBroken(HERE, false)
  await ann.presses('Stop watching', card)
  await world.cardSays(/No longer watched/)
})

test('the start of a job that clears its target says so, in the form and on the card', async () => {
  const world = await startWorld(HERE)
  const { ann, dts } = world
  const redis = { database: 'redis' } as const
  dts.addJob({
    id: JOB,
    name: 'sessions',
    knownTo: ['2021-12-06'],
    source: redis,
    target: redis,
    clearsTarget: true,
  })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/⚠ Clears the target first: everything in it is deleted\./)
  await ann.submits('a new cache')
  await world.cardSays(/Waiting for approval to start[\s\S]*⚠ Clears the target first/)
})
