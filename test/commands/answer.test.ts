import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { JOB, startWorld } from '../support/world.ts'

/* A bot that ends between an answer and its acknowledgement leaves people with an error, not with nothing. */

/** Slack's own three seconds, and some for a busy machine. */
const PATIENCE = { patienceMs: 5_000, waitMs: 15_000 }

test('a "no" is on the screen before the click or the command is acknowledged', async () => {
  const { ann, dts, slack } = await startWorld({ mode: 'socket', engine: 'sqlite' })
  dts.addJob({ id: JOB })
  const card = await ann.asks(JOB)
  const told = (): string[] => slack.ws.ephemerals.map((one) => text(one))
  await ann.approves(card)
  expect(told().at(-1)).toMatch(/You asked for this/)
  await ann.types('/dts status nonsense')
  expect(told().at(-1)).toMatch(/nonsense is not a job id/)
})

test('a "no" that Slack rejects is not acknowledged: Slack shows an error, and a second try counts', async () => {
  const world = await startWorld({ mode: 'socket', engine: 'sqlite' }, { patience: PATIENCE })
  const { ann, dts, slack } = world
  dts.addJob({ id: JOB })
  const card = await ann.asks(JOB)
  slack.faults.add('response_url', { status: 500, times: 1 })
  expect(await ann.tries.approves(card)).toMatchObject({ ok: false })
  expect(slack.ws.ephemerals).toEqual([])
  await ann.approves(card)
  await ann.isTold(/You asked for this/)
})
