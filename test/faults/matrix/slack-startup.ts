import { pino } from 'pino'
import { expect } from 'vitest'
import { startBot } from '../../../src/bot.ts'
import { readConfig } from '../../../src/config.ts'
import { startPretendWorld } from '../../support/world.ts'
import { PASSING, TOKEN } from './slack-faults.ts'
import type { Row } from './table.ts'

/** `auth.test`, by which the bot checks its token before it does anything. */
export async function atStartup(): Promise<Row[]> {
  const rows: Row[] = []
  for (const { fault, input } of [...PASSING, ...TOKEN]) {
    const { slack, env } = await startPretendWorld({ mode: 'socket', engine: 'sqlite' })
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
      ? 'operators: which token, and where to find it'
      : "operators: what can't be reached"
    rows.push({
      where: 'auth.test at startup',
      fault,
      sees,
      outcome: 'does not start; starts the next time',
    })
  }
  return rows
}
