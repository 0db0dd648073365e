/**
 * Opens the SQLite store in the folder of its argument, as nobody when it was root that ran it, and
 * says on standard output what came of it.
 */
import { openStore } from '../../src/store/store.ts'

const [dataDir = ''] = process.argv.slice(2)
const NOBODY = 65_534
if (process.getuid?.() === 0) process.setuid?.(NOBODY)
const quiet = (): void => {}
const log = { info: quiet, warn: quiet, error: quiet }
await openStore({ databaseUrl: undefined, dataDir, log }).then(
  () => console.log('opened'),
  (error: unknown) => console.log(String(error)),
)
