import { test } from 'vitest'
import { atTheSkip } from './matrix/dts-send.ts'
import { aroundTheSkip } from './matrix/dts-skip.ts'
import { expectTable, oneByOne } from './matrix/table.ts'

test('every fault of DTS around a skip ends as documented', { timeout: 300_000 }, async () => {
  expectTable('skip', await oneByOne([aroundTheSkip, atTheSkip]))
})
