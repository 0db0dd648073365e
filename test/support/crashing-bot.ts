/**
 * The bot as `src/main.ts` starts it, but with another GRACE (milliseconds), and with a SIGKILL, or
 * CRASH_BY, at the moment that CRASH_AT names (`moment` or `moment what`). A bot that was stopped by
 * SIGSTOP goes on from there with SIGCONT.
 */
import { RULES, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { passing } from './moments.ts'

const { CRASH_AT, CRASH_BY = 'SIGKILL', GRACE, ...env } = process.env
/** Milliseconds: like GRACE, short enough to wait for. */
const SEND_WITHIN = 2_000

const config = readConfig(env)
const bot = await startBot(config, createLogger(config), {
  rules: { ...RULES, ...(GRACE ? { grace: Number(GRACE), sendWithin: SEND_WITHIN } : {}) },
  decorate: passing((moment, what) => {
    if (CRASH_AT === moment || CRASH_AT === `${moment} ${what}`) {
      process.kill(process.pid, CRASH_BY)
    }
  }),
})
process.once('SIGTERM', () => void bot.stop())
