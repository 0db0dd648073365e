import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { type Cell, headline } from './cell.ts'
import { AFTER_EFFECT, type Case, PASSING, TOKEN, errors, inOneTown } from './slack-faults.ts'
import type { Row } from './table.ts'

const UNPOSTABLE = errors(
  [
    'not_in_channel',
    'channel_not_found',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'cannot_reply_to_message',
    'messages_tab_disabled',
    'user_not_found',
  ],
  'the channel does not take it (11 errors)',
)
const UNDRAWABLE = errors(
  ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'],
  'the blocks are not taken (4 errors)',
)
const UNEDITABLE = errors(
  ['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive'],
  'the card cannot be edited (4 errors)',
)
const OPEN = errors(
  ['internal_error', 'fatal_error', 'request_timeout'],
  'an error that leaves it open (3 errors)',
)
const OTHER = errors(['message_limit_exceeded'], 'any other error, once')

/** The first post of a card. */
export async function aCard(): Promise<Row[]> {
  const cases = [
    ...PASSING,
    ...AFTER_EFFECT,
    ...OPEN,
    ...TOKEN,
    ...OTHER,
    ...UNDRAWABLE,
    ...UNPOSTABLE,
  ]
  return inOneTown('chat.postMessage for the card', 'card', cases, async (cell, one, fail) => {
    fail('chat.postMessage', one)
    if (UNPOSTABLE.includes(one)) {
      await ask(cell)
      const told = await direct(cell, /Not asked[\s\S]*Slack said/)
      expect(text(told)).toContain(one.input.error)
      expect(topLevel(cell)).toEqual([])
      return { sees: 'why, in a direct message', ends: headline(told).replace(/^.*: /, '') }
    }
    await ask(cell)
    if ([...AFTER_EFFECT, ...OPEN].includes(one)) await looked(cell)
    const card = await cell.cardSays(/Waiting for approval/)
    expect(topLevel(cell)).toHaveLength(1)
    if (UNDRAWABLE.includes(one)) {
      expect(text(card)).toBe(`Waiting for approval: ${cell.job}`)
      return {
        sees: 'the card in one line, without buttons',
        ends: 'Waiting for approval until it expires',
      }
    }
    return { sees: 'the card a little later, once', ends: headline(card) }
  })
}

/** What is said in the thread, and in the channel where somebody has to act. */
export async function inTheThread(): Promise<Row[]> {
  const cases = [
    ...PASSING,
    ...AFTER_EFFECT,
    ...OPEN,
    ...TOKEN,
    ...OTHER,
    ...UNDRAWABLE,
    ...UNPOSTABLE,
  ]
  return inOneTown('chat.postMessage for the thread', 'thread', cases, async (cell, one, fail) => {
    const card = await cell.ask(cell.job)
    const code = 'OperationDenied'
    cell.town.dts.fault({ action: 'StartMigrateJob', jobId: cell.job, kind: 'error', code })
    fail('chat.postMessage', one, { times: UNPOSTABLE.includes(one) ? 2 : 1 })
    await cell.decide(card)
    const ends = headline(await cell.cardSays(/Not started\n/))
    if (UNPOSTABLE.includes(one)) {
      await direct(cell, /Not started[\s\S]*OperationDenied/)
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

/** Every change of a card. */
export async function theCardAnew(): Promise<Row[]> {
  const cases = [
    ...PASSING,
    ...AFTER_EFFECT,
    ...OPEN,
    ...TOKEN,
    ...OTHER,
    ...UNDRAWABLE,
    ...UNEDITABLE,
  ]
  return inOneTown('chat.update', 'update', cases, async (cell, one, fail) => {
    const card = await cell.ask(cell.job)
    const lasting = [...UNEDITABLE, ...TOKEN].includes(one)
    fail('chat.update', one, { times: lasting ? 1_000 : 1 })
    await cell.decide(card)
    await cell.threadSays(/DTS accepted the start/)
    if (!lasting) {
      const plainly = UNDRAWABLE.includes(one)
      if (plainly) await versionWithoutBlocks(cell)
      await cell.cardSays(/^(▶ )?Running/)
      const sees = plainly ? 'the card in one line until it changes' : 'the card a little later'
      return { sees, ends: 'Running' }
    }
    expect(text(cell.card())).toMatch(/Waiting for approval/)
    cell.town.slack.faults.clear(cell.channel)
    cell.town.dts.changeJob(cell.job, { status: 9 })
    const ends = headline(await cell.cardSays(/Done/)).replace(/ in .*/, '')
    return { sees: 'the thread; the card from the next change on that Slack takes', ends }
  })
}

const NO_HISTORY = errors(['missing_scope'])

/** Looking for a card whose post was not answered. */
export async function aLostCard(): Promise<Row[]> {
  const cases = [...PASSING, ...TOKEN, ...OTHER, ...NO_HISTORY]
  return inOneTown(
    'conversations.history, after a lost answer',
    'history',
    cases,
    async (cell, one, fail) => {
      fail('chat.postMessage', LOST)
      fail('conversations.history', one)
      await ask(cell)
      const count = NO_HISTORY.includes(one) ? 2 : 1
      await (count > 1 ? posted(cell, count) : looked(cell))
      const card = await cell.cardSays(/Waiting for approval/)
      expect(topLevel(cell)).toHaveLength(count)
      return {
        sees: count > 1 ? 'the card twice; both work' : 'the card once',
        ends: headline(card),
      }
    },
  )
}

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

const LOST: Case = { fault: '', input: { status: 500, when: 'after' } }

async function ask({ town, person, channel, job, form }: Cell): Promise<void> {
  const { people } = town.slack
  await people.command(person, channel, `/dts start ${job}`)
  await form(/Why\?/)
  people.fill(person, 'dts_reason', 'because')
  expect((await people.submit(person)).ok).toBe(true)
}

function topLevel({ town, channel }: Cell): Message[] {
  return town.slack.ws.messages.filter((m) => m.channel === channel && !m.threadTs)
}

function inThread({ town, channel }: Cell): string[] {
  return town.slack.ws.messages
    .filter((m) => m.channel === channel && m.threadTs)
    .map((m) => text(m))
}

/** Resolves when the card was a mere line for a while. */
async function versionWithoutBlocks({ town: { slack }, channel }: Cell): Promise<void> {
  const plain = () =>
    slack.ws.versions.find((m) => m.channel === channel && !m.threadTs && m.blocks.length === 0)
  await slack.waitFor(plain, 'a card of one line')
}

async function posted(cell: Cell, count: number): Promise<void> {
  await cell.town.slack.waitFor(() => topLevel(cell).length === count, `${count} cards`)
}

/** Resolves when the bot has read the history of the channel. */
async function looked({ town: { slack }, channel }: Cell): Promise<void> {
  const look = () =>
    slack.ws.calls.find(
      ({ method, ok, args }) =>
        method === 'conversations.history' && ok && args['channel'] === channel,
    )
  await slack.waitFor(look, 'a look into the history')
}

function direct({ town, person }: Cell, words: RegExp): Promise<Message> {
  const { slack } = town
  const place = slack.ws.dm(person).id
  const found = () => slack.ws.messages.find((m) => m.channel === place && words.test(text(m)))
  return slack.waitFor(found, `${person} to be told ${words}`)
}
