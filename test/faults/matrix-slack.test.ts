import { test } from 'vitest'
import { theBeginning } from './matrix/slack-begin.ts'
import {
  aCard,
  aCardOutOfReach,
  aCardSeenLate,
  aLostCard,
  theCardAnew,
} from './matrix/slack-cards.ts'
import { fillingTheForm, openingARejection, openingTheForm } from './matrix/slack-forms.ts'
import { linking, whereACardGoes, whoDecides, whoMayDecide } from './matrix/slack-people.ts'
import { alone, inTheThread, lostWords } from './matrix/slack-threads.ts'
import { expectTable } from './matrix/table.ts'

test('whatever Slack does ends in a right state', { timeout: 300_000 }, async () => {
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
    alone(),
    theCardAnew(),
    aLostCard(),
    aCardSeenLate(),
    aCardOutOfReach(),
    lostWords(),
  ])
  expectTable('slack', rows.flat())
})
