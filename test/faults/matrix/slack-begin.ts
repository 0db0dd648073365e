import { pino } from 'pino'
import { expect } from 'vitest'
import { startBot } from '../../../src/bot.ts'
import { readConfig } from '../../../src/config.ts'
import { startWorld } from '../../support/town.ts'
import { PASSING, TOKEN } from './slack-faults.ts'
import type { Row } from './table.ts'

/** `auth.test`, by which the bot proves its token before it does anything. */
export async function theBeginning(): Promise<Row[]> {
  const rows: Row[] = []
  for (const { fault, input } of [...PASSING, ...TOKEN]) {
    const { slack, env } = await startWorld({ mode: 'socket', engine: 'sqlite' })
    slack.faults.add('auth.test', { ...input, times: 1 })
    const log = pino({ level: 'silent' })
    const said = await startBot(readConfig(env), log).then(
      () => 'nothing',
      (error: unknown) => String(error),
    )
    const refused = input.error !== undefined
    expect(said).toContain(refused ? `SLACK_BOT_TOKEN: ${input.error}` : 'Cannot reach Slack')
    expect(said).not.toContain(env['SLACK_BOT_TOKEN'])
    const bot = await startBot(readConfig(env), log)
    await bot.stop()
    const sees = refused
      ? 'operators: which token, and where it is found'
      : 'operators: what cannot be reached'
    rows.push({
      where: 'auth.test at the start of the bot',
      fault,
      sees,
      ends: 'not up; up at the next start',
    })
  }
  return rows
}
