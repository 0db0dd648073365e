import { unescape } from 'node:querystring'
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** JSON lines on standard output. No secret of the configuration can be part of one. */
export function createLogger(config: Config): Logger {
  const secrets = secretsOf(config)
  const write = (line: string): void => {
    process.stdout.write(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line))
  }
  return pino({ level: config.logLevel, base: null }, { write })
}

function secretsOf({ slack, dts, databaseUrl }: Config): string[] {
  const password = databaseUrl && URL.canParse(databaseUrl) ? new URL(databaseUrl).password : ''
  return [
    slack.botToken,
    slack.mode === 'socket' ? slack.appToken : slack.signingSecret,
    dts.secretKey,
    dts.token ?? '',
    password,
    unescape(password),
  ].filter((secret) => secret.length > 3)
}
