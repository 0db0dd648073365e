/**
 * The bot as `src/main.ts` starts it, but with another GRACE, SEND_WITHIN and PATIENCE
 * (milliseconds), with UPDATES_A_MINUTE of its messages in Slack, and with a SIGKILL, or CRASH_BY, at the moment that CRASH_AT names (`moment` or
 * `moment what`). A bot that was stopped by SIGSTOP goes on from there with SIGCONT.
 *
 * SIGUSR2 asks it to stop itself at one of the next moments of a start. SIGCONT also takes that back.
 */
import { RULES, startBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { createUpdateBudget } from '../../src/slack/update-budget.ts'
import { passing } from './moments.ts'

const { CRASH_AT, CRASH_BY = 'SIGKILL', GRACE, SEND_WITHIN, PATIENCE, ...others } = process.env
const { UPDATES_A_MINUTE, ...env } = others

const { grace, patience } = RULES
const rules = {
  ...RULES,
  grace: Number(GRACE ?? grace),
  // Like GRACE, short enough to wait for.
  sendWithin: GRACE ? Number(SEND_WITHIN ?? 2_000) : RULES.sendWithin,
  patience: Number(PATIENCE ?? patience),
}

/** Where a start is about to be written down, is written down, is about to leave, is answered. */
const OF_A_START = ['undecided attempted', 'decided attempted', 'attempted', 'answered']

/** How many of these moments to go; 0: it goes on. */
let stopsAfter = 0
process.on('SIGUSR2', () => (stopsAfter = 1 + Math.floor(Math.random() * OF_A_START.length)))
process.on('SIGCONT', () => (stopsAfter = 0))

const config = readConfig(env)
const bot = await startBot(config, createLogger(config), {
  rules,
  ...(UPDATES_A_MINUTE ? { updates: createUpdateBudget(Number(UPDATES_A_MINUTE)) } : {}),
  decorate: passing((moment, what) => {
    const name = what ? `${moment} ${what}` : moment
    if (CRASH_AT === moment || CRASH_AT === name) process.kill(process.pid, CRASH_BY)
    if (stopsAfter > 0 && OF_A_START.includes(name) && --stopsAfter === 0) {
      process.kill(process.pid, 'SIGSTOP')
    }
  }),
})
process.once('SIGTERM', () => void bot.stop())
