import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import catalogue from '../../src/dts/error-codes.json' with { type: 'json' }
import { en } from '../../src/views/wording/en.ts'
import type { Wording } from '../../src/views/wording/wording.ts'

test('a language that lacks a sentence does not compile', () => {
  const { ready: _sentence, ...watching } = en.card.watching
  // @ts-expect-error the sentence for a job that is ready is missing
  const lacksSentence: Wording = { ...en, card: { ...en.card, watching } }
  const { ActionOffline: _row, ...errors } = en.errors
  // @ts-expect-error the words for one error are missing
  const lacksError: Wording = { ...en, errors }
  expect([lacksSentence, lacksError]).not.toContain(en)
})

test('the error wording has exactly the rows of the error catalogue', () => {
  expect(Object.keys(en.errors).sort()).toEqual(Object.keys(catalogue).sort())
})

test('only wording/ holds sentences', () => {
  const views = globSync('src/views/{*,notes/*}.ts').map((path) => {
    const code = readFileSync(path, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*|^(?:im|ex)port .*/gm, '')
    return { path, found: code.match(SENTENCE) }
  })
  expect(views.length).toBeGreaterThan(20)
  expect(views.filter(({ found }) => found)).toEqual([])
  expect("text: 'Press the button'".match(SENTENCE)).not.toBeNull()
})

/** Two words in quotes, the first with a capital. */
const SENTENCE = /['"`][A-Z][a-z]*[ ,][^'"`\n]*['"`]/g
