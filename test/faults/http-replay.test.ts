import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { eventsUrl, post } from '../support/signed-request.ts'
import { type Heard, wiretap } from '../support/wiretap.ts'
import { type World, startWorld, startsSent } from '../support/world.ts'

/* Somebody recorded what Slack sent, and sends it again within the five minutes that it is valid. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'http', engine: 'sqlite' } as const
const MANY = 6

/** The very same bytes. */
async function replay({ env }: World, { body, headers }: Heard): Promise<number> {
  return (await fetch(eventsUrl(env), { method: 'POST', headers, body })).status
}

/** Everything that anybody was shown, and everything that DTS was asked for. */
function traces({ slack: { ws }, dts }: World) {
  return {
    messages: ws.messages.map((m) => text(m)),
    ephemerals: ws.ephemerals.map((one) => text(one)),
    asked: dts.requests.filter(({ action }) => action !== 'DescribeMigrateJobs').length,
  }
}

/** A migration that runs and changes nothing by itself, and all that Slack sent for it. */
async function running(world: World): Promise<Heard[]> {
  const heard = await wiretap(world)
  world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 3_600_000 })
  world.dts.setSpeed(0)
  await world.bo.approves(await world.ask(JOB))
  await world.threadSays(/DTS accepted the start/)
  await world.bo.types(`/dts status ${JOB}`)
  await world.bo.isTold(new RegExp(JOB))
  return heard
}

test('a command, a form and a click, sent again as they were: nothing happens', async () => {
  const world = await startWorld(WAY)
  const heard = await running(world)
  expect(heard).toHaveLength(4)
  const before = traces(world)
  for (const one of heard) {
    for (let times = 0; times < MANY; times++) expect(await replay(world, one)).toBe(409)
    const odd = { ...one, headers: { ...one.headers } }
    odd.headers['x-slack-signature'] += '=again'
    expect(await replay(world, odd)).toBe(409)
  }
  await world.chen.types('/dts help')
  expect(traces(world)).toEqual({
    ...before,
    ephemerals: [...before.ephemerals, expect.anything()],
  })
})

test('the same to a bot that has not seen them: one request, one vote, one start', async () => {
  const world = await startWorld(WAY)
  const heard = await running(world)
  const before = traces(world)
  for (const { body } of heard) {
    // Signed anew, they are as new to this bot as the recorded ones to another process.
    for (let late = 1; late <= MANY; late++) await post(world, body, { late })
  }
  const after = traces(world)
  expect(after.messages).toEqual(before.messages)
  expect(after.asked).toBe(before.asked)
  expect(startsSent(world.dts, JOB)).toBe(1)
  await world.bo.isTold(/You approved this \d{4}-.* UTC\./)
  // Slack shows no more than five answers to one command or click.
  expect(after.ephemerals.length - before.ephemerals.length).toBeLessThanOrEqual(4 + 5)
})

test('a form sent again when its request was decided does not ask again', async () => {
  const world = await startWorld(WAY)
  const heard = await wiretap(world)
  world.dts.addJob({ id: JOB })
  await world.bo.rejects(await world.ask(JOB), 'not today')
  await world.threadSays(/not today/)
  await world.cardSays(/Rejected/)
  const before = traces(world)
  for (const { body } of heard) await post(world, body, { late: 1 })
  expect(traces(world).messages).toEqual(before.messages)
  expect(world.card()).toBeDefined()
})

test('what is pressed in a form that is closed by now: nobody is written to', async () => {
  const world = await startWorld(WAY)
  const heard = await wiretap(world)
  world.dts.addJob({ id: JOB, status: 1 })
  await world.ann.types(`/dts start ${JOB}`)
  await world.ann.formSays(/check/i)
  await world.ann.presses('Run the check')
  await world.ann.formSays(/Check started|running/i)
  await world.ann.closesForm()
  const before = traces(world)
  for (const one of heard) {
    for (let times = 0; times < MANY; times++) await replay(world, one)
  }
  expect(traces(world)).toEqual(before)
})

test('a menu may ask the same twice within a second', async () => {
  const world = await startWorld(WAY)
  const heard = await wiretap(world)
  world.dts.addJob({ id: JOB })
  await world.ann.types('/dts start')
  await world.slack.waitFor(
    () => /Job/.test(JSON.stringify(world.slack.ws.topView('U0ANN')?.view.blocks)),
    'the pickers',
  )
  await world.ann.looksFor('dts')
  const asked = heard.at(-1)
  expect(asked && (await replay(world, asked))).toBe(200)
})
