import { once } from 'node:events'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { StoreError, openStore } from '../../src/store/store.ts'
import { engines, open, temporaryFolder } from '../support/engines.ts'
import { administer, testDatabase } from '../support/postgres.ts'
import { sampleMigration } from '../support/sample-migration.ts'

const log = pino({ level: 'silent' })

describe('a SQLite store', () => {
  test('creates its folder for its user alone, with one database in WAL mode', async () => {
    const dataDir = join(await temporaryFolder(), 'a', 'b')
    const store = await open({ databaseUrl: undefined, dataDir, log })
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    expect(await readdir(dataDir)).toContain('dts.sqlite-wal')
    for (const file of await readdir(dataDir)) {
      expect([file, (await stat(join(dataDir, file))).mode & 0o777]).toEqual([file, 0o600])
    }
    await store.close()
    expect(await readdir(dataDir)).toEqual(['dts.lock', 'dts.sqlite'])
    expect((await stat(join(dataDir, 'dts.lock'))).size).toBe(0)
  })

  test('reports that a file is not a database, and does not touch it', async () => {
    const dataDir = await temporaryFolder()
    const text = 'This is not a database, but somebody may need it. '.repeat(100)
    await writeFile(join(dataDir, 'dts.sqlite'), text)
    expect(await refusalOf({ dataDir })).toMatch(/dts\.sqlite is not a SQLite database\. Move it/)
    expect(await readFile(join(dataDir, 'dts.sqlite'), 'utf8')).toBe(text)
  })

  test('reports that its folder cannot be created', async () => {
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    expect(await refusalOf({ dataDir: join(file, 'data') })).toMatch(
      /^The folder .*data cannot be created \(ENOTDIR\)\. Set DATA_DIR/,
    )
    expect(await refusalOf({ dataDir: file })).toMatch(/cannot be created \(EEXIST\)/)
  })

  test('reports that its file cannot be opened', async () => {
    const dataDir = await temporaryFolder()
    await mkdir(join(dataDir, 'dts.sqlite'))
    expect(await refusalOf({ dataDir })).toMatch(/dts\.sqlite cannot be opened\. Set DATA_DIR/)
  })

  test('refuses a schema that is newer than the code, and leaves it as it is', async () => {
    const where = await engines[0].place()
    await (await open(where)).close()
    {
      using database = new DatabaseSync(join(where.dataDir, 'dts.sqlite'))
      database.exec(`insert into schema_steps values ('999-future', '2030-01-01T00:00:00.000Z')`)
    }
    expect(await refusalOf(where)).toMatch(/upgraded by a newer release \(schema step 999-future\)/)
    expect(await refusalOf(where)).toMatch(/newer release/)
  })

  test('refuses a second store in the same process too', async () => {
    const where = await engines[0].place()
    await open(where)
    expect(await refusalOf(where)).toMatch(/in use by another process/)
  })
})

