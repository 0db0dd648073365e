import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type Store, openStore } from '../../src/store/store.ts'
import { engines, open } from '../support/engines.ts'
import { startStoreChild } from '../support/start-store-child.ts'
import { sampleMigration } from '../support/sample-migration.ts'

/* Others read the SQLite file while the bot works with it, and no second bot gets in. */

const LATER = '2030-01-01T00:00:00.000Z'

test('a reader sees what was committed, and holds up no commit', async () => {
  const where = await engines[0].place()
  const store = await open(where)
  await insert(store)
  using reader = new DatabaseSync(join(where.dataDir, 'dts.sqlite'), { readOnly: true })
  const count = () => reader.prepare('select count(*) as n from migrations').get()?.['n']
  reader.exec('begin')
  expect(count()).toBe(1)
  for (let n = 0; n < 500; n++) await insert(store)
  expect(count()).toBe(1)
  reader.exec('commit')
  expect(count()).toBe(501)
  expect(() => reader.exec('delete from migrations')).toThrow(/readonly/)
})

test('readers that come and go, and a second store that is refused, leave the lock', async () => {
  const where = await engines[0].place()
  const store = await open(where)
  await expect(openStore(where)).rejects.toThrow(/in use by another process/)
  expect(await elsewhere(where.dataDir)).toBe('5')
  expect(await elsewhere(where.dataDir)).toBe('5')
  await store.close()
  expect(await elsewhere(where.dataDir)).toBe('free')
})

test('a bot that was killed starts again while somebody reads on', async () => {
  const where = await engines[0].place()
  const first = await open(where)
  await insert(first)
  await first.close()
  const { child, line } = startStoreChild(where)
  await line('open')
  using reader = new DatabaseSync(join(where.dataDir, 'dts.sqlite'), { readOnly: true })
  const count = () => reader.prepare('select count(*) as n from migrations').get()?.['n']
  reader.exec('begin')
  expect(count()).toBe(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const next = await open(where)
  await insert(next)
  expect(count()).toBe(1)
  reader.exec('commit')
  expect(count()).toBe(2)
})

async function insert(store: Store): Promise<void> {
  const m = sampleMigration({ id: randomUUID() })
  const job = { ...m.job, id: `dts-${m.id.slice(0, 8)}` }
  await store.transact((tx) => tx.insert({ ...m, job }, m.id, LATER))
}

/** Another process reads the database, and says which error it gets when it tries to take the lock. */
async function elsewhere(dataDir: string): Promise<string> {
  const script = `const { DatabaseSync } = require('node:sqlite')
    const [folder] = process.argv.slice(1)
    const reader = new DatabaseSync(folder + '/dts.sqlite', { readOnly: true })
    reader.prepare('select * from migrations').all()
    try {
      new DatabaseSync(folder + '/dts.lock').exec('begin exclusive')
      console.log('free')
    } catch (error) {
      console.log(error.errcode)
    }`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, dataDir])
  return stdout.trim()
}
