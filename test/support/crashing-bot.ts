/**
 * The bot as `src/main.ts` starts it, but with another GRACE (milliseconds), and with a SIGKILL at the
 * moment that CRASH_AT names (`moment` or `moment what`).
 */
import { RULES, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { passing } from './moments.ts'

const { CRASH_AT, GRACE, ...env } = process.env
const config = readConfig(env)
const bot = await startBot(config, createLogger(config), {
  rules: { ...RULES, grace: Number(GRACE ?? RULES.grace) },
  decorate: passing((moment, what) => {
    if (CRASH_AT === moment || CRASH_AT === `${moment} ${what}`) {
      process.kill(process.pid, 'SIGKILL')
    }
  }),
})
process.once('SIGTERM', () => void bot.stop())
