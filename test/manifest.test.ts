import { globSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { SCOPES } from '../src/slack/connect.ts'
import { ids } from '../src/views/ids.ts'
import schema from './fixtures/slack-manifest.schema.json' with { type: 'json' }

/** What a method needs, for public and private channels. Slack's page of each method says so. */
const SCOPES_OF: Record<string, string[]> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.update': [],
}

/** Not a method: `app.command` needs it. */
const COMMANDS = 'commands'

const text = readFileSync('manifest.yml', 'utf8')
const manifest = z
  .object({
    display_information: z.object({ name: z.string() }),
    features: z.object({
      app_home: z.record(z.string(), z.boolean()),
      slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })),
      shortcuts: z.undefined().optional(),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      socket_mode_enabled: z.boolean(),
      interactivity: z.object({ is_enabled: z.boolean() }),
      event_subscriptions: z.undefined().optional(),
    }),
  })
  .parse(parse(text))
const granted = manifest.oauth_config.scopes.bot
/** What they call `client` is PostgreSQL's and Socket Mode's. */
const exclude = ['src/store/**', 'src/slack/sockets.ts']
const sources = globSync('src/**/*.ts', { exclude }).map((path) => readFileSync(path, 'utf8'))
const called = [...new Set(sources.flatMap(methodsIn))].sort()

const isManifest = new Ajv({
  strict: false,
  allErrors: true,
  formats: { uri: (text) => URL.canParse(text) },
}).compile(schema)

test('the manifest matches the schema of Slack', () => {
  isManifest(parse(text))
  expect(isManifest.errors).toBeNull()
})

test.each([
  ['a command without a slash', text.replace('command: /dts', 'command: dts')],
  ['a name that is too long', text.replace('DTS Migrations', 'DTS Migrations '.repeat(3))],
  [
    'a switch that is neither on nor off',
    text.replace('socket_mode_enabled: true', 'socket_mode_enabled: perhaps'),
  ],
  ['a setting that does not exist', `${text}  no_such_setting: true\n`],
])('the schema of Slack refuses %s', (_, broken) => {
  expect(broken).not.toBe(text)
  expect(isManifest(parse(broken))).toBe(false)
})

test('people type the command that the bot listens to', () => {
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([ids.command])
  expect(manifest.features.slash_commands[0]?.usage_hint).toBe(
    'start|check|watch|status|help [job-id] [region]',
  )
})

test('the features that the bot uses are on: Socket Mode, buttons, read-only messages', () => {
  expect(manifest.settings.socket_mode_enabled).toBe(true)
  expect(manifest.settings.interactivity.is_enabled).toBe(true)
  expect(manifest.features.app_home).toEqual({
    home_tab_enabled: false,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: true,
  })
})

test('every method that is called has a row in the table, and every row a call', () => {
  expect(called).toEqual(Object.keys(SCOPES_OF).sort())
})

test('the scopes are exactly those that the methods need', () => {
  expect(scopeProblems(called, granted)).toEqual([])
})

test('the bot checks for the same scopes when it starts', () => {
  expect(SCOPES.toSorted()).toEqual(granted.toSorted())
})

test('a missing scope, a scope too many and an unknown method are found', () => {
  const without = granted.filter((scope) => scope !== 'users:read')
  expect(scopeProblems(called, without)).toEqual(['users:read is missing'])
  expect(scopeProblems(called, [...granted, 'im:write'])).toEqual(['nothing needs im:write'])
  expect(scopeProblems([...called, 'pins.add'], granted)).toEqual(['pins.add is not in the table'])
})

test('calls are found however they are written', () => {
  expect(methodsIn('await context.slack.client.pins.add({})')).toEqual(['pins.add'])
  expect(methodsIn('await client\n    .usergroups.users\n    .list({})')).toEqual([
    'usergroups.users.list',
  ])
  expect(methodsIn("client.apiCall('pins.add')")).toEqual(['apiCall'])
})

function methodsIn(source: string): string[] {
  return [...source.matchAll(/\bclient((?:\s*\.\s*\w+){1,3})\(/g)].map(([, path]) =>
    (path ?? '').replaceAll(/\s/g, '').slice(1),
  )
}

function scopeProblems(methods: string[], scopes: string[]): string[] {
  const needed = new Set([COMMANDS, ...methods.flatMap((method) => SCOPES_OF[method] ?? [])])
  return [
    ...methods
      .filter((method) => !(method in SCOPES_OF))
      .map((method) => `${method} is not in the table`),
    ...[...needed].filter((scope) => !scopes.includes(scope)).map((scope) => `${scope} is missing`),
    ...scopes.filter((scope) => !needed.has(scope)).map((scope) => `nothing needs ${scope}`),
  ]
}
