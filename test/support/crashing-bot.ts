/**
 * The bot as `src/main.ts` starts it, but with little patience, and with an end that comes by
 * surprise: SIGKILL at the moment named by CRASH_AT (`moment` or `moment what`).
 */
import { RULES, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'

const { CRASH_AT, GRACE, ...env } = process.env
const config = readConfig(env)
const bot = await startBot(config, createLogger(config), {
  rules: { ...RULES, grace: Number(GRACE ?? RULES.grace) },
  pass(moment, what) {
    if (CRASH_AT === moment || CRASH_AT === `${moment} ${what}`)
      process.kill(process.pid, 'SIGKILL')
  },
})
process.once('SIGTERM', () => void bot.stop())
