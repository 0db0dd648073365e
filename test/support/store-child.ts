/**
 * A process to be killed: opens the store of its arguments (database URL or '', data folder), and
 * prints which work it began. It never finishes any.
 */
import { pino } from 'pino'
import { openStore } from '../../src/store/store.ts'

const [databaseUrl, dataDir = ''] = process.argv.slice(2)
const store = await openStore({
  databaseUrl: databaseUrl || undefined,
  dataDir,
  log: pino(process.stderr),
})

const begin = async (key: string): Promise<void> => {
  console.log(`begun ${key}`)
  await new Promise(() => {})
}
await store.work({ send: begin, expire: begin, watch: begin, compare: begin, publish: begin })
console.log('open')
