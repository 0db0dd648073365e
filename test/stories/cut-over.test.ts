import { expect, test } from 'vitest'
import { pings, text } from '../../playground/workspace/read.ts'
import { asItWas } from '../support/person.ts'
import { EACH_ONCE, JOB, WAYS, type Way, startWorld } from '../support/world.ts'

/** A migration that replicates until somebody cuts over. */
async function startReady(way: Way, tuned: Parameters<typeof startWorld>[1] = {}) {
  const world = await startWorld(way, tuned)
  world.dts.addJob({ id: JOB, name: 'orders', migrateType: 3, durationMs: 60_000 })
  await world.approve(JOB)
  await world.threadSays(/DTS accepted the start/)
  world.dts.skip(120_000)
  const card = await world.cardSays(/Ready to cut over[\s\S]*\[Cut over…\] \[Stop…\]/)
  const calls = (action: string) => world.dts.requests.filter((one) => one.action === action)
  return { ...world, card: card, calls }
}

test.each(WAYS)(
  'ready, asked, approved, cut over once, done ($version, $mode, $engine)',
  async (way) => {
    const { ann, bo, dts, card, calls, ...world } = await startReady(way)
    const ready = await world.threadSays(/@U0ANN: ready to cut over/)
    expect(pings(ready)).toContain(ann.id)
    expect(text(ready)).toMatch(/Press Cut over/)

    await ann.asksToCutOver(card, 'the shop is closed')
    await world.cardSays(/Waiting for approval to cut over[\s\S]*> the shop is closed/)
    expect(text(card)).toMatch(/Ends replication/)
    await world.threadSays(/@U0ANN asks to cut over[\s\S]*> the shop is closed/)
    expect(calls('CompleteMigrateJob')).toEqual([])

    expect((await ann.tries.approves(card)).ok).toBe(true)
    await ann.isTold(/someone else has to approve/)
    await bo.approves(card)
    await world.threadSays(/DTS accepted the cutover[\s\S]*RequestId/)
    dts.skip(60_000)
    await world.cardSays(/Done in/)
    expect(calls('CompleteMigrateJob').map(({ params }) => params)).toEqual([
      { JobId: JOB, CompleteMode: 'waitForSync' },
    ])
  },
)

test.each(EACH_ONCE)('ready, and stopped instead ($version, $mode, $engine)', async (way) => {
  const { ann, bo, dts, card, calls, ...world } = await startReady(way)
  await ann.asksToStop(card, 'the wrong target')
  await world.cardSays(/Waiting for approval to stop[\s\S]*cannot be resumed/)
  await bo.approves(card)
  await world.threadSays(/DTS accepted the stop/)
  dts.skip(60_000)
  await world.cardSays(/⏹ Stopped/)
  expect(calls('StopMigrateJob')).toHaveLength(1)
  expect(text(card)).not.toMatch(/\[Stop…\]/)
})

test('a rejected cutover leaves the job ready, and people may ask again', async () => {
  const { ann, bo, card, calls, ...world } = await startReady({ mode: 'socket', engine: 'sqlite' })
  await ann.asksToCutOver(card)
  await world.cardSays(/Waiting for approval to cut over/)
  await bo.rejects(card, 'not before midnight')
  await world.threadSays(/your request to cut over: Rejected[\s\S]*> not before midnight/)
  await world.cardSays(/Ready to cut over[\s\S]*\[Cut over…\]/)
  await ann.asksToCutOver(card, 'after midnight', 'immediately')
  await world.cardSays(/At once: whatever has not been copied by then is lost/)
  await bo.approves(card)
  await world.threadSays(/DTS accepted the cutover/)
  expect(calls('CompleteMigrateJob').map(({ params }) => params)).toEqual([
    { JobId: JOB, CompleteMode: 'immediately' },
  ])
})

test('an empty checklist or reason is said at its field', async () => {
  const { ann, card, slack, ...world } = await startReady({ mode: 'socket', engine: 'sqlite' })
  await ann.presses('Cut over…', card)
  await ann.formSays(/Before the cutover/)
  await slack.people.choose(ann.id, 'dts_checklist', ['0', '2'])
  await ann.submits('   ')
  expect(slack.ws.topView(ann.id)?.errors).toEqual({
    dts_checklist: 'Tick all of them, or wait with the cutover.',
    dts_reason: 'Say why, in a few words.',
  })
  await slack.people.choose(ann.id, 'dts_checklist', ['0', '1', '2'])
  await ann.submits('all is copied')
  await world.cardSays(/Waiting for approval to cut over/)
})

