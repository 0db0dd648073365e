import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Json } from '../../playground/workspace/workspace.ts'
import { card } from '../../src/views/card.ts'
import { note } from '../../src/views/notes.ts'
import { en } from '../../src/views/wording/en.ts'
import { everyView } from '../support/every-view.ts'
import { ENDED, WATCH, sampleMigration } from '../support/sample-migration.ts'
import {
  BUSY,
  BUTTON,
  CARD_APPROVED_BY,
  ENDINGS,
  NOTES,
  QUESTION,
  TOO_LATE,
  busyOf,
  endingOf,
  readNoteText,
} from './sentences.ts'

/* The judge does not import the bot's sentences. Here they are compared with what the bot draws. */

const views = everyView((what) => what, en)
// The start of a job with a time of its own reads differently; a campaign has none.
const accepted = sampleMigration({ request: undefined, watch: { ...WATCH, look: undefined } })
const trouble = { kind: 'tooLate', action: 'StartMigrateJob', traceId: 'trace-1' } as const
const tooLate = sampleMigration({ ended: { ...ENDED, ending: { how: 'denied', trouble } } })
const cards = [...drawn('card'), ...[accepted, tooLate].map((one) => read(card(one, en)))]
const notes = [...drawn('note'), ...acceptedNote()]

test.each([
  ...Object.entries({ ...BUSY, ...ENDINGS, QUESTION, BUTTON, CARD_APPROVED_BY, TOO_LATE }).map(
    ([name, pattern]) => ({ name, pattern, all: cards }),
  ),
  ...Object.entries(NOTES).map(([name, pattern]) => ({ name, pattern, all: notes })),
])('the bot says what the judge calls $name', ({ pattern, all }) => {
  expect(all.filter((one) => pattern.test(one))).not.toEqual([])
})

test('no card and no note has two names', () => {
  const every = { ...BUSY, ...ENDINGS }
  for (const [table, all] of [[every, cards] as const, [NOTES, notes] as const]) {
    for (const one of all) {
      const names = Object.entries(table).filter(([, pattern]) => pattern.test(one))
      expect(names.map(([name]) => name).slice(1), one).toEqual([])
    }
  }
})

test('every card with an open question has its buttons, no ended card has any', () => {
  for (const one of cards) {
    const isQuestion = busyOf(one) === 'asking' || busyOf(one) === 'askingAgain'
    expect(QUESTION.test(one)).toBe(isQuestion || /waiting for (a new )?approval to/i.test(one))
    if (endingOf(one)) expect(one).not.toMatch(BUTTON)
  }
})

test('something that nobody says has no name', () => {
  expect([busyOf('▶ Nearly there\n'), endingOf('✅ Finished\n'), readNoteText('Well.')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

function drawn(what: 'card' | 'note'): string[] {
  return views.filter(({ name }) => name.startsWith(what)).map(({ sent }) => text(sent))
}

function acceptedNote(): string[] {
  const event = { type: 'accepted', token: 'attempt-1', requestId: 'r-1' } as const
  const drawnNote = note({ news: 'accepted', event, after: accepted }, en)
  return drawnNote ? [read(drawnNote)] : []
}

function read({ text: fallback, blocks }: { text: string; blocks: object[] }): string {
  return text({ text: fallback, blocks: JSON.parse(JSON.stringify(blocks)) as Json[] })
}
