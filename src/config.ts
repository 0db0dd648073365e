import { z } from 'zod'
import { type ApiVersion, API_VERSIONS } from './dts/job.ts'
import { isRegionId } from './dts/regions.ts'
import type { SlackOptions } from './slack/connect.ts'

/** What the operator decided. Durations are milliseconds. */
export type Config = {
  /** `channel`: where migrations live when a command is not typed in a channel the bot is in. */
  slack: SlackOptions & { channel: string | undefined }
  dts: {
    endpoint: string
    versions: readonly ApiVersion[]
    region: string
    secretId: string
    secretKey: string
    token: string | undefined
  }
  approvers: string[]
  requestLasts: number
  watchEvery: number
  databaseUrl: string | undefined
  dataDir: string
  logLevel: (typeof LEVELS)[number]
}

/** Names every bad variable at once. Its message never holds a value. */
export class ConfigError extends Error {
  override name = 'ConfigError' as const
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const optional = z
  .string()
  .trim()
  .transform((value) => value || undefined)
  .optional()

const required = z.string('is missing').trim().min(1, 'is missing')

const shaped = (pattern: RegExp, what: string) =>
  optional.refine((value) => value === undefined || pattern.test(value), what)

/** Sent in a header. With a line break in it, the HTTP client would quote it in its error message. */
const SENDABLE = /^[\x21-\x7e]*$/
const sendable = 'must be printable ASCII without spaces'

const url = (pattern: RegExp, what: string) =>
  shaped(pattern, what).refine(
    (value) => value === undefined || !pattern.test(value) || canParse(value),
    what,
  )

/** As `dts/` and the Slack client read it: a host may stand without a scheme. */
function canParse(address: string): boolean {
  return URL.canParse(address.includes('://') ? address : `https://${address}`)
}

const number = (name: string, fallback: number, least: number, most: number) =>
  optional.transform((value, context) => {
    if (value === undefined) return fallback
    const parsed = Number(value)
    if (parsed >= least && parsed <= most) return parsed
    context.addIssue({ code: 'custom', message: `must be ${name} from ${least} to ${most}` })
    return z.NEVER
  })

const approverIds = required.transform((value, context) => {
  const ids = value.split(/[\s,]+/).filter(Boolean)
  const bad = ids.some((id) => !/^[UWS][A-Z0-9]{2,}$/.test(id))
  if (!bad && ids.length > 0) return [...new Set(ids)]
  context.addIssue({
    code: 'custom',
    message: 'must be Slack user ids (U…) and user group ids (S…), comma-separated',
  })
  return z.NEVER
})

const unsupported = (what: string) => optional.refine((value) => value === undefined, what)

const environment = z.object({
  SLACK_BOT_TOKEN: required.regex(
    /^xoxb-[\x21-\x7e]*$/,
    'must be a bot token, which begins with xoxb- and has no spaces',
  ),
  SLACK_APP_TOKEN: shaped(
    /^xapp-[\x21-\x7e]*$/,
    'must be an app-level token, which begins with xapp- and has no spaces',
  ),
  SLACK_SIGNING_SECRET: optional,
  SLACK_API_URL: url(/^https?:\/\/\S+$/, 'must be an http(s) URL'),
  SLACK_CHANNEL: shaped(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id, such as C0123456789'),
  PORT: number('a port', 3000, 0, 65_535).refine(Number.isInteger, 'must be a whole number'),
  HOST: optional,
  TENCENTCLOUD_SECRET_ID: required.regex(SENDABLE, sendable),
  TENCENTCLOUD_SECRET_KEY: required,
  TENCENTCLOUD_SESSION_TOKEN: shaped(SENDABLE, sendable),
  TENCENTCLOUD_TOKEN: shaped(SENDABLE, sendable),
  TENCENTCLOUD_SECURITY_TOKEN: shaped(SENDABLE, sendable),
  TENCENTCLOUD_REGION: required.refine(isRegionId, 'must be a region, such as ap-guangzhou'),
  DTS_ENDPOINT: url(
    /^(https?:\/\/)?[a-z0-9.-]+(:\d+)?\/?$/i,
    'must be a host, or a URL with scheme and port',
  ),
  DTS_API_VERSION: optional.pipe(
    z.enum(['auto', ...API_VERSIONS], `must be auto, ${API_VERSIONS.join(' or ')}`).optional(),
  ),
  DTS_APPROVERS: approverIds,
  POLICY_FILE: unsupported('is not supported yet; name the approvers in DTS_APPROVERS'),
  ASK_EXPIRES_MINUTES: number('minutes', 60, 0.01, 10_080),
  WATCH_SECONDS: number('seconds', 5, 0.1, 60),
  DATABASE_URL: shaped(/^postgres(ql)?:\/\/\S+$/, 'must be a postgresql:// URL'),
  DATA_DIR: optional,
  LOG_LEVEL: optional.pipe(z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).optional()),
})

/** Reads the environment. Throws `ConfigError`. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(env)
  const said = parsed.success ? [] : parsed.error.issues.map(problem)
  const problems = [...said, ...contradictions(env)]
  if (!parsed.success || problems.length > 0) {
    throw unusable(problems)
  }
  return toConfig(parsed.data)
}

/** Where the database is, for programs that need nothing else. Throws `ConfigError`. */
export function readDatabaseConfig(
  env: Record<string, string | undefined> = process.env,
): Pick<Config, 'databaseUrl' | 'dataDir'> {
  const parsed = environment.pick({ DATABASE_URL: true, DATA_DIR: true }).safeParse(env)
  if (!parsed.success) throw unusable(parsed.error.issues.map(problem))
  return databaseOf(parsed.data)
}

/** The variables that are read, for the documentation's test. */
export const VARIABLES = Object.keys(environment.shape)

function unusable(problems: string[]): ConfigError {
  return new ConfigError(`The configuration is not usable:\n${problems.join('\n')}`)
}

function problem(issue: z.core.$ZodIssue): string {
  return `  ${issue.path.join('.')} ${issue.message}`
}

function contradictions(env: Record<string, string | undefined>): string[] {
  const tokens = ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_TOKEN', 'TENCENTCLOUD_SECURITY_TOKEN']
  const given = new Set(tokens.map((name) => env[name]?.trim()).filter(Boolean))
  return [
    ...(env['SLACK_APP_TOKEN']?.trim() || env['SLACK_SIGNING_SECRET']?.trim()
      ? []
      : ['  SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing']),
    ...(given.size > 1 ? [`  ${tokens.join(', ')} differ; set one of them`] : []),
  ]
}

function toConfig(env: z.output<typeof environment>): Config {
  return {
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      apiUrl: env.SLACK_API_URL,
      channel: env.SLACK_CHANNEL,
      ...(env.SLACK_APP_TOKEN
        ? { mode: 'socket', appToken: env.SLACK_APP_TOKEN }
        : {
            mode: 'http',
            signingSecret: env.SLACK_SIGNING_SECRET ?? '',
            port: env.PORT,
            host: env.HOST ?? '0.0.0.0',
          }),
    },
    dts: {
      endpoint: env.DTS_ENDPOINT ?? 'dts.tencentcloudapi.com',
      versions: versionsOf(env.DTS_API_VERSION),
      region: env.TENCENTCLOUD_REGION,
      secretId: env.TENCENTCLOUD_SECRET_ID,
      secretKey: env.TENCENTCLOUD_SECRET_KEY,
      token:
        env.TENCENTCLOUD_SESSION_TOKEN ?? env.TENCENTCLOUD_TOKEN ?? env.TENCENTCLOUD_SECURITY_TOKEN,
    },
    approvers: env.DTS_APPROVERS,
    requestLasts: env.ASK_EXPIRES_MINUTES * 60_000,
    watchEvery: env.WATCH_SECONDS * 1000,
    ...databaseOf(env),
    logLevel: env.LOG_LEVEL ?? 'info',
  }
}

function databaseOf(env: Pick<z.output<typeof environment>, 'DATABASE_URL' | 'DATA_DIR'>) {
  return { databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR ?? './data' }
}

/** `auto` is all of them, in the order in which they are asked. */
function versionsOf(chosen: 'auto' | ApiVersion = 'auto'): readonly ApiVersion[] {
  return chosen === 'auto' ? API_VERSIONS : [chosen]
}
