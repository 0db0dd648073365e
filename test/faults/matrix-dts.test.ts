import { test } from 'vitest'
import { inFormsOfTheCard } from './matrix/dts-card-forms.ts'
import { withAWrongClock } from './matrix/dts-clock.ts'
import { inForms } from './matrix/dts-forms.ts'
import { inTheList } from './matrix/dts-list.ts'
import {
  beforeAPause,
  beforeTheCallForLong,
  beforeTheOthers,
  beforeTheStart,
} from './matrix/dts-look.ts'
import { inThePicker } from './matrix/dts-picker.ts'
import { atTheOthers, atTheStart } from './matrix/dts-send.ts'
import { whileItRuns } from './matrix/dts-watch.ts'
import { expectTable, oneByOne } from './matrix/table.ts'

/* Mostly waiting. But not everything at once: a bot that is too busy looks like one that is cut off. */
test('every fault of DTS ends as documented', { timeout: 300_000 }, async () => {
  const rows = await Promise.all([
    oneByOne([inForms, inThePicker, withAWrongClock]),
    beforeTheStart(),
    oneByOne([beforeTheOthers, beforeAPause, beforeTheCallForLong, whileItRuns]),
    inTheList(),
    atTheStart(),
    oneByOne([inFormsOfTheCard, atTheOthers]),
  ])
  expectTable('dts', rows.flat())
})
