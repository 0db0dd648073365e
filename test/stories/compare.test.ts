import { expect, test } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import { pings, text } from '../../playground/workspace/read.ts'
import { openDts } from '../dts/open-dts.ts'
import { asItWas } from '../support/person.ts'
import {
  EACH_ONCE,
  JOB,
  REGION,
  type Way,
  spawnBot,
  startPretendWorld,
  startWorld,
} from '../support/world.ts'

const HERE = { mode: 'socket', engine: 'sqlite' } as const
const MINUTE = 60_000
const REF = { account: 'default', region: REGION, id: JOB, apiVersion: '2021-12-06' } as const

const READY = {
  id: JOB,
  name: 'orders',
  knownTo: ['2021-12-06'],
  status: 8,
} as const satisfies JobSpec

/** A job that waits for its cutover and can be compared, watched by Ann. */
async function startReady(
  way: Way,
  compare: object = {},
  tuned: Parameters<typeof startWorld>[1] = {},
) {
  const world = await startWorld(way, tuned)
  const { ann, dts } = world
  dts.addJob({ ...READY, compare: { ms: MINUTE, ...compare } })
  await ann.types(`/dts watch ${JOB}`)
  const card = await world.cardSays(/Ready to cut over[\s\S]*\[Compare\]/)
  const sent = (action: string) => dts.requests.filter((one) => one.action === action).length
  const compared = async () => {
    await ann.presses('Compare', card)
    await expect.poll(() => sent('StartCompare')).toBe(1)
    dts.skip(2 * MINUTE)
  }
  return { ...world, card, sent, compared }
}

/** What somebody does in the console. */
function inConsole(url: string) {
  const credentials = async () => ({
    secretId: 'AKIDEXAMPLE',
    secretKey: 'not-a-real-secret',
    token: undefined,
  })
  const dts = openDts(url, { versions: ['2021-12-06'], credentials })
  return async () => {
    const { compareId } = await dts.createCompare(REF)
    await dts.startCompare(REF, compareId)
  }
}

test.each(EACH_ONCE)(
  'both ends are compared, and who asked hears that they are alike ($mode, $engine)',
  async (way) => {
    const { bo, dts, card, sent, ...world } = await startReady(way)
    await bo.presses('Compare', card)
    await world.cardSays(/Comparing both ends[\s\S]*for @U0BO/)
    expect(text(card)).not.toMatch(/\[Compare\]/)
    await expect.poll(() => sent('StartCompare')).toBe(1)
    dts.skip(MINUTE / 2)
    await world.cardSays(/Comparing both ends: [45]\d %, for @U0BO/)
    dts.skip(MINUTE)
    const note = await world.threadSays(/@U0BO: Compared .*: both ends are alike/)
    expect(pings(note)).toEqual(['U0BO'])
    await world.cardSays(/Compared .*: both ends are alike[\s\S]*\[Compare\]/)
    expect([sent('CreateCompareTask'), sent('StartCompare')]).toEqual([1, 1])
  },
)

test('ends that differ are said in bold, in the form and on the request too, and stop nobody', async () => {
  const { ann, bo, card, compared, dts, ...world } = await startReady(HERE, { ends: 'different' })
  await ann.presses('Cut over…', card)
  await ann.formSays(/Never compared\.[\s\S]*Before the cutover/)
  await ann.closesForm()
  expect(text(card)).not.toMatch(/Never compared/)

  await compared()
  const note = await world.threadSays(/@U0ANN: ⚠ The ends differ\./)
  expect(JSON.stringify(note.blocks)).toContain(
    '{"type":"text","text":"The ends differ.","style":{"bold":true}}',
  )
  await world.cardSays(/⚠ The ends differ\. Compared .*\. The console shows what differs/)

  await ann.asksToCutOver(card, 'the shop is closed')
  await world.cardSays(/Waiting for approval to cut over[\s\S]*The ends differ[\s\S]*\[Approve\]/)
  await bo.approves(card)
  await world.threadSays(/DTS accepted the cutover/)
  dts.skip(MINUTE)
  await world.cardSays(/Done in/)
})

