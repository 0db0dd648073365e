/**
 * A process to be killed: opens the store of its arguments (database URL or '', data folder), and
 * says on standard output which work it began. It never ends any.
 */
import { openStore } from '../../src/store/store.ts'

const [databaseUrl, dataDir = ''] = process.argv.slice(2)
const write = (facts: object, message: string) => console.error(message, facts)
const store = await openStore({
  databaseUrl: databaseUrl || undefined,
  dataDir,
  log: { info: write, warn: write, error: write },
})

const begin = async (key: string): Promise<void> => {
  console.log(`begun ${key}`)
  await new Promise(() => {})
}
await store.work({ start: begin, expire: begin, watch: begin, show: begin })
console.log('open')
