import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notOurs } from '../../src/commands/listeners.ts'
import { ids, parseRequestRef, requestRef } from '../../src/views/ids.ts'
import { en } from '../../src/views/wording/en.ts'
import { everyView } from '../support/every-view.ts'

const read = (pattern: string): string =>
  globSync(pattern, { exclude: ['src/views/ids.ts'] })
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')

const commands = read('src/commands/*.ts')
const contents = read('src/commands/index.ts')

type Element = { type?: string; action_id?: string; callback_id?: string }
const drawn = everyView((what) => what, en)
  .filter(({ name }) => !name.startsWith('job picker'))
  .flatMap(({ sent }) => elementsIn(sent))
const forms = once(drawn.map(({ callback_id: id }) => id))
const controls = once(drawn.map(({ action_id: id }) => id))

/** Takes no input. */
const SILENT = [ids.notice]
/** Form fields: their values arrive with the submission. */
const fields = once([
  ...heardBy(commands, /\breasonIn\(view, ids\.(\w+)/g),
  ...heardBy(read('src/views/{operation,skip}-form.ts'), /\bvalues\[ids\.(\w+)/g),
])

test('every form with a submit button has a listener', () => {
  expect(forms.length).toBeGreaterThan(2)
  expect(heardBy(contents, /\bapp\.view\(ids\.(\w+)/g)).toEqual(without(forms, SILENT))
})

test('every control has a listener, and every listener a control', () => {
  const heard = heardBy(contents, /\bapp\.(?:action|options)\(ids\.(\w+)/g)
  expect(fields.length).toBeGreaterThan(1)
  expect(heard).toEqual(without(controls, fields))
})

test('every external select has a listener for its options', () => {
  const asking = drawn.filter(({ type }) => type === 'external_select')
  const heard = heardBy(contents, /\bapp\.options\(ids\.(\w+)/g)
  expect(heard).toEqual(once(asking.map(({ action_id: id }) => id)))
})

test('every id is in use', () => {
  expect(once([...forms, ...controls, ids.command])).toEqual(Object.values(ids).sort())
})

test('an id is spelled in one place', () => {
  const literals = /'dts_\w+'|(?:action|callback|block)_id: ['"`]/g
  const found = [...read('src/{commands,views,workflow}/**/*.ts').matchAll(literals)]
  expect(found.map(([literal]) => literal)).toEqual([])
})

test('ids are unique, and none matches the pattern for unknown controls', () => {
  const spelled = Object.values(ids)
  expect(new Set(spelled).size).toBe(spelled.length)
  const ours = spelled.filter((id) => id !== ids.command)
  expect(ours.filter((id) => notOurs.test(id))).toEqual([])
  expect(ours.filter((id) => !notOurs.test(`${id}_1`))).toEqual([])
})

test('a request reference decodes to what was encoded', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 999_999 }), (id, request) => {
      expect(parseRequestRef(requestRef(id, request))).toEqual({ id, request })
    }),
  )
})

test('any other text is no request reference', () => {
  const uuid = '0f0e0d0c-0b0a-4908-8706-050403020100'
  const forged = ['', ':', uuid, `${uuid}:`, `${uuid}:-1`, `${uuid}:1.5`, `${uuid}:1:2`]
  for (const text of [...forged, ` ${uuid}:1`, `${uuid}:1\n`, `${uuid}:1234567`]) {
    expect(parseRequestRef(text)).toBeUndefined()
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      expect(parseRequestRef(text)).toBeUndefined()
    }),
  )
})

function elementsIn(value: unknown): Element[] {
  if (typeof value !== 'object' || value === null) return []
  return [value as Element, ...Object.values(value).flatMap(elementsIn)]
}

function heardBy(source: string, pattern: RegExp): string[] {
  const table: Record<string, string> = ids
  return once([...source.matchAll(pattern)].map(([, name]) => table[name ?? ''] ?? `ids.${name}`))
}

function once(all: (string | undefined)[]): string[] {
  return [...new Set(all.filter((id) => id !== undefined))].sort()
}

function without(all: string[], these: string[]): string[] {
  return all.filter((id) => !these.includes(id))
}