describe('a PostgreSQL store', () => {
  test('reports that nothing answers, without the password', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const broken = await refusalOf({
      databaseUrl: `postgresql://me:not-a-real%2Dsecret@127.0.0.1:${port}/bot`,
    })
    expect(broken).toMatch(new RegExp(`^PostgreSQL at 127.0.0.1:${port}/bot cannot be used`))
    expect(broken).not.toMatch(/not-a-real|me:/)

    const refused = await refusalOf({
      databaseUrl: 'postgresql://me:not-a-real-secret@127.0.0.1:1/bot?password=not-a-real-too',
    })
    expect(refused).toMatch(/127\.0\.0\.1:1\/bot cannot be used \(ECONNREFUSED.*DATABASE_URL/)
    expect(refused).not.toMatch(/not-a-real|me:/)
  })

  test('reports an invalid URL without showing it', async () => {
    for (const databaseUrl of ['not-a-real-secret', 'https://me:not-a-real-secret@host/x', '']) {
      expect(await refusalOf({ databaseUrl })).toBe('DATABASE_URL is not a postgresql:// URL.')
    }
  })

  test('reports what PostgreSQL said and what to do', async () => {
    const { url } = await database()
    const elsewhere = new URL(url)
    elsewhere.pathname = 'nowhere'
    elsewhere.password = 'not-a-real-secret'
    const refusal = await refusalOf({ databaseUrl: elsewhere.href })
    expect(refusal).toMatch(/nowhere refused: .*does not exist \(3D000\)\. Create the database/)
    expect(refusal).not.toContain('not-a-real-secret')
  })

  test('reports that its user may not create tables', async () => {
    const { url } = await database()
    const role = `reader_${Date.now()}`
    await administer(url, `create role ${role} login password 'not-a-real-secret'`)
    onTestFinished(() => administer(url, `drop role ${role}`))
    const theirs = new URL(url)
    theirs.username = role
    theirs.password = 'not-a-real-secret'
    const refusal = await refusalOf({ databaseUrl: theirs.href })
    expect(refusal).toMatch(/\(42501\)\. The user must be allowed to create tables and a schema/)
  })

  test('refuses a schema that is newer than the code', async () => {
    const where = await engines[1].place()
    await (await open(where)).close()
    const step = `insert into dts.schema_steps values ('999-future', '2030-01-01T00:00:00.000Z')`
    await administer(where.databaseUrl ?? '', step)
    expect(await refusalOf(where)).toMatch(/upgraded by a newer release \(schema step 999-future\)/)
  })

  test('lives in a schema of its own, whatever tables others have in the database', async () => {
    const where = await engines[1].place()
    const url = where.databaseUrl ?? ''
    for (const name of ['migrations', 'events', 'due', 'schema_steps', 'schema_steps_lock']) {
      await administer(url, `create table ${name} (theirs text not null)`)
    }
    const store = await open(where)
    const m = sampleMigration()
    await store.transact((tx) => tx.insert(m, m.id, '2029'))
    expect((await store.row(m.id))?.migration).toEqual(m)
    await store.close()
    await open(where)
    await administer(url, 'do $$ begin assert (select count(*) from migrations) = 0; end $$')
  })

  test('reports a password that is no valid URL, without showing it', async () => {
    for (const password of [
      '100%not-a-real-secret',
      'not-a-real-secret%',
      '%zz-not-a-real-secret',
    ]) {
      const refusal = await refusalOf({
        databaseUrl: `postgresql://me:${password}@127.0.0.1:1/bot`,
      })
      expect(refusal).toMatch(/^PostgreSQL at 127\.0\.0\.1:1\/bot cannot be used/)
      expect(refusal).not.toMatch(/not-a-real|me:/)
    }
  })

  test.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'asked for sslmode=%s it warns of nothing, and never falls back to plain text',
    async (mode) => {
      const { url } = await database()
      const warnings: Error[] = []
      const hear = (warning: Error): unknown => warnings.push(warning)
      process.on('warning', hear)
      onTestFinished(() => void process.off('warning', hear))
      expect(await refusalOf({ databaseUrl: `${url}?sslmode=${mode}` })).toMatch(/SSL|TLS/)
      expect(warnings).toEqual([])
    },
  )

  test('opens an empty database that several processes open at the same moment', async () => {
    const where = await engines[1].place()
    const stores = await Promise.all([open(where), open(where), open(where)])
    await Promise.all(stores.map((store) => store.watched()))
  })
})

async function database(): Promise<{ url: string }> {
  const empty = await testDatabase()
  onTestFinished(() => empty.drop())
  return empty
}

async function refusalOf(place: { databaseUrl?: string | undefined; dataDir?: string }) {
  const opening = openStore({ databaseUrl: undefined, dataDir: '', ...place, log })
  const error = await opening.then(
    (store) => store.close(),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StoreError)
  return error instanceof StoreError ? error.message : ''
}
