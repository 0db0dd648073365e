import { expect } from 'vitest'
import { ANN, CHANNEL } from '../../support/world.ts'
import { ALL_CODES, SLOW, type CodeRow, UNREADABLE, explained, sentence } from './dts-cases.ts'
import { NOTHING } from './dts-faults.ts'
import { type Row, counted } from './table.ts'
import { startCrowdedWorld } from './trial.ts'

const WHERE = 'DescribeMigrateJobs for the job picker'

/** The job picker reads a list, which names no job, so the faults come one after the other. */
export async function inThePicker(): Promise<Row[]> {
  const { slack, dts, form } = await startCrowdedWorld({})
  const { id } = dts.addJob()
  const seen: CodeRow[] = []
  await slack.people.command(ANN, CHANNEL, '/dts start')
  for (const one of [...ALL_CODES, ...UNREADABLE]) {
    await form(/Name or id/)
    dts.fault({ ...one.input, action: 'DescribeMigrateJobs' })
    expect(await slack.people.suggest(ANN, 'dts_job', '')).toEqual([])
    const shown = await form(one.code ? new RegExp(RegExp.escape(one.code)) : sentence(one))
    const sees = one.code ? explained(one.code, shown) : 'why'
    const fault = one.code ? 'code' : one.fault
    const outcome = 'the picker works after *Look again*'
    seen.push({ where: WHERE, fault, code: one.code, sees, outcome })
    await slack.people.press(ANN, 'dts_look_again')
  }
  await form(/Name or id/)
  dts.fault({ ...SLOW.input, action: 'DescribeMigrateJobs' })
  const offered = await slack.people.suggest(ANN, 'dts_job', '')
  expect(offered.map(({ value }) => value)).toEqual([id])
  seen.push({ where: WHERE, fault: SLOW.fault, sees: NOTHING, outcome: 'the picker works' })
  return counted(seen)
}
