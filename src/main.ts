import { startBot } from './bot.ts'
import { ConfigError, readConfig } from './config.ts'
import { CannotStart } from './cannot-start.ts'
import { createLogger } from './logger.ts'

try {
  const config = readConfig()
  const log = createLogger(config)
  const bot = await startBot(config, log)
  const stop = (signal: NodeJS.Signals): void => {
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1))
    log.info({ signal }, 'stopping')
    // Not left to Node: a connection to Slack that is cut without a goodbye would keep it for 30 s.
    bot.stop().then(
      () => {
        log.info({}, 'stopped')
        process.exit(0)
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopped badly')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof CannotStart)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
