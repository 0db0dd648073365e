import { text } from '../../../playground/workspace/read.ts'
import { expect } from 'vitest'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { BO, type World } from '../../support/world.ts'
import { boPressesReject } from './slack-answers.ts'
import { LOST, OTHER, UNCLEAR } from './slack-errors.ts'
import { AFTER_EFFECT, type Case, PASSING, TOKEN, errors, inOneWorld } from './slack-faults.ts'
import type { Row } from './table.ts'
import { type Trial, headline } from './trial.ts'

/** Bo's form is shared by all trials of a world. */
const ONE = { atOnce: 1 }
const refuseReplies = ({ slack }: World) => void (slack.ws.repliesToDeleted = 'refused')

/** Somebody deletes the card of a running job. */
export async function aDeletedCard(): Promise<Row[]> {
  const edited = inOneWorld(
    'chat.update of a deleted card',
    'edit',
    [none('`message_not_found`')],
    async (trial) => {
      const old = await deletedWhileRunning(trial)
      trial.world.dts.changeJob(trial.job, { status: 9 })
      const card = await newCard(trial, /^✅ Done/)
      await noteUnder(trial, old, /Done/)
      return { sees: 'the card again', outcome: headline(card).replace(/ in .*/, '') }
    },
  )
  const refused = inOneWorld(
    REPLY,
    'reply',
    [none('`thread_not_found`')],
    async (trial) => {
      await deletedWhileRunning(trial)
      trial.world.dts.changeJob(trial.job, { status: 9 })
      const card = await newCard(trial, /^✅ Done/)
      await noteUnder(trial, card, /Done/)
      return { sees: ANEW, outcome: headline(card).replace(/ in .*/, '') }
    },
    { setUp: refuseReplies },
  )
  return (await Promise.all([edited, refused])).flat()
}

const REPLY = 'chat.postMessage in the thread of a deleted card'
const ANEW = 'the card again, and the note in its thread'

/** Somebody deletes a card that has no replies yet: Slack posts the first one in the channel. */
export async function aReplyOutsideItsThread(): Promise<Row[]> {
  const posted = inOneWorld(
    REPLY,
    'reply',
    [none('Slack posts it in the channel')],
    async (trial) => {
      await rejectDeleted(trial)
      const card = await newCard(trial, /^✖ Rejected/)
      await noteUnder(trial, card, /not today/)
      expect(topLevel(trial)).toEqual([card])
      return { sees: ANEW, outcome: headline(card) }
    },
    ONE,
  )
  const undeletable = errors(['cant_delete_message', 'message_not_found', 'channel_not_found'])
  const cases = [...PASSING, ...AFTER_EFFECT, ...UNCLEAR, ...TOKEN, ...OTHER, ...undeletable]
  const kept = inOneWorld(
    'chat.delete of a note that Slack posted in the channel',
    'delete',
    cases,
    async (trial, one, fail) => {
      fail('chat.delete', one)
      await rejectDeleted(trial)
      const card = await newCard(trial, /^✖ Rejected/)
      await noteUnder(trial, card, /not today/)
      const strays = topLevel(trial).filter((m) => m !== card)
      const gone = AFTER_EFFECT.includes(one)
      expect(strays).toHaveLength(gone ? 0 : 1)
      return {
        sees: gone ? ANEW : `${ANEW}; the note stays in the channel too`,
        outcome: headline(card),
      }
    },
    ONE,
  )
  const lost = inOneWorld(
    'conversations.replies, after a lost answer',
    'lost',
    [none('the card was deleted')],
    async (trial, _, fail) => {
      await rejectDeleted(trial, () => fail('chat.postMessage', LOST))
      const card = await newCard(trial, /^✖ Rejected/)
      await noteUnder(trial, card, /not today/)
      expect(topLevel(trial).filter((m) => m !== card)).toHaveLength(1)
      return { sees: `${ANEW}; the note stays in the channel too`, outcome: headline(card) }
    },
    ONE,
  )
  return (await Promise.all([posted, kept, lost])).flat()
}

/** Somebody deletes every card at once. */
export async function aCardDeletedTooOften(): Promise<Row[]> {
  return inOneWorld(
    REPLY,
    'often',
    [none('deleted five times')],
    async (trial) => {
      const { ws } = trial.world.slack
      const deleteAll = () => topLevel(trial).forEach((card) => ws.remove(card))
      await rejectDeleted(trial, () => void ws.on('changed', deleteAll))
      const message = await trial.directMessage(/not today/)
      expect(new Set(ws.versions.filter(isCardOf(trial)).map(({ ts }) => ts)).size).toBe(5)
      return { sees: 'the note in a direct message, no more cards', outcome: headline(message) }
    },
    { ...ONE, setUp: refuseReplies },
  )
}

function none(fault: string): Case {
  return { fault, input: {} }
}

async function deletedWhileRunning(trial: Trial): Promise<Message> {
  await trial.boApproves(await trial.ask(trial.job))
  await trial.threadSays(/DTS accepted the start/)
  const card = await trial.cardSays(/^▶ Running/)
  trial.world.slack.ws.remove(card)
  return card
}

/** Bo rejects, and the card is deleted while Bo types the reason; then `before` Bo submits. */
async function rejectDeleted(trial: Trial, before = () => {}): Promise<void> {
  const { people, ws } = trial.world.slack
  const card = await trial.ask(trial.job)
  await boPressesReject(trial, card)
  await trial.boForm(/Why\?/)
  people.fill(BO, 'dts_reject_reason', 'not today')
  ws.remove(card)
  before()
  await acknowledged(people.submit(BO))
}

async function newCard(trial: Trial, words: RegExp): Promise<Message> {
  const card = () => topLevel(trial).find((m) => words.test(text(m)))
  return trial.world.slack.waitFor(card, `a new card that says ${words}`)
}

async function noteUnder({ world }: Trial, card: Message, words: RegExp): Promise<void> {
  const { ws, waitFor } = world.slack
  const note = () => ws.messages.find((m) => m.threadTs === card.ts && words.test(text(m)))
  await waitFor(note, `the thread of the card to say ${words}`)
}

function topLevel(trial: Trial): Message[] {
  return trial.world.slack.ws.messages.filter(isCardOf(trial))
}

function isCardOf({ channel }: Trial) {
  return (m: Message): boolean => m.channel === channel && !m.threadTs && !m.subtype
}
