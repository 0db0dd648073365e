import { test } from 'vitest'
import { beforeTheStart, beforeTheStartForLong } from './matrix/dts-look.ts'
import { atTheStart } from './matrix/dts-start.ts'
import { whileItRuns } from './matrix/dts-watch.ts'
import { expectTable } from './matrix/table.ts'

test('whatever DTS does ends in a right state', { timeout: 180_000 }, async () => {
  const rows = await Promise.all([
    atTheStart(),
    beforeTheStart(),
    beforeTheStartForLong(),
    whileItRuns(),
  ])
  expectTable('dts', rows.flat())
})
