import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Migration } from '../../src/migration/migration.ts'
import { requestOf } from '../../src/migration/request.ts'
import { type Place, engines, open, temporaryFolder } from '../support/engines.ts'
import { administer, testDatabase } from '../support/postgres.ts'
import { runHistory } from '../support/run-history.ts'
import { REQUEST, sampleMigration } from '../support/sample-migration.ts'

const AT = '2029-01-01T00:00:00.000Z'

describe.each(engines)('the history on $engine', ({ engine, place }) => {
  const table = (name: string): string => (engine === 'postgres' ? `dts.${name}` : name)

  test('names entries that cannot be read, and shows the others', async () => {
    const where = await place()
    const { job } = await fill(where)
    const all = await runHistory(envOf(where), '--since', '2029-01-01', '--json')
    expect(all.out.trimEnd().split('\n')).toHaveLength(3)
    await change(where, `update ${table('events')} set event = '{"type":"later"}' where seq = 1`)
    await change(where, `update ${table('events')} set "after" = 'no JSON' where seq = 2`)
    const { code, out, err } = await runHistory(envOf(where), job.id)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/ entry 1 of this migration cannot be read by this release$/m)
    expect(out).toMatch(/ entry 2 of this migration cannot be read by this release$/m)
    expect(out).toMatch(/ nobody decided in time$/m)
  })

  test('is refused where the schema is newer or older', async () => {
    const where = await place()
    await fill(where)
    await change(where, `update ${table('schema_steps')} set name = '000-older'`)
    expect(await refusalOf(where)).toMatch(/^The database was upgraded by a newer release /)
    await change(where, `delete from ${table('schema_steps')}`)
    expect(await refusalOf(where)).toMatch(/^The database is that of an older release\. Start/)
  })
})

test('a SQLite file is as it was afterwards', async () => {
  const where = await engines[0].place()
  await fill(where)
  const file = join(where.dataDir, 'dts.sqlite')
  const before = await readFile(file)
  expect((await runHistory(envOf(where), '--since', '2029-01-01')).code).toBe(0)
  expect((await readFile(file)).equals(before)).toBe(true)
})

test('a role of PostgreSQL that may only read is enough, and one that may not is told', async () => {
  const where = await engines[1].place()
  await fill(where)
  const url = new URL(where.databaseUrl ?? '')
  const role = `auditor_${randomBytes(6).toString('hex')}`
  await administer(url.href, `create role ${role} login password 'not-a-real-secret'`)
  onTestFinished(() => administer(url.href, `drop owned by ${role}; drop role ${role}`))
  const auditor = new URL(url)
  auditor.username = role
  auditor.password = 'not-a-real-secret'
  const there = { databaseUrl: auditor.href, dataDir: '' }
  expect(await refusalOf(there)).toMatch(/must be allowed to read the tables of the schema 'dts'/)

  const setup = await readFile(new URL('../../docs/setup.md', import.meta.url), 'utf8')
  const [, granted = ''] = /```sql\n([\s\S]*?)```/.exec(setup) ?? []
  await administer(url.href, granted.replaceAll('auditor', role))
  const { code, out } = await runHistory(envOf(there), '--since', '2029-01-01')
  expect([code, out]).toEqual([0, expect.stringMatching(/asked to start/)])
})

test('there is no SQLite file, or it is somebody else’s', async () => {
  const dataDir = await temporaryFolder()
  const where = { databaseUrl: undefined, dataDir }
  expect(await refusalOf(where)).toMatch(
    /^There is no \S+dts\.sqlite\. Is DATA_DIR that of the bot/,
  )
  const file = join(dataDir, 'dts.sqlite')
  await writeFile(file, '')
  expect(await refusalOf(where)).toMatch(/dts\.sqlite has no tables of the bot\./)
  await writeFile(file, 'This is not a database, but somebody may need it. '.repeat(100))
  expect(await refusalOf(where)).toMatch(/dts\.sqlite is not a SQLite database\./)
})

test('there is no PostgreSQL, or nothing in it', async () => {
  const nowhere = 'postgresql://me:not-a-real-secret@127.0.0.1:1/bot'
  const refusal = await refusalOf({ databaseUrl: nowhere, dataDir: '' })
  expect(refusal).toMatch(/^PostgreSQL at 127\.0\.0\.1:1\/bot cannot be used \(ECONNREFUSED/)
  expect(refusal).not.toContain('not-a-real-secret')
  const empty = await testDatabase()
  onTestFinished(() => empty.drop())
  expect(await refusalOf({ databaseUrl: empty.url, dataDir: '' })).toMatch(
    /has no tables of the bot\. Is DATABASE_URL that of the bot/,
  )
})

test('wrong words are refused in one sentence', async () => {
  const { code, out, err } = await runHistory({ DATA_DIR: '/nowhere' }, 'orders')
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^That is neither a job nor a migration: .*\n$/)
})

/** Asked, approved by one of two, and expired. */
async function fill(where: Place): Promise<Migration> {
  const store = await open(where)
  const rule = { approvers: ['U0BO', 'U0CHEN'], approvals: 2 }
  const asked = { ...REQUEST, rule }
  const m = sampleMigration({ request: requestOf(asked, 1) })
  await store.transact(async (tx) => {
    await tx.insert(m, 'form', AT)
    await tx.append(m, AT, { type: 'requested', ...asked }, 'requested')
    await tx.append(m, AT, { type: 'approved', request: 1, by: 'U0BO' }, 'voted')
    await tx.append(m, AT, { type: 'expired', request: 1 }, 'ended')
  })
  await store.close()
  return m
}

type Where = Pick<Place, 'databaseUrl' | 'dataDir'>

async function change({ databaseUrl, dataDir }: Where, statement: string): Promise<void> {
  if (databaseUrl) return administer(databaseUrl, statement)
  using database = new DatabaseSync(join(dataDir, 'dts.sqlite'))
  database.exec(statement)
}

async function refusalOf(where: Where): Promise<string> {
  const { code, out, err } = await runHistory(envOf(where), '--since', '2029-01-01')
  expect([code, out, err.trimEnd().split('\n').length]).toEqual([1, '', 1])
  return err
}

function envOf({ databaseUrl, dataDir }: Where): Record<string, string> {
  return databaseUrl ? { DATABASE_URL: databaseUrl } : { DATA_DIR: dataDir }
}
