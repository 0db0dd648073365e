import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { type Cell, headline } from './cell.ts'
import {
  ANY,
  HIDDEN,
  LOST,
  NO_HISTORY,
  OPEN,
  OTHER,
  UNDRAWABLE,
  UNEDITABLE,
  UNPOSTABLE,
} from './slack-errors.ts'
import { AFTER_EFFECT, type Case, PASSING, TOKEN, inOneTown } from './slack-faults.ts'
import type { Row } from './table.ts'

/** The first post of a card. */
export async function aCard(): Promise<Row[]> {
  const cases = [...ANY, ...UNPOSTABLE]
  return inOneTown('chat.postMessage for the card', 'card', cases, async (cell, one, fail) => {
    fail('chat.postMessage', one)
    if (UNPOSTABLE.includes(one)) {
      await ask(cell)
      const told = await cell.directly(/Not asked[\s\S]*Slack said/)
      expect(text(told)).toContain(one.input.error)
      expect(text(told)).not.toMatch(/may stand there/)
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

/** Every change of a card. */
export async function theCardAnew(): Promise<Row[]> {
  const cases = [...ANY, ...UNEDITABLE]
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

/** A lost card, in a channel that can no longer be seen and takes no other one. */
export async function aCardOutOfReach(): Promise<Row[]> {
  return inOneTown(
    'conversations.history, after a lost answer, then chat.postMessage',
    'reach',
    HIDDEN,
    async (cell, one, fail) => {
      fail('chat.postMessage', LOST)
      fail('conversations.history', one, { times: 1_000 })
      fail('chat.postMessage', one, { times: 1_000 })
      await ask(cell)
      const told = await cell.directly(/Not asked[\s\S]*may stand there all the same/)
      expect(text(told)).toContain(one.input.error)
      await expect(cell.decide(cell.card())).resolves.toBeUndefined()
      await cell.boReads(/Too late: this migration has ended already/)
      expect(topLevel(cell)).toHaveLength(1)
      expect(cell.calls('StartMigrateJob').received).toBe(0)
      return {
        sees: 'why, and that a card may stand there, in a direct message; its buttons say that it is too late',
        ends: headline(told).replace(/^.*: /, ''),
      }
    },
  )
}

const SLOW: Case[] = [
  {
    fault: '`not_in_channel` once, then 429 with Retry-After for the post',
    input: { status: 429, retryAfter: 1 },
  },
]

/** A lost card in a channel that cannot be seen for a moment, and Slack is in no hurry. */
export async function aCardSeenLate(): Promise<Row[]> {
  return inOneTown(
    'conversations.history, after a lost answer',
    'late',
    SLOW,
    async (cell, one, fail) => {
      fail('chat.postMessage', LOST)
      fail('conversations.history', { fault: '', input: { error: 'not_in_channel' } })
      fail('chat.postMessage', one)
      await ask(cell)
      await looked(cell)
      expect(topLevel(cell)).toHaveLength(1)
      return { sees: 'the card once', ends: headline(await cell.cardSays(/Waiting for approval/)) }
    },
  )
}

async function ask({ town, person, channel, job, form }: Cell): Promise<void> {
  const { people } = town.slack
  await acknowledged(people.command(person, channel, `/dts start ${job}`))
  await form(/Why\?/)
  people.fill(person, 'dts_reason', 'because')
  await acknowledged(people.submit(person))
}

function topLevel({ town, channel }: Cell): Message[] {
  return town.slack.ws.messages.filter((m) => m.channel === channel && !m.threadTs)
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