test('whoever decides about a cutover may have both ends compared first', async () => {
  const { ann, bo, dts, card, sent, ...world } = await startReady(HERE)
  await ann.asksToCutOver(card)
  await world.cardSays(
    /Waiting for approval to cut over[\s\S]*Never compared\.[\s\S]*\[Reject\] \[Compare\]/,
  )
  await bo.presses('Compare', card)
  await world.cardSays(/Waiting for approval to cut over[\s\S]*Comparing both ends/)
  await expect.poll(() => sent('StartCompare')).toBe(1)
  dts.skip(2 * MINUTE)
  await world.cardSays(/Waiting for approval to cut over[\s\S]*both ends are alike/)
})

test('one at a time: a second press, by the same person or by another, begins none', async () => {
  const { ann, bo, card, sent, ...world } = await startReady(HERE)
  const old = asItWas(card)
  await ann.presses('Compare', card)
  await world.cardSays(/Comparing both ends/)
  await ann.presses('Compare', old)
  await bo.tries.presses('Compare', old)
  await bo.isTold(/being compared already, for @U0ANN/)
  await expect.poll(() => sent('StartCompare')).toBe(1)
  expect(sent('CreateCompareTask')).toBe(1)
})

test('a comparison that was begun in the console counts: it is followed, and no second one begun', async () => {
  const { ann, dts, card, sent, ...world } = await startReady(HERE)
  await inConsole(dts.url)()
  await ann.presses('Cut over…', card)
  await ann.formSays(/Comparing both ends.*, begun in the console/)
  await ann.closesForm()
  await world.cardSays(/Comparing both ends.*, begun in the console/)
  expect(text(card)).not.toMatch(/\[Compare\]/)
  dts.skip(2 * MINUTE)
  await world.cardSays(/Compared .*: both ends are alike/)
  expect(sent('StartCompare')).toBe(1)
  expect(world.slack.ws.messages.filter((one) => /alike/.test(text(one)))).toHaveLength(1)
})

test('who asks while one runs in the console is told how that comes out', async () => {
  const { bo, dts, card, sent, ...world } = await startReady(HERE)
  await inConsole(dts.url)()
  await bo.presses('Compare', card)
  await world.cardSays(/Comparing both ends: \d+ %, for @U0BO/)
  dts.skip(2 * MINUTE)
  await world.threadSays(/@U0BO: Compared .*: both ends are alike/)
  expect(sent('CreateCompareTask')).toBe(1)
})

test('a comparison that fails says so, in the words of DTS', async () => {
  const { compared, ...world } = await startReady(HERE, { ends: 'failed' })
  await compared()
  await world.threadSays(/@U0ANN: The comparison failed, .* DTS says: 一致性校验任务失败/)
  await world.cardSays(/The comparison failed[\s\S]*\[Compare\]/)
})

test('the key may not compare: who asked hears whose turn it is', async () => {
  const { ann, dts, card, sent, ...world } = await startReady(HERE)
  const code = 'UnauthorizedOperation.NotEnoughPrivileges'
  dts.fault({ action: 'CreateCompareTask', kind: 'error', code })
  await ann.presses('Compare', card)
  const note = await world.threadSays(
    /@U0ANN: Not compared[\s\S]*NotEnoughPrivileges[\s\S]*RequestId/,
  )
  expect(text(note)).not.toMatch(/may keep/)
  await world.cardSays(/Not compared[\s\S]*\[Compare\]/)
  expect(sent('StartCompare')).toBe(0)
})

test('a lost answer to the creation: nothing is sent again, and what may be left is said', async () => {
  const { ann, dts, card, sent, ...world } = await startReady(HERE)
  dts.fault({ action: 'CreateCompareTask', kind: 'resetAfter' })
  await ann.presses('Compare', card)
  await world.threadSays(/Not compared[\s\S]*may keep a comparison that was not started/)
  expect([sent('CreateCompareTask'), sent('StartCompare')]).toEqual([1, 0])
  await ann.presses('Compare', await world.cardSays(/\[Compare\]/))
  await expect.poll(() => sent('StartCompare')).toBe(1)
  dts.skip(2 * MINUTE)
  await world.threadSays(/both ends are alike/)
})

