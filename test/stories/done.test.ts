import { expect, test } from 'vitest'
import { pings, text } from '../../playground/workspace/read.ts'
import { CHANNEL, JOB, WAYS, startWorld } from '../support/world.ts'

test.each(WAYS)('asked, approved, started once, done ($version, $mode, $engine)', async (way) => {
  const world = await startWorld(way)
  const { ann, bo, slack, dts } = world
  dts.addJob({
    id: JOB,
    name: 'orders',
    migrateType: 2,
    overrideRoot: true,
    durationMs: 60_000,
  })

  const card = await ann.asks(JOB, 'move the orders')
  expect(text(card)).toMatch(/Waiting for approval/)
  expect(text(card)).toMatch(/@U0ANN asks to start orders/)
  expect(text(card)).toMatch(/Overwrites the target's root account/)
  expect(text(card)).toMatch(/> move the orders/)
  expect(pings(card)).toContain('S0ONCALL')

  await bo.approves(card)
  const started = await world.threadSays(/RequestId/)
  const call = dts.requests.find(({ action }) => action === 'StartMigrateJob')
  expect(text(started)).toContain(call?.requestId)

  dts.skip(20_000)
  await world.cardSays(/Running \d+ %[\s\S]*Step \d of \d: [a-z ]+ \(\p{Script=Han}+\)/u)
  expect(text(world.card())).not.toMatch(/\[Approve\]/)
  dts.skip(120_000)
  await world.cardSays(/Done in/)
  const done = await world.threadSays(/@U0ANN: Done/)
  expect(done.broadcast).toBe(true)
  expect(pings(done)).toContain(ann.id)
  expect(dts.starts(JOB)).toBe(1)
  expect(slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
})
