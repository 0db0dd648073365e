import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notOurs } from '../../src/commands/hear.ts'
import { askRef, ids, parseAskRef } from '../../src/views/ids.ts'

const HOME = 'src/views/ids.ts'
const read = (pattern: string): string =>
  globSync(pattern, { exclude: [HOME] })
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')

const views = read('src/views/*.ts')
const commands = read('src/commands/*.ts')
const contents = read('src/commands/index.ts')

const drawn = names(views, /\bids\.(\w+)(?!['\w])/g)
const heard = names(contents, /\bids\.(\w+)(?!['\w])/g)
/** Fields of a form: they come along with its submission. */
const fields = names(commands, /\bvalues\[ids\.(\w+)\]/g)

/** Typed, not drawn. */
const TYPED = ['command']
/** Says something and takes no answer. */
const SILENT = ['notice']

test('every id drawn is heard', () => {
  expect(drawn.length).toBeGreaterThan(8)
  expect(without(drawn, [...heard, ...fields, ...SILENT])).toEqual([])
})

test('every id heard is drawn', () => {
  expect(heard.length).toBeGreaterThan(6)
  expect(fields.length).toBeGreaterThan(1)
  expect(without([...heard, ...fields], [...drawn, ...TYPED])).toEqual([])
})

test('every id of the table is in use', () => {
  expect(without(Object.keys(ids), [...drawn, ...TYPED])).toEqual([])
})

test('a form is heard as a form, what is pressed in it as a press', () => {
  const forms = names(views, /\bcallback_id: ids\.(\w+)/g)
  const formsHeard = names(contents, /\bapp\.view\(ids\.(\w+)/g)
  const pressed = names(contents, /\bapp\.(?:action|options)\(ids\.(\w+)/g)
  expect(formsHeard).toEqual(without(forms, SILENT))
  expect(pressed).toEqual(without(drawn, [...forms, ...fields]))
})

test('what Slack fetches options for is heard as that', () => {
  const fetching = /'external_select',\s+action_id: ids\.(\w+)/g
  expect(names(contents, /\bapp\.options\(ids\.(\w+)/g)).toEqual(names(views, fetching))
})

test('an id is spelled in one place', () => {
  const literals = /'dts_\w+'|(?:action|callback|block)_id: ['"`]/g
  expect([...read('src/{commands,views,workflow}/**/*.ts').matchAll(literals)]).toEqual([
    expect.objectContaining({ 0: "'dts_migration'" }),
  ])
})

test('no two ids are the same, and none is mistaken for a control of an older version', () => {
  const spelled = Object.values(ids)
  expect(new Set(spelled).size).toBe(spelled.length)
  const controls = spelled.filter((id) => id !== ids.command)
  expect(controls.filter((id) => notOurs.test(id))).toEqual([])
  expect(controls.filter((id) => !notOurs.test(`${id}_1`))).toEqual([])
})

test('a reference to an ask reads as what it was made of', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 999_999 }), (id, ask) => {
      expect(parseAskRef(askRef(id, ask))).toEqual({ id, ask })
    }),
  )
})

test('nothing else reads as a reference', () => {
  const uuid = '0f0e0d0c-0b0a-4908-8706-050403020100'
  const forged = ['', ':', uuid, `${uuid}:`, `${uuid}:-1`, `${uuid}:1.5`, `${uuid}:1:2`]
  for (const text of [...forged, ` ${uuid}:1`, `${uuid}:1\n`, `${uuid}:1234567`]) {
    expect(parseAskRef(text)).toBeUndefined()
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      expect(parseAskRef(text)).toBeUndefined()
    }),
  )
})

function names(source: string, pattern: RegExp): string[] {
  return [...new Set([...source.matchAll(pattern)].map(([, name]) => name ?? ''))].sort()
}

function without(all: string[], these: string[]): string[] {
  return all.filter((name) => !these.includes(name))
}