test('a lost answer to the start: the comparison itself shows whether it was begun', async () => {
  const { ann, dts, card, sent, ...world } = await startReady(HERE, {}, { rules: { grace: 1000 } })
  dts.fault({ action: 'StartCompare', kind: 'resetAfter' })
  await ann.presses('Compare', card)
  await world.cardSays(/Comparing both ends: \d+ %/)
  dts.skip(2 * MINUTE)
  await world.threadSays(/both ends are alike/)

  dts.fault({ action: 'StartCompare', kind: 'resetBefore' })
  await ann.presses('Compare', await world.cardSays(/\[Compare\]/))
  await world.threadSays(
    /Not compared: DTS did not begin[\s\S]*keeps a comparison that was not started/,
  )
  expect([sent('CreateCompareTask'), sent('StartCompare')]).toEqual([2, 2])
})

test('a comparison that cannot be read any more ends as unclear, and blocks no cutover', async () => {
  const tuned = { rules: { patience: 1000 } }
  const { ann, dts, card, ...world } = await startReady(HERE, {}, tuned)
  await ann.presses('Compare', card)
  await world.cardSays(/Comparing both ends: \d+ %/)
  const fault = { action: 'DescribeCompareTasks', kind: 'error', times: 10_000 } as const
  dts.fault({ ...fault, code: 'InternalError.InternalErrorError' })
  await world.threadSays(
    /@U0ANN: I can't tell how the comparison came out[\s\S]*InternalErrorError/,
  )
  await ann.presses('Cut over…', card)
  await ann.formSays(/I can't see whether somebody has compared both ends[\s\S]*Before the cutover/)
})

test('a job of API 2018-03-30 is not compared', async () => {
  const world = await startWorld(HERE)
  const { ann, dts } = world
  dts.addJob({ id: JOB, name: 'orders', knownTo: ['2018-03-30'], status: 8 })
  await ann.types(`/dts watch ${JOB}`)
  const card = await world.cardSays(/Ready to cut over/)
  expect(text(card)).not.toMatch(/\[Compare\]/)
  await ann.presses('Cut over…', card)
  expect(await ann.formSays(/Before the cutover/)).not.toMatch(/ompared\./)
})

test('a guest is told that guests cannot', async () => {
  const { gil, card, sent } = await startReady(HERE)
  await gil.tries.presses('Compare', card)
  await gil.isTold(/Guests can't/)
  expect(sent('CreateCompareTask')).toBe(0)
})

test('a bot that is killed in the middle sends nothing again, and says so', async () => {
  const { dts, env, ann, ...world } = await startPretendWorld(HERE)
  dts.addJob({ ...READY, compare: { ms: MINUTE } })
  const bot = await spawnBot(env)
  await ann.types(`/dts watch ${JOB}`)
  const card = await world.cardSays(/Ready to cut over[\s\S]*\[Compare\]/)
  dts.fault({ action: 'CreateCompareTask', kind: 'timeoutAfter' })
  await ann.presses('Compare', card)
  const sent = () => dts.requests.filter((one) => one.action === 'CreateCompareTask').length
  await expect.poll(sent).toBe(1)
  await bot.kill()
  await spawnBot(env)
  await world.threadSays(/Not compared[\s\S]*I was restarted[\s\S]*may keep a comparison/)
  await world.cardSays(/\[Compare\]/)
  expect(sent()).toBe(1)
})

test('a bot that is killed while a comparison runs follows it again', async () => {
  const { dts, env, ann, ...world } = await startPretendWorld(HERE)
  dts.addJob({ ...READY, compare: { ms: MINUTE } })
  const bot = await spawnBot(env)
  await ann.types(`/dts watch ${JOB}`)
  await ann.presses('Compare', await world.cardSays(/Ready to cut over[\s\S]*\[Compare\]/))
  await world.cardSays(/Comparing both ends: \d+ %/)
  await bot.kill()
  dts.skip(2 * MINUTE)
  await spawnBot(env)
  await world.threadSays(/@U0ANN: Compared .*: both ends are alike/)
})
