import { test } from 'vitest'
import { atTheClient } from './matrix/dts-client.ts'
import { withAWrongClock } from './matrix/dts-clock.ts'
import { inForms, inThePicker } from './matrix/dts-forms.ts'
import { beforeTheStart, beforeTheStartForLong } from './matrix/dts-look.ts'
import { atTheStart } from './matrix/dts-start.ts'
import { whileItRuns } from './matrix/dts-watch.ts'
import { type Row, expectTable } from './matrix/table.ts'

/** Two at a time: most of it is waiting, but a bot that is too busy looks like one that is cut off. */
const LANES = [
  [atTheStart, beforeTheStart, beforeTheStartForLong, atTheClient],
  [inForms, inThePicker, whileItRuns, withAWrongClock],
]

test('whatever DTS does ends in a right state', { timeout: 240_000 }, async () => {
  const rows = await Promise.all(LANES.map(inTurn))
  expectTable('dts', rows.flat())
})

async function inTurn(lane: (() => Promise<Row[]>)[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const situation of lane) rows.push(...(await situation()))
  return rows
}
