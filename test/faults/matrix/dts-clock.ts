import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { addCell, headline, startCrowdedTown } from './cell.ts'
import { WHY, expectExplained } from './dts-faults.ts'
import type { Row } from './table.ts'

const FAULT = 'the clock of the bot is 10 minutes off'
const CODE = 'AuthFailure.SignatureExpire'

/** The clock of the bot's host goes wrong while one job runs and another waits to be approved. */
export async function withAWrongClock(): Promise<Row[]> {
  const town = await startCrowdedTown({ rules: { grace: 1_000 } })
  const { people } = town.slack
  const [running, asked, formed] = [
    addCell(town, 'clock1'),
    addCell(town, 'clock2'),
    addCell(town, 'clock3'),
  ]
  await running.approve(running.job)
  await running.cardSays(/^▶ Running/)
  const question = await asked.ask(asked.job)
  const row = (where: string, words: string, ends: string): Row => {
    expectExplained(words, CODE)
    return { where, fault: FAULT, sees: WHY, ends }
  }

  town.dts.callersAreLate(600_000)
  await people.command(formed.person, formed.channel, `/dts start ${formed.job}`)
  const form = await formed.form(/SignatureExpire/)
  await people.command(formed.person, formed.channel, `/dts status ${formed.job}`)
  const status = await formed.privately(formed.person, /SignatureExpire/)
  await asked.decide(question)
  const denied = await asked.cardSays(/Not started\n[\s\S]*Nothing was started/)
  expect(asked.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
  const blind = await running.cardSays(/Out of sight[\s\S]*SignatureExpire/)
  const rows = [
    row('every call: the form', form, 'the form, after *Look again*'),
    row('every call: `/dts status`', status, 'an answer in private'),
    row('every call: after an approval', text(denied), `${headline(denied)}; not sent`),
    row('every call: while a job runs', text(blind), 'Running'),
  ]

  town.dts.callersAreLate(0)
  await people.press(formed.person, 'dts_look_again')
  await formed.form(/Why\?/)
  await running.cardSays(/^▶ Running/)
  return rows
}
