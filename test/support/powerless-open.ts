/**
 * Opens the SQLite store in the folder of its argument, as the user nobody where root runs it, and
 * prints the outcome.
 */
import { pino } from 'pino'
import { openStore } from '../../src/store/store.ts'

const [dataDir = ''] = process.argv.slice(2)
const NOBODY = 65_534
if (process.getuid?.() === 0) process.setuid?.(NOBODY)
await openStore({ databaseUrl: undefined, dataDir, log: pino({ level: 'silent' }) }).then(
  () => console.log('opened'),
  (error: unknown) => console.log(String(error)),
)
