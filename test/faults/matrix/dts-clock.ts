import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { WHY, expectExplained } from './dts-faults.ts'
import type { Row } from './table.ts'
import { addTrial, headline, startCrowdedWorld } from './trial.ts'

const FAULT = "the bot's clock is 10 minutes off"
const CODE = 'AuthFailure.SignatureExpire'

/** The clock of the bot's host goes wrong while one job runs and another waits for approval. */
export async function withAWrongClock(): Promise<Row[]> {
  const world = await startCrowdedWorld({ rules: { grace: 1_000 } })
  const { people } = world.slack
  const [running, asked, formed] = [
    addTrial(world, 'clock1'),
    addTrial(world, 'clock2'),
    addTrial(world, 'clock3'),
  ]
  await running.approve(running.job)
  await running.cardSays(/^▶ Running/)
  const request = await asked.ask(asked.job)
  const row = (where: string, words: string, outcome: string): Row => {
    expectExplained(words, CODE)
    return { where, fault: FAULT, sees: WHY, outcome }
  }

  world.dts.callersAreLate(600_000)
  await people.command(formed.person, formed.channel, `/dts start ${formed.job}`)
  const form = await formed.form(/SignatureExpire/)
  await people.command(formed.person, formed.channel, `/dts status ${formed.job}`)
  const status = await formed.privately(formed.person, /SignatureExpire/)
  await asked.boApproves(request)
  const denied = await asked.cardSays(/Not started\n[\s\S]*Nothing was started/)
  expect(asked.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
  const blind = await running.cardSays(/I can't see this job[\s\S]*SignatureExpire/)
  const rows = [
    row('every call: the form', form, 'the form works after *Look again*'),
    row('every call: `/dts status`', status, 'answered in private'),
    row('every call: after an approval', text(denied), `${headline(denied)}; never sent`),
    row('every call: while a job runs', text(blind), 'Running'),
  ]

  world.dts.callersAreLate(0)
  await people.press(formed.person, 'dts_look_again')
  await formed.form(/Why\?/)
  await running.cardSays(/^▶ Running/)
  return rows
}
