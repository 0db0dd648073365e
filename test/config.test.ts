import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConfigError, VARIABLES, readConfig } from '../src/config.ts'

type Env = Record<string, string | undefined>

const least: Env = {
  SLACK_BOT_TOKEN: 'xoxb-not-a-real-token',
  SLACK_APP_TOKEN: 'xapp-not-a-real-token',
  TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
  TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
  TENCENTCLOUD_REGION: 'ap-guangzhou',
  DTS_APPROVERS: 'U0BO,S0ONCALL',
}
const REQUIRED = Object.keys(least).filter((name) => name !== 'SLACK_APP_TOKEN')

test('the minimum that works, and the defaults', () => {
  expect(readConfig(least)).toEqual({
    slack: {
      mode: 'socket',
      botToken: 'xoxb-not-a-real-token',
      appToken: 'xapp-not-a-real-token',
      apiUrl: undefined,
      channel: undefined,
    },
    dts: {
      endpoint: 'dts.tencentcloudapi.com',
      versions: ['2018-03-30', '2021-12-06'],
      region: 'ap-guangzhou',
      secretId: 'AKIDEXAMPLE',
      secretKey: 'not-a-real-secret',
      token: undefined,
    },
    approvers: ['U0BO', 'S0ONCALL'],
    requestLasts: 3_600_000,
    watchEvery: 5_000,
    databaseUrl: undefined,
    dataDir: './data',
    logLevel: 'info',
  })
})

test('empty and blank values count as not set', () => {
  const blank = Object.fromEntries(VARIABLES.map((name) => [name, '  ']))
  expect(readConfig({ ...blank, ...least })).toEqual(readConfig(least))
})

test.each([
  ['auto', ['2018-03-30', '2021-12-06']],
  ['2018-03-30', ['2018-03-30']],
  ['2021-12-06', ['2021-12-06']],
])('DTS_API_VERSION %s asks %j', (DTS_API_VERSION, versions) => {
  expect(readConfig({ ...least, DTS_API_VERSION }).dts.versions).toEqual(versions)
})

test('values are used without the spaces around them', () => {
  const config = readConfig({
    ...least,
    SLACK_API_URL: 'http://127.0.0.1:4000/api/',
    SLACK_CHANNEL: ' C0MIGRATE ',
    DTS_ENDPOINT: 'https://127.0.0.1:4001',
    ASK_EXPIRES_MINUTES: '0.5',
    WATCH_SECONDS: '60',
    DATABASE_URL: 'postgresql://bot@127.0.0.1/bot',
    DATA_DIR: '/var/lib/bot',
    LOG_LEVEL: 'debug',
  })
  expect(config).toMatchObject({
    slack: { apiUrl: 'http://127.0.0.1:4000/api/', channel: 'C0MIGRATE' },
    dts: { endpoint: 'https://127.0.0.1:4001' },
    requestLasts: 30_000,
    watchEvery: 60_000,
    databaseUrl: 'postgresql://bot@127.0.0.1/bot',
    dataDir: '/var/lib/bot',
    logLevel: 'debug',
  })
})

test('an app token means Socket Mode, even beside a signing secret', () => {
  const { slack } = readConfig({ ...least, SLACK_SIGNING_SECRET: 'not-a-real-secret' })
  expect(slack.mode).toBe('socket')
})

test('a signing secret alone means HTTP', () => {
  const http = { ...least, SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'not-a-real-secret' }
  const { slack } = readConfig(http)
  expect(slack).toMatchObject({
    mode: 'http',
    signingSecret: 'not-a-real-secret',
    port: 3000,
    host: '0.0.0.0',
  })
  expect(readConfig({ ...http, PORT: '8080', HOST: '127.0.0.1' }).slack).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
  })
})

const TOKENS = ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_TOKEN', 'TENCENTCLOUD_SECURITY_TOKEN']

test.each(TOKENS)('%s is a session token', (name) => {
  expect(readConfig({ ...least, [name]: 'not-a-real-token' }).dts.token).toBe('not-a-real-token')
})

test('the three names of the session token may agree but not differ', () => {
  const [one = '', other = ''] = TOKENS
  const both = { ...least, [one]: 'token-a', [other]: ' token-a ' }
  expect(readConfig(both).dts.token).toBe('token-a')
  const differ = refusalOf({ ...both, [other]: 'token-b' })
  for (const name of TOKENS) expect(differ).toContain(name)
  expect(differ).not.toMatch(/token-[ab]/)
})

test('approvers are separated by commas or spaces, and counted once each', () => {
  const approvers = (text: string) => readConfig({ ...least, DTS_APPROVERS: text }).approvers
  expect(approvers('U0BO, W0CHEN  S0ONCALL,,U0BO,')).toEqual(['U0BO', 'W0CHEN', 'S0ONCALL'])
})

