import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { type Cell, headline } from './cell.ts'
import { ANY, HIDDEN, LOST, NO_HISTORY, OTHER, UNDRAWABLE, UNPOSTABLE } from './slack-errors.ts'
import { AFTER_EFFECT, PASSING, TOKEN, errors, inOneTown } from './slack-faults.ts'
import type { Row } from './table.ts'

/** What is said in the thread, and in the channel where somebody has to act. */
export async function inTheThread(): Promise<Row[]> {
  const cases = [...ANY, ...UNPOSTABLE]
  return inOneTown('chat.postMessage for the thread', 'thread', cases, async (cell, one, fail) => {
    const card = await cell.ask(cell.job)
    const code = 'OperationDenied'
    cell.town.dts.fault({ action: 'StartMigrateJob', jobId: cell.job, kind: 'error', code })
    fail('chat.postMessage', one, { times: UNPOSTABLE.includes(one) ? 1_000 : 1 })
    await cell.decide(card)
    const ends = headline(await cell.cardSays(/Not started\n/))
    if (UNPOSTABLE.includes(one)) {
      await cell.directly(/Not started[\s\S]*OperationDenied/)
      return { sees: 'what needs somebody, in a direct message', ends }
    }
    await cell.threadSays(/Not started[\s\S]*OperationDenied/)
    const said = inThread(cell)
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/^Approved/)
    return {
      sees: UNDRAWABLE.includes(one) ? 'the words in one line' : 'the words a little later, once',
      ends,
    }
  })
}

/** What the thread does not take, said to the requester alone. */
export async function alone(): Promise<Row[]> {
  const gone = errors(['user_not_found', 'channel_not_found'])
  const where = 'chat.postMessage in private, when the thread is closed'
  return inOneTown(where, 'alone', [...ANY, ...gone], async (cell, one, fail) => {
    const card = await cell.ask(cell.job)
    const code = 'OperationDenied'
    cell.town.dts.fault({ action: 'StartMigrateJob', jobId: cell.job, kind: 'error', code })
    fail('chat.postMessage', CLOSED, { times: 1_000 })
    const lasting = gone.includes(one)
    fail('chat.postMessage', one, { times: lasting ? 1_000 : 1, about: cell.person })
    await cell.decide(card)
    const ends = headline(await cell.cardSays(/Not started\n/))
    if (lasting) {
      expect(inPrivate(cell)).toEqual([])
      return { sees: 'the card alone', ends }
    }
    const twice = AFTER_EFFECT.includes(one)
    await cell.town.slack.waitFor(() => inPrivate(cell).length === (twice ? 2 : 1), 'the words')
    expect(inPrivate(cell).join('\n')).toMatch(/Not started/)
    expect(inThread(cell)).toEqual([])
    if (twice) return { sees: 'what needs somebody, twice: nobody can look there', ends }
    const plainly = UNDRAWABLE.includes(one)
    return { sees: `what needs somebody, ${plainly ? 'in one line' : 'a little later'}`, ends }
  })
}

const [CLOSED = LOST] = HIDDEN

/** Looking for words of a thread whose post was not answered. */
export async function lostWords(): Promise<Row[]> {
  const cases = [...PASSING, ...TOKEN, ...OTHER, ...NO_HISTORY, ...errors(['thread_not_found'])]
  return inOneTown(
    'conversations.replies, after a lost answer',
    'replies',
    cases,
    async (cell, one, fail) => {
      const card = await cell.ask(cell.job)
      fail('chat.postMessage', LOST)
      fail('conversations.replies', one)
      await cell.decide(card)
      await cell.threadSays(/DTS accepted the start/)
      const count = NO_HISTORY.includes(one) ? 2 : 1
      expect(inThread(cell).filter((said) => said.startsWith('Approved'))).toHaveLength(count)
      const ends = headline(await cell.cardSays(/Running/))
      return { sees: count > 1 ? 'the words twice' : 'the words once', ends }
    },
  )
}

function inPrivate({ town, person }: Cell): string[] {
  const place = town.slack.ws.dm(person).id
  return town.slack.ws.messages.filter((m) => m.channel === place).map((m) => text(m))
}

function inThread({ town, channel }: Cell): string[] {
  return town.slack.ws.messages
    .filter((m) => m.channel === channel && m.threadTs)
    .map((m) => text(m))
}
