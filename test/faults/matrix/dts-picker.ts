import { expect } from 'vitest'
import { ANN, CHANNEL } from '../../support/town.ts'
import { startCrowdedTown } from './cell.ts'
import { NOES, READS, SLOW, type Seen, explained, why } from './dts-told.ts'
import { type Row, counted } from './table.ts'

/** The job picker reads a list, which names no job: one after the other. */
export async function inThePicker(): Promise<Row[]> {
  const { slack, dts, form } = await startCrowdedTown({})
  const { id } = dts.addJob()
  const seen: Seen[] = []
  await slack.people.command(ANN, CHANNEL, '/dts start')
  for (const one of [...NOES, ...READS]) {
    await form(/Name or id/)
    dts.fault({ ...one.input, action: 'DescribeMigrateJobs' })
    expect(await slack.people.suggest(ANN, 'dts_job', '')).toEqual([])
    const shown = await form(one.code ? new RegExp(RegExp.escape(one.code)) : why(one))
    const sees = one.code ? explained(one.code, shown) : 'why'
    const where = 'DescribeMigrateJobs for the job picker'
    const name = one.code ? 'code of the catalogue' : one.fault
    seen.push({ where, fault: name, code: one.code, sees, ends: 'the picker, after *Look again*' })
    await slack.people.press(ANN, 'dts_look_again')
  }
  await form(/Name or id/)
  dts.fault({ ...SLOW.input, action: 'DescribeMigrateJobs' })
  const offered = await slack.people.suggest(ANN, 'dts_job', '')
  expect(offered.map(({ value }) => value)).toEqual([id])
  const where = 'DescribeMigrateJobs for the job picker'
  seen.push({ where, fault: SLOW.fault, sees: 'nothing of it', ends: 'the picker' })
  return counted(seen)
}
