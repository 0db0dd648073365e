import { test } from 'vitest'
import {
  aCard,
  aCardFoundLate,
  aCardOutOfReach,
  aLostCard,
  anEditedCard,
} from './matrix/slack-cards.ts'
import {
  aCardDeletedTooOften,
  aDeletedCard,
  aReplyOutsideItsThread,
} from './matrix/slack-deleted-cards.ts'
import { aClosedForm, forms, formsOnTheCard, pressingInTheForm } from './matrix/slack-forms.ts'
import {
  linking,
  whereACardGoes,
  whoMayAsk,
  whoMayAskOnTheCard,
  whoMayDecide,
} from './matrix/slack-people.ts'
import { connecting, connectingAgain } from './matrix/slack-sockets.ts'
import { atStartup } from './matrix/slack-startup.ts'
import { aLostNote, byDirectMessage, inTheThread } from './matrix/slack-threads.ts'
import { expectTable, oneByOne } from './matrix/table.ts'

test('every fault of Slack ends as documented', { timeout: 300_000 }, async () => {
  // All at once, because most of it is waiting.
  const rows = await Promise.all([
    atStartup(),
    connecting(),
    connectingAgain(),
    whereACardGoes(),
    oneByOne([whoMayAsk, whoMayAskOnTheCard]),
    whoMayDecide(),
    oneByOne([forms, formsOnTheCard]),
    aClosedForm(),
    pressingInTheForm(),
    linking(),
    aCard(),
    inTheThread(),
    byDirectMessage(),
    anEditedCard(),
    aLostCard(),
    aCardFoundLate(),
    aCardOutOfReach(),
    aLostNote(),
    aDeletedCard(),
    aReplyOutsideItsThread(),
    aCardDeletedTooOften(),
  ])
  expectTable('slack', rows.flat())
})
