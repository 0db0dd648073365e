/** `npm run history`: who approved what, when, and what came of it, from the bot's database. */
import { existsSync } from 'node:fs'
import { readDatabaseConfig } from '../config.ts'
import { readHistory } from '../store/history.ts'
import { parseArguments } from './arguments.ts'
import { FORMATS } from './formats.ts'
import { recordOf } from './record.ts'

/** Their messages are for the person who runs this. */
const FOR_PEOPLE = ['UsageError', 'ConfigError', 'StoreError']

// Whoever reads it may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  // As `npm start` does, but without a word where there is none.
  if (existsSync('.env')) process.loadEnvFile()
  const { wanted, format } = parseArguments(process.argv.slice(2), Date.now())
  const records = (await readHistory(readDatabaseConfig(), wanted)).map(recordOf)
  if (records.length === 0) process.stderr.write('Nothing of that is in the history.\n')
  if (records.length > 0 || format === 'csv') process.stdout.write(FORMATS[format](records))
} catch (error) {
  if (!(error instanceof Error && FOR_PEOPLE.includes(error.name))) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