test('an empty environment: the error names everything that is required', () => {
  const said = refusalOf({})
  for (const name of REQUIRED) expect(said).toContain(`  ${name} is missing\n`)
  expect(said).toContain('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing')
  expect(said.split('\n')).toHaveLength(1 + REQUIRED.length + 1)
})

/** These accept any text. */
const FREE = ['SLACK_SIGNING_SECRET', 'HOST', 'TENCENTCLOUD_SECRET_KEY', 'DATA_DIR']
const PLANTED = 'hunter2-looks-like-a-secret'

test('the error names every bad variable at once, and no value', () => {
  const bad = Object.fromEntries(VARIABLES.map((name) => [name, `${PLANTED} ${name.length}!`]))
  const said = refusalOf(bad)
  const named = VARIABLES.filter((name) => new RegExp(`^  ${name} `, 'm').test(said))
  expect(named).toEqual(VARIABLES.filter((name) => !FREE.includes(name)))
  expect(said).not.toMatch(/hunter2/)
})

const wrong: [string, string][] = [
  ['SLACK_BOT_TOKEN', 'xoxp-a-user-token'],
  ['SLACK_APP_TOKEN', 'xoxb-a-bot-token'],
  ['SLACK_API_URL', 'ftp://slack.example'],
  ['SLACK_CHANNEL', '#db-migrations'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', 'http'],
  ['SLACK_BOT_TOKEN', 'xoxb-pasted\ntwice'],
  ['SLACK_API_URL', 'http://slack.example:99999/api/'],
  ['TENCENTCLOUD_REGION', 'Guangzhou'],
  ['TENCENTCLOUD_REGION', 'ap-guangzhou-'],
  ['TENCENTCLOUD_SECRET_ID', 'AKID two'],
  ['DTS_ENDPOINT', 'dts.example:99999'],
  ['DTS_ENDPOINT', 'https://dts.tencentcloudapi.com/path'],
  ['DTS_API_VERSION', '2022-01-01'],
  ['DTS_API_VERSION', 'Auto'],
  ['DTS_APPROVERS', '@oncall'],
  ['DTS_APPROVERS', 'U0BO,oncall'],
  ['DTS_APPROVERS', ','],
  ['POLICY_FILE', 'policy.yml'],
  ['ASK_EXPIRES_MINUTES', '0'],
  ['ASK_EXPIRES_MINUTES', 'NaN'],
  ['WATCH_SECONDS', '61'],
  ['WATCH_SECONDS', '5s'],
  ['DATABASE_URL', 'mysql://bot@127.0.0.1/bot'],
  ['LOG_LEVEL', 'verbose'],
]

test.each(wrong)('%s cannot be %s, and the error does not repeat it', (name, value) => {
  const said = refusalOf({ ...least, [name]: value })
  expect(said.split('\n').slice(1)).toEqual([
    expect.stringMatching(`^  ${name} must|^  ${name} is`),
  ])
  if (value.length > 5 && value !== 'policy.yml') expect(said).not.toContain(value)
})

test('any environment is read or refused, and no value is repeated', () => {
  const secret = fc.string({ maxLength: 12 }).map((text) => `${text}§planted§${text}`)
  const name = fc.constantFrom(...VARIABLES)
  fc.assert(
    fc.property(fc.dictionary(name, fc.option(secret, { nil: undefined })), (env) => {
      try {
        readConfig({ ...least, ...env })
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError)
        expect(String(error)).not.toContain('§')
      }
    }),
  )
})

const example = readFileSync('.env.example', 'utf8')

test('.env.example names every variable once, the required ones first', () => {
  const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '')
  expect(names.toSorted()).toEqual(VARIABLES.toSorted())
  const first = names.slice(0, REQUIRED.length + 2)
  expect(first).toEqual(
    expect.arrayContaining([...REQUIRED, 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']),
  )
})

test('.env.example has one line of comment for each variable, and one at the top', () => {
  const commented = [...example.matchAll(/^# .+\.\n([A-Z_]+)=/gm)].map(([, name]) => name ?? '')
  expect(commented.toSorted()).toEqual(VARIABLES.toSorted())
  expect([...example.matchAll(/^#/gm)]).toHaveLength(VARIABLES.length + 1)
})

test('.env.example is a usable configuration, and its optional values are the defaults', () => {
  const env = parseEnv(example)
  expect(readConfig(env)).toEqual(readConfig(pick(env, [...REQUIRED, 'SLACK_APP_TOKEN'])))
})

function pick(env: Env, names: string[]): Env {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}

/** The message of the ConfigError. */
function refusalOf(env: Env): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('it was accepted')
}
