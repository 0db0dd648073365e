import { expect, test } from 'vitest'
import { LIMITS, clip } from '../../src/views/limits.ts'
import { en } from '../../src/views/wording/en.ts'
import { everyView } from '../support/every-view.ts'

const drawn = everyView(() => 'x'.repeat(5000), en)
const messages = drawn.filter(({ surface }) => surface === 'message').map(({ sent }) => sent)
const modals = drawn.filter(({ surface }) => surface === 'modal').map(({ sent }) => sent)

test('a message stays far below what Slack accepts, however long the texts from outside', () => {
  for (const { text, blocks } of messages) {
    expect(text?.length).toBeLessThan(LIMITS.messageText / 10)
    expect(blocks.length).toBeLessThan(LIMITS.messageBlocks)
    expect(JSON.stringify(blocks).length).toBeLessThan(LIMITS.messageBlocksJson)
  }
})

test('a form stays far below what Slack accepts', () => {
  for (const { blocks, private_metadata: memory } of modals) {
    expect(blocks.length).toBeLessThan(LIMITS.modalBlocks)
    expect(JSON.stringify(memory ?? '').length).toBeLessThan(LIMITS.privateMetadata)
  }
})

test('every part of a block stays within its own limit', () => {
  const most: Record<string, number> = {
    action_id: LIMITS.id,
    block_id: LIMITS.id,
    callback_id: LIMITS.id,
    value: LIMITS.optionValue,
    url: LIMITS.url,
    text: LIMITS.text,
  }
  const strings = drawn.flatMap(({ sent }) => stringsIn(sent))
  expect(strings.length).toBeGreaterThan(5000)
  expect(strings.filter(([key, text]) => text.length > (most[key] ?? Infinity))).toEqual([])
})

test('a cut text ends with an ellipsis and never in half a character', () => {
  expect(clip('abcdef', 6)).toBe('abcdef')
  expect(clip('abcdef', 5)).toBe('abcd…')
  expect(clip('abc🚚f', 5)).toBe('abc…')
})

function stringsIn(value: unknown, key = ''): [key: string, text: string][] {
  if (typeof value === 'string') return [[key, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => stringsIn(inner, name))
}
