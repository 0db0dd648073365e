import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { ANN, CHANNEL, startTown } from '../support/town.ts'

/* A bot that ends between an answer and its acknowledgement leaves people with an error, not with nothing. */

const JOB = 'dts-1kl0iy0v'
/** Slack's own three seconds, and some for a busy machine. */
const PATIENCE = { patienceMs: 5_000, waitMs: 15_000 }

test('a "no" is on the screen when Slack is told that the click or the command is taken', async () => {
  const { slack, dts, ask } = await startTown({ mode: 'socket', engine: 'sqlite' })
  dts.addJob({ id: JOB })
  const card = await ask(JOB)
  const told = (): string[] => slack.ws.ephemerals.map((one) => text(one))
  expect(await slack.people.click(ANN, card, 'dts_approve')).toMatchObject({ ok: true })
  expect(told().at(-1)).toMatch(/You asked for this start/)
  expect(await slack.people.command(ANN, CHANNEL, '/dts status nonsense')).toMatchObject({
    ok: true,
  })
  expect(told().at(-1)).toMatch(/nonsense is not a job id/)
})

test('a "no" that Slack does not take is not acknowledged: Slack shows the error, and a try again counts', async () => {
  const town = await startTown({ mode: 'socket', engine: 'sqlite' }, { patience: PATIENCE })
  const { slack, dts, ask } = town
  dts.addJob({ id: JOB })
  const card = await ask(JOB)
  slack.faults.add('response_url', { status: 500, times: 1 })
  expect(await slack.people.click(ANN, card, 'dts_approve')).toMatchObject({ ok: false })
  expect(slack.ws.ephemerals).toEqual([])
  expect(await slack.people.click(ANN, card, 'dts_approve')).toMatchObject({ ok: true })
  expect(slack.ws.ephemerals.map((one) => text(one)).join()).toMatch(/You asked for this start/)
})
