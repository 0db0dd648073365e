import { expect, test } from 'vitest'
import { pings, text } from '../../playground/workspace/read.ts'
import { ANN, BO, CHANNEL, WAYS, startTown } from '../support/town.ts'

test.each(WAYS)('asked, approved, started once, done ($mode, $engine)', async (way) => {
  const town = await startTown(way)
  const { slack, dts } = town
  dts.addJob({
    id: 'dts-1kl0iy0v',
    name: 'orders',
    migrateType: 2,
    overrideRoot: true,
    durationMs: 60_000,
  })

  const card = await town.ask('dts-1kl0iy0v', 'move the orders')
  expect(text(card)).toMatch(/Waiting for approval/)
  expect(text(card)).toMatch(/@U0ANN asks to start orders/)
  expect(text(card)).toMatch(/Overwrites the root account/)
  expect(text(card)).toMatch(/> move the orders/)
  expect(pings(card)).toContain('S0ONCALL')

  const click = await slack.people.click(BO, card, 'dts_approve')
  expect(click.ok).toBe(true)
  const started = await town.threadSays(/RequestId/)
  const call = dts.requests.find(({ action }) => action === 'StartMigrateJob')
  expect(text(started)).toContain(call?.requestId)

  dts.skip(20_000)
  await town.cardSays(/Running \d+ %[\s\S]*Step \d of \d/)
  expect(text(town.card())).not.toMatch(/\[Approve\]/)
  dts.skip(120_000)
  await town.cardSays(/Done in/)
  const done = await town.threadSays(/@U0ANN: Done/)
  expect(done.broadcast).toBe(true)
  expect(pings(done)).toContain(ANN)
  expect(dts.starts('dts-1kl0iy0v')).toBe(1)
  expect(slack.ws.messages.filter((m) => m.channel === CHANNEL && !m.threadTs)).toHaveLength(1)
})
