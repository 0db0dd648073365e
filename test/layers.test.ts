import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Who may import whom. A name is a folder of src or a file at its top; a path names one file;
 * `type` allows `import type` alone. Imports inside the same part are always allowed.
 */
const MAY_IMPORT: Record<string, string[]> = {
  main: ['bot', 'config', 'logger'],
  bot: [
    'clock',
    'commands',
    'config',
    'dts',
    'type migration',
    'policy',
    'slack',
    'store',
    'views',
    'workflow',
  ],
  history: [
    'config',
    'store',
    'migration',
    'views/rich',
    'views/wording/en',
    'views/wording/en/job',
    'views/wording/en/operations',
    'dts/job',
    'dts/trouble',
  ],
  clock: [],
  config: ['dts', 'type slack'],
  logger: ['config'],
  commands: ['workflow', 'policy', 'views', 'slack', 'dts', 'type store', 'migration'],
  workflow: ['type clock', 'policy', 'store', 'dts', 'slack', 'views', 'migration'],
  policy: ['clock', 'slack', 'migration'],
  views: ['migration', 'dts/errors', 'dts/job', 'dts/regions', 'type dts'],
  store: ['clock', 'migration', 'dts/job', 'type dts'],
  migration: ['dts/job', 'type dts'],
  dts: ['clock'],
  slack: ['clock'],
}

type Import = { from: string; to: string; typeOnly: boolean }

const sources = filesOf('src')

test('imports run one way', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(50)
  expect(importsOf(sources).length).toBeGreaterThan(150)
  expect(forbidden(sources)).toEqual([])
})

test.each(['src', 'playground'])('no imports in %s form a cycle, not even of types', (folder) => {
  const files = filesOf(folder)
  expect(importsOf(files).length).toBeGreaterThan(150)
  expect(cycles(files)).toEqual([])
})

test('the table has a row for everything in src, and no other', () => {
  expect([...new Set(Object.keys(sources).map(partOf))].sort()).toEqual(
    Object.keys(MAY_IMPORT).sort(),
  )
})

test.each([
  ['src/views/card.ts', "import { publish } from '../workflow/publish.ts'"],
  ['src/views/card.ts', "import { createDts } from '../dts/client.ts'"],
  ['src/commands/start.ts', "import { openStore } from '../store/store.ts'"],
  ['src/commands/start.ts', "import { type Row } from '../store/store.ts'"],
  ['src/store/schema/steps.ts', "import {\n  a,\n  b,\n} from '../../views/ids.ts'"],
  ['src/dts/client.ts', "import type { Config } from '../config.ts'"],
  ['src/slack/messages.ts', "import type { Message } from '../views/card.ts'"],
  ['src/migration/next.ts', "export { card } from '../views/card.ts'"],
  ['src/migration/next.ts', "export * from '../dts/client.ts'"],
  ['src/migration/watch.ts', "const m = await import('../store/store.ts')"],
  ['src/policy/rule.ts', "export type M = import('../store/store.ts').Row"],
  ['src/logger.ts', "import './bot.ts'"],
  ['src/bot.ts', "import { startSlack } from '../playground/main.ts'"],
  ['src/store/sqlite.ts', "import { sample } from '../../test/support/sample-migration.ts'"],
  ['src/main.ts', "import '../bench/run.ts'"],
  ['src/helpers/text.ts', "import { next } from '../migration/next.ts'"],
])('%s must not say %s', (path, source) => {
  expect(forbidden({ [path]: source })).toHaveLength(1)
})

test('what the table allows passes', () => {
  expect(
    forbidden({
      'src/views/trouble.ts':
        "import { classify } from '../dts/errors.ts'\nimport { z } from 'zod'",
      'src/views/status.ts': "import type { Job } from '../dts/job.ts'",
      'src/commands/status.ts': "import type { Row } from '../store/store.ts'",
      'src/store/schema/upgrade.ts': "import { StoreError } from '../store-error.ts'",
    }),
  ).toEqual([])
})

test('a cycle is found, also one of types', () => {
  const a = { 'src/views/a.ts': "import type { B } from './b.ts'" }
  const b = { 'src/views/b.ts': "export { c } from './c.ts'" }
  const c = { 'src/views/c.ts': "import { a } from './a.ts'" }
  expect(cycles({ ...a, ...b, ...c })).toHaveLength(1)
  expect(cycles({ ...a, ...b })).toEqual([])
})

function filesOf(folder: string): Record<string, string> {
  const paths = globSync(`${folder}/**/*.ts`)
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]))
}

function forbidden(files: Record<string, string>): string[] {
  return importsOf(files)
    .filter(({ from, to, typeOnly }) => {
      if (partOf(from) === partOf(to)) return false
      const allowed = MAY_IMPORT[partOf(from)] ?? []
      const names = [partOf(to), to.replace(/^src\/|\.ts$/g, '')]
      return !names.some(
        (name) => allowed.includes(name) || (typeOnly && allowed.includes(`type ${name}`)),
      )
    })
    .map(({ from, to, typeOnly }) => `${from} imports ${typeOnly ? 'types of ' : ''}${to}`)
}

/** Every relative import of these files, static or not, `to` as a path from the top. */
function importsOf(files: Record<string, string>): Import[] {
  const statement =
    /^(?:import|export)( type)?\b[^'";=(]*?\bfrom\s+'(\.[^']+)'|\bimport\s*\(?\s*'(\.[^']+)'/gm
  return Object.entries(files).flatMap(([from, source]) =>
    [...source.matchAll(statement)].map(([, type, target, bare]) => ({
      from,
      to: posix.join(posix.dirname(from), target ?? bare ?? ''),
      typeOnly: type !== undefined,
    })),
  )
}

/** The folder of src, or the name of a file at its top; outside of src the path itself. */
function partOf(path: string): string {
  return /^src\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(path)?.[1] ?? path
}

/** One for each import that closes a ring. */
function cycles(files: Record<string, string>): string[] {
  const all = importsOf(files)
  const done = new Set<string>()
  const visit = (file: string, way: string[]): string[] => {
    const start = way.indexOf(file)
    if (start >= 0) return [[...way.slice(start), file].join(' -> ')]
    if (done.has(file)) return []
    const found = all
      .filter(({ from }) => from === file)
      .flatMap(({ to }) => visit(to, [...way, file]))
    done.add(file)
    return found
  }
  return Object.keys(files).flatMap((file) => visit(file, []))
}
