import { test } from 'vitest'
import { theBeginning } from './matrix/slack-begin.ts'
import {
  fillingForms,
  linking,
  openingForms,
  whereACardGoes,
  whoMayDecide,
} from './matrix/slack-people.ts'
import { aCard, aLostCard, inTheThread, lostWords, theCardAnew } from './matrix/slack-posts.ts'
import { expectTable, oneByOne } from './matrix/table.ts'

/* Most of it is waiting. But a bot that is kept too busy looks like one that is cut off. */
test('whatever Slack does ends in a right state', { timeout: 240_000 }, async () => {
  const rows = await Promise.all([
    oneByOne([theBeginning, whereACardGoes]),
    oneByOne([whoMayDecide]),
    oneByOne([openingForms]),
    oneByOne([fillingForms, linking]),
    oneByOne([aCard, inTheThread]),
    oneByOne([theCardAnew, aLostCard, lostWords]),
  ])
  expectTable('slack', rows.flat())
})
