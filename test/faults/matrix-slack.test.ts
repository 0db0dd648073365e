import { test } from 'vitest'
import { theBeginning } from './matrix/slack-begin.ts'
import {
  fillingTheForm,
  linking,
  openingARejection,
  openingTheForm,
  whereACardGoes,
  whoDecides,
  whoMayDecide,
} from './matrix/slack-people.ts'
import { aCard, aLostCard, inTheThread, lostWords, theCardAnew } from './matrix/slack-posts.ts'
import { expectTable } from './matrix/table.ts'

test('whatever Slack does ends in a right state', { timeout: 240_000 }, async () => {
  // All at once, because most of it is waiting.
  const rows = await Promise.all([
    theBeginning(),
    whereACardGoes(),
    whoDecides(),
    whoMayDecide(),
    openingTheForm(),
    openingARejection(),
    fillingTheForm(),
    linking(),
    aCard(),
    inTheThread(),
    theCardAnew(),
    aLostCard(),
    lostWords(),
  ])
  expectTable('slack', rows.flat())
})
