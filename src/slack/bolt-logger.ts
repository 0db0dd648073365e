import type { Logger as BoltLogger } from '@slack/bolt'
import type { Logger } from 'pino'
import { bolt } from './bolt.ts'

/** Bolt's debug lines hold whole payloads and one-time URLs, so they go nowhere. */
export function boltLogger(log: Logger): BoltLogger {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]): void => {
      const err = parts.find((part) => part instanceof Error)
      const words = parts.filter((part) => typeof part === 'string').join(' ')
      log[level](err ? { err } : {}, words || 'Slack')
    }
  return {
    debug: () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    setLevel: () => {},
    getLevel: () => bolt.LogLevel.INFO,
    setName: () => {},
  }
}
