import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { open } from '../support/engines.ts'
import { administer } from '../support/postgres.ts'
import { PREFIX, launch, removeServer, serverUrl, stopServer } from '../support/postgres-server.ts'
import { sampleMigration } from '../support/sample-migration.ts'

test('a commit is on disk, even where the server is set to answer before it writes', async () => {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  onTestFinished(() => removeServer(folder))
  const databaseUrl = await serverUrl(folder)
  await administer(databaseUrl, 'alter system set synchronous_commit = off')
  await administer(databaseUrl, `alter system set wal_writer_delay = '10s'`)
  await administer(databaseUrl, 'select pg_reload_conf()')

  const place = { databaseUrl, dataDir: '', log: pino({ level: 'silent' }) }
  const before = await openStore(place)
  const m = sampleMigration()
  await before.transact((tx) => tx.insert(m, 'form', '2029-01-01T00:00:00.000Z'))
  await stopServer(folder)
  await before.close().catch(() => {})
  await launch(folder, Number(new URL(databaseUrl).port))
  const after = await open(place)
  expect((await after.row(m.id))?.migration).toEqual(m)
})
