import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { NodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts'

test('an error is reported as it is, even where SQLite has rolled back by itself', async () => {
  const database = new DatabaseSync(':memory:')
  await using db = new Kysely<{ t: { x: string } }>({
    dialect: new NodeSqliteDialect({ database }),
  })
  await sql`create table t (x text)`.execute(db)
  database.exec('pragma max_page_count = 10')
  const fill = db.transaction().execute(async (trx) => {
    for (;;)
      await trx
        .insertInto('t')
        .values({ x: 'x'.repeat(2_000) })
        .execute()
  })
  await expect(fill).rejects.toThrow('database or disk is full')
  expect(await db.selectFrom('t').selectAll().execute()).toEqual([])
  await db.transaction().execute((trx) => trx.insertInto('t').values({ x: 'fits' }).execute())
  expect(await db.selectFrom('t').selectAll().execute()).toEqual([{ x: 'fits' }])
})
