import { startBot } from './bot.ts'
import { readConfig } from './config.ts'
import { createLogger } from './logger.ts'

/** Their messages are sentences that an operator can act on. */
const FOR_OPERATORS = ['ConfigError', 'StoreError', 'SlackError']

try {
  const config = readConfig()
  const log = createLogger(config)
  const bot = await startBot(config, log)
  const stop = (signal: NodeJS.Signals): void => {
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1))
    log.info({ signal }, 'shutdown started')
    // Not left to Node: a connection to Slack that is cut without a goodbye would keep it for 30 s.
    bot.stop().then(
      () => {
        log.info({}, 'shutdown complete')
        process.exit(0)
      },
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
  bot.failed.catch(async (error: unknown) => {
    await bot.stop().catch((err: unknown) => log.error({ err }, 'shutdown failed'))
    tellOperator(error)
    process.exit(1)
  })
} catch (error) {
  tellOperator(error)
  process.exitCode = 1
}

function tellOperator(error: unknown): void {
  if (!(error instanceof Error && FOR_OPERATORS.includes(error.name))) throw error
  process.stderr.write(`${error.message}\n`)
}
