import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import {
  ANY_POST,
  HIDDEN,
  LOST,
  NO_HISTORY,
  OTHER,
  UNCLEAR,
  UNDRAWABLE,
  UNEDITABLE,
  UNPOSTABLE,
} from './slack-errors.ts'
import { AFTER_EFFECT, type Case, PASSING, TOKEN, inOneWorld } from './slack-faults.ts'
import type { Row } from './table.ts'
import { type Trial, headline } from './trial.ts'

/** The first post of a card. */
export async function aCard(): Promise<Row[]> {
  const cases = [...ANY_POST, ...UNPOSTABLE]
  return inOneWorld('chat.postMessage for the card', 'card', cases, async (trial, one, fail) => {
    fail('chat.postMessage', one)
    if (UNPOSTABLE.includes(one)) {
      await ask(trial)
      const message = await trial.directMessage(/Request not posted[\s\S]*Slack said/)
      expect(text(message)).toContain(one.input.error)
      expect(text(message)).not.toMatch(/earlier try/)
      expect(topLevel(trial)).toEqual([])
      return { sees: 'why, in a direct message', outcome: headline(message).replace(/^.*: /, '') }
    }
    await ask(trial)
    if ([...AFTER_EFFECT, ...UNCLEAR].includes(one)) await looked(trial)
    const card = await trial.cardSays(/Waiting for approval|asks to start/)
    expect(topLevel(trial)).toHaveLength(1)
    if (UNDRAWABLE.includes(one)) {
      expect(text(card)).toMatch(/^@\w+ asks to start [^\n]*Approve or reject it on the card\.$/)
      return {
        sees: 'the card in one line, without buttons',
        outcome: 'who asks for what, until it expires',
      }
    }
    return { sees: 'the card a little later, once', outcome: headline(card) }
  })
}

/** Edits of a card. */
export async function anEditedCard(): Promise<Row[]> {
  const cases = [...ANY_POST, ...UNEDITABLE]
  return inOneWorld('chat.update', 'update', cases, async (trial, one, fail) => {
    const card = await trial.ask(trial.job)
    const lasting = [...UNEDITABLE, ...TOKEN].includes(one)
    fail('chat.update', one, { times: lasting ? 1_000 : 1 })
    await trial.boApproves(card)
    await trial.threadSays(/DTS accepted the start/)
    if (!lasting) {
      const plainly = UNDRAWABLE.includes(one)
      if (plainly) await versionWithoutBlocks(trial)
      await trial.cardSays(/^(▶ )?Running/)
      const sees = plainly ? 'the card in one line until it changes' : 'the card a little later'
      return { sees, outcome: 'Running' }
    }
    expect(text(trial.card())).toMatch(/Waiting for approval/)
    trial.world.slack.faults.clear(trial.channel)
    trial.world.dts.changeJob(trial.job, { status: 9 })
    const outcome = headline(await trial.cardSays(/Done/)).replace(/ in .*/, '')
    return { sees: 'the thread; the card with the next edit that Slack accepts', outcome }
  })
}

/** The bot looks for a card whose post was not answered. */
export async function aLostCard(): Promise<Row[]> {
  const cases = [...PASSING, ...TOKEN, ...OTHER, ...NO_HISTORY]
  return inOneWorld(
    'conversations.history, after a lost answer',
    'history',
    cases,
    async (trial, one, fail) => {
      fail('chat.postMessage', LOST)
      fail('conversations.history', one)
      await ask(trial)
      const count = NO_HISTORY.includes(one) ? 2 : 1
      await (count > 1 ? posted(trial, count) : looked(trial))
      const card = await trial.cardSays(/Waiting for approval/)
      expect(topLevel(trial)).toHaveLength(count)
      return {
        sees: count > 1 ? 'the card twice; both work' : 'the card once',
        outcome: headline(card),
      }
    },
  )
}

/** The same, where the bot can neither read the channel nor post there any more. */
export async function aCardOutOfReach(): Promise<Row[]> {
  return inOneWorld(
    'conversations.history, after a lost answer, then chat.postMessage',
    'reach',
    HIDDEN,
    async (trial, one, fail) => {
      fail('chat.postMessage', LOST)
      fail('conversations.history', one, { times: 1_000 })
      fail('chat.postMessage', one, { times: 1_000 })
      await ask(trial)
      const message = await trial.directMessage(
        /Request not posted[\s\S]*earlier try may have posted one/,
      )
      expect(text(message)).toContain(one.input.error)
      await expect(trial.boApproves(trial.card())).resolves.toBeUndefined()
      await trial.boReads(/Too late: this migration has ended/)
      expect(topLevel(trial)).toHaveLength(1)
      expect(trial.calls('StartMigrateJob').received).toBe(0)
      return {
        sees: 'why, and that there may be a card, in a direct message; its buttons answer "Too late"',
        outcome: headline(message).replace(/^.*: /, ''),
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

/** The same, where the bot cannot read the channel for a moment, and Slack is slow. */
export async function aCardFoundLate(): Promise<Row[]> {
  return inOneWorld(
    'conversations.history, after a lost answer',
    'late',
    SLOW,
    async (trial, one, fail) => {
      fail('chat.postMessage', LOST)
      fail('conversations.history', { fault: '', input: { error: 'not_in_channel' } })
      fail('chat.postMessage', one)
      await ask(trial)
      await looked(trial)
      expect(topLevel(trial)).toHaveLength(1)
      return {
        sees: 'the card once',
        outcome: headline(await trial.cardSays(/Waiting for approval/)),
      }
    },
  )
}

async function ask({ world, person, channel, job, form }: Trial): Promise<void> {
  const { people } = world.slack
  await acknowledged(people.command(person, channel, `/dts start ${job}`))
  await form(/Why\?/)
  people.fill(person, 'dts_reason', 'because')
  await acknowledged(people.submit(person))
}

function topLevel({ world, channel }: Trial): Message[] {
  return world.slack.ws.messages.filter((m) => m.channel === channel && !m.threadTs)
}

/** Resolves when the card had no blocks for a while. */
async function versionWithoutBlocks({ world: { slack }, channel }: Trial): Promise<void> {
  const plain = () =>
    slack.ws.versions.find((m) => m.channel === channel && !m.threadTs && m.blocks.length === 0)
  await slack.waitFor(plain, 'a card of one line')
}

async function posted(trial: Trial, count: number): Promise<void> {
  await trial.world.slack.waitFor(() => topLevel(trial).length === count, `${count} cards`)
}

/** Resolves when the bot has read the history of the channel. */
async function looked({ world: { slack }, channel }: Trial): Promise<void> {
  const look = () =>
    slack.ws.calls.find(
      ({ method, ok, args }) =>
        method === 'conversations.history' && ok && args['channel'] === channel,
    )
  await slack.waitFor(look, 'conversations.history to be read')
}
