import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Json } from '../../playground/workspace/workspace.ts'
import { card } from '../../src/views/card.ts'
import { stageOf } from '../../src/migration/migration.ts'
import { en } from '../../src/views/wording/en.ts'
import { everyMigration } from '../support/every-state.ts'

/** What a phone shows without scrolling, above the field to type in. */
const MOST = 14

const cards = everyMigration((ordinary) => ordinary).map((m) => {
  const { text: fallback, blocks } = card(m, en)
  const shown = text({ text: fallback, blocks: JSON.parse(JSON.stringify(blocks)) as Json[] })
  return { title: shown.split('\n')[0] ?? '', stage: stageOf(m), shown }
})

test.each(cards)('"$title" ($stage) fits on a phone', ({ shown }) => {
  const lines = shown.split('\n')
  expect(lines.length, shown).toBeLessThanOrEqual(MOST)
  expect(lines.length, shown).toBeGreaterThan(3)
  expect(lines.filter((line) => line.trim() === '')).toEqual([])
})

test('every stage was measured', () => {
  expect(cards.length).toBeGreaterThan(150)
  expect(new Set(cards.map(({ title }) => title)).size).toBeGreaterThan(30)
})