test('whoever presses an old button hears how the job is', async () => {
  const { ann, bo, dts, card, ...world } = await startReady({ mode: 'socket', engine: 'sqlite' })
  const old = asItWas(card)
  await ann.asksToCutOver(card)
  await world.cardSays(/Waiting for approval to cut over/)
  await bo.tries.presses('Stop…', old)
  await bo.formSays(/Too late: a request for this job is waiting/)
  await bo.closesForm()
  await bo.approves(card)
  await world.threadSays(/DTS accepted the cutover/)
  await bo.tries.presses('Stop…', old)
  await bo.formSays(/Too late: this is decided already/)
  dts.skip(60_000)
  await world.cardSays(/Done in/)
})

test.each(EACH_ONCE)(
  'two people ask for two things at once: the second hears whose is first ($version, $mode, $engine)',
  async (way) => {
    const { ann, bo, chen, card, calls, ...world } = await startReady(way)
    await bo.presses('Stop…', card)
    await bo.formSays(/Why\?/)
    await ann.asksToCutOver(card, 'the shop is closed')
    await bo.submits('the wrong target')
    await bo.formSays(/One request at a time: @U0ANN asked to cut over[\s\S]*have it rejected/)
    await bo.closesForm()
    await world.cardSays(/Waiting for approval to cut over[\s\S]*> the shop is closed/)
    await bo.rejects(card, 'it must be stopped')
    await world.cardSays(/Ready to cut over[\s\S]*\[Stop…\]/)
    await bo.asksToStop(card)
    await world.cardSays(/Waiting for approval to stop/)
    await chen.approves(card)
    await world.threadSays(/DTS accepted the stop/)
    expect([calls('CompleteMigrateJob'), calls('StopMigrateJob')]).toMatchObject([[], [{}]])
  },
)

test('the answer to a stop is lost, and the job has failed by then: nobody claims to know why', async () => {
  const { ann, bo, dts, card, calls, ...world } = await startReady({
    mode: 'socket',
    engine: 'sqlite',
  })
  await ann.asksToStop(card)
  await world.cardSays(/Waiting for approval to stop/)
  dts.setSpeed(10_000)
  dts.fault({ action: 'StopMigrateJob', kind: 'resetAfter' })
  await bo.approves(card)
  await world.cardSays(/Failed\n[\s\S]*answer to the stop was lost[\s\S]*by the stop or by itself/)
  const note = await world.threadSays(/by the stop or by itself/)
  expect(text(note)).not.toMatch(/stopped with an error|run the check again/)
  expect(calls('StopMigrateJob')).toHaveLength(1)
})

test.each(EACH_ONCE)(
  'DTS accepts a cutover and does not carry it out: people hear of it and ask again ($version, $mode, $engine)',
  async (way) => {
    const { ann, bo, dts, card, calls, ...world } = await startReady(way, {
      rules: { patience: 5_000 },
    })
    // An answer with a RequestId, and nothing done.
    dts.fault({ action: 'CompleteMigrateJob', kind: 'wrongTypes' })
    await ann.asksToCutOver(card)
    await bo.approves(await world.cardSays(/Waiting for approval to cut over/))
    const accepted = await world.cardSays(/^. Cutover accepted\n[\s\S]*ready to cut over/)
    expect(text(accepted)).not.toMatch(/\[Cut over…\]|\[Stop…\]/)

    const note = await world.threadSays(/accepted the cutover, but the job shows no sign of it/)
    expect(text(note)).toMatch(/@U0ANN: look in the console[\s\S]*ask again to cut over/)
    expect(note.broadcast).toBe(true)
    await ann.asksToCutOver(await world.cardSays(/Ready to cut over[\s\S]*\[Cut over…\]/))
    await bo.approves(await world.cardSays(/Waiting for approval to cut over/))
    await expect.poll(() => calls('CompleteMigrateJob').length).toBe(2)
    dts.skip(60_000)
    await world.cardSays(/Done in/)
    expect(calls('CompleteMigrateJob').map(({ effective }) => effective)).toEqual([false, true])
  },
)
