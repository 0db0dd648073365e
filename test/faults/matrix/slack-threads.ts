import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import {
  ANY_POST,
  HIDDEN,
  LOST,
  NO_HISTORY,
  OTHER,
  UNDRAWABLE,
  UNPOSTABLE,
} from './slack-errors.ts'
import { AFTER_EFFECT, PASSING, TOKEN, errors, inOneWorld } from './slack-faults.ts'
import type { Row } from './table.ts'
import { type Trial, headline } from './trial.ts'

/** Posts in the thread, shown in the channel too where somebody has to act. */
export async function inTheThread(): Promise<Row[]> {
  const cases = [...ANY_POST, ...UNPOSTABLE]
  return inOneWorld('chat.postMessage in the thread', 'thread', cases, async (trial, one, fail) => {
    const card = await trial.ask(trial.job)
    const code = 'OperationDenied'
    trial.world.dts.fault({ action: 'StartMigrateJob', jobId: trial.job, kind: 'error', code })
    fail('chat.postMessage', one, { times: UNPOSTABLE.includes(one) ? 1_000 : 1 })
    await trial.boApproves(card)
    const outcome = headline(await trial.cardSays(/Not started\n/))
    if (UNPOSTABLE.includes(one)) {
      await trial.directMessage(/Not started[\s\S]*OperationDenied/)
      return { sees: 'what somebody has to act on, in a direct message', outcome }
    }
    await trial.threadSays(/Not started[\s\S]*OperationDenied/)
    const notes = inThread(trial)
    expect(notes).toHaveLength(2)
    expect(notes[0]).toMatch(/^Approved/)
    return {
      sees: UNDRAWABLE.includes(one) ? 'the note in one line' : 'the note a little later, once',
      outcome,
    }
  })
}

/** What the channel rejects, and the requester then gets as a direct message. */
export async function byDirectMessage(): Promise<Row[]> {
  const gone = errors(['user_not_found', 'channel_not_found'])
  const where = 'chat.postMessage to the requester, after the channel rejected it'
  return inOneWorld(where, 'direct', [...ANY_POST, ...gone], async (trial, one, fail) => {
    const card = await trial.ask(trial.job)
    const code = 'OperationDenied'
    trial.world.dts.fault({ action: 'StartMigrateJob', jobId: trial.job, kind: 'error', code })
    fail('chat.postMessage', CLOSED, { times: 1_000 })
    const lasting = gone.includes(one)
    fail('chat.postMessage', one, { times: lasting ? 1_000 : 1, about: trial.person })
    await trial.boApproves(card)
    const outcome = headline(await trial.cardSays(/Not started\n/))
    if (lasting) {
      expect(directMessages(trial)).toEqual([])
      return { sees: 'the card alone', outcome }
    }
    const twice = AFTER_EFFECT.includes(one)
    await trial.world.slack.waitFor(
      () => directMessages(trial).length === (twice ? 2 : 1),
      'the note',
    )
    expect(directMessages(trial).join('\n')).toMatch(/Not started/)
    expect(inThread(trial)).toEqual([])
    if (twice)
      return { sees: 'what somebody has to act on, twice: the bot cannot look there', outcome }
    const plainly = UNDRAWABLE.includes(one)
    return {
      sees: `what somebody has to act on, ${plainly ? 'in one line' : 'a little later'}`,
      outcome,
    }
  })
}

const [CLOSED = LOST] = HIDDEN

/** The bot looks for a note whose post was not answered. */
export async function aLostNote(): Promise<Row[]> {
  const cases = [...PASSING, ...TOKEN, ...OTHER, ...NO_HISTORY]
  return inOneWorld(
    'conversations.replies, after a lost answer',
    'replies',
    cases,
    async (trial, one, fail) => {
      const card = await trial.ask(trial.job)
      fail('chat.postMessage', LOST)
      fail('conversations.replies', one)
      await trial.boApproves(card)
      await trial.threadSays(/DTS accepted the start/)
      const count = NO_HISTORY.includes(one) ? 2 : 1
      expect(inThread(trial).filter((note) => note.startsWith('Approved'))).toHaveLength(count)
      const outcome = headline(await trial.cardSays(/Running/))
      return { sees: count > 1 ? 'the note twice' : 'the note once', outcome }
    },
  )
}

function directMessages({ world, person }: Trial): string[] {
  const place = world.slack.ws.dm(person).id
  return world.slack.ws.messages.filter((m) => m.channel === place).map((m) => text(m))
}

function inThread({ world, channel }: Trial): string[] {
  return world.slack.ws.messages
    .filter((m) => m.channel === channel && m.threadTs)
    .map((m) => text(m))
}
