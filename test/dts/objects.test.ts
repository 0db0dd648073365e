import { describe, expect, test } from 'vitest'
import { createDigest } from '../../src/dts/digest.ts'
import { scrubFor } from '../../src/dts/scrub.ts'
import { databasesIn } from '../../src/dts/v20180330/objects.ts'
import { readJob } from '../../src/dts/v20180330/job.ts'
import { SECRET, rawJob, withInner } from './raw-jobs.ts'

function databases(objects: unknown) {
  const text = typeof objects === 'string' ? objects : JSON.stringify(objects)
  return databasesIn(text, scrubFor({ Password: SECRET }))
}

describe('the databases of a job', () => {
  test.each([
    [[{ Database: 'orders' }], ['orders'], 0],
    [
      [
        { DbName: 'orders', Table: null },
        { Database: 'stock', Table: [] },
      ],
      ['orders', 'stock'],
      0,
    ],
    [[{ Database: 'orders', Table: [{ TableName: 'items' }, 'lines', null] }], ['orders'], 3],
    [[{ Database: 7 }, { Database: ' spaces ' }], ['7', 'spaces'], 0],
    [[{ Database: 'orders', Table: 'all' }], ['orders'], 0],
  ])('%j', (objects, names, tables) => {
    expect(databases(objects)).toEqual({ names, total: names.length, tables })
  })

  test('are counted all, and the first twenty named', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      Database: `db${index}`,
      Table: ['t'],
    }))
    const { names, total, tables } = databases(many) ?? {}
    expect(names).toEqual(many.slice(0, 20).map(({ Database }) => Database))
    expect({ total, tables }).toEqual({ total: 30, tables: 30 })
  })

  test.each([
    ['a password', `db-${SECRET}`, 'db-***'],
    ['JSON', '{"password":"orders"}', '{"password":***}'],
    ['brackets', '['.repeat(110), '['.repeat(110)],
    ['a mention', '<!channel> *bold* `code`', '<!channel> *bold* `code`'],
    ['control characters', 'or\u0000d\u001bers', 'orders'],
    ['a huge text', 'x'.repeat(9000), `${'x'.repeat(3999)}…`],
  ])('may be named like %s', (_, Database, shown) => {
    expect(databases([{ Database }, { Database: 'orders' }])?.names).toEqual([shown, 'orders'])
  })

  test.each([
    ['nothing', ''],
    ['an empty list', '[]'],
    ['no JSON', '[{"Database":"orders"'],
    ['no list', '{"Database":"orders"}'],
    ['texts', '["orders"]'],
    ['a database without a name', '[{"Database":"orders"},{"Table":["items"]}]'],
    ['a blank name', '[{"Database":" "}]'],
    ['null', '[null]'],
    ['endless nesting', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['endless nesting and a long number', `${'['.repeat(9_000)}1e99${']'.repeat(9_000)}`],
    ['more than anybody sets up', JSON.stringify(Array(99_000).fill({ Database: 'orders' }))],
  ])('are unknown where the list is %s', (_, objects) => {
    expect(databases(objects)).toBeUndefined()
  })

  test('are shown of a job that does not migrate the whole instance', () => {
    const objects = { DatabaseInfo: '[{"Database":"orders"}]' }
    const whole = rawJob(objects)
    const selected = withInner(whole, 'MigrateOption', { MigrateObject: 2 })
    expect(snapshotOf(whole)?.databases).toBeUndefined()
    expect(snapshotOf(selected)?.databases).toEqual({ names: ['orders'], total: 1, tables: 0 })
    const unreadable = { ...selected, DatabaseInfo: '["orders"]' }
    expect(snapshotOf(unreadable)).toMatchObject({ wholeInstance: false, databases: undefined })
  })
})

describe('an end of a job', () => {
  const nameless = { InstanceId: '', RdsInstanceId: '', CvmInstanceId: '' }

  test.each([
    [{ Ip: '203.0.113.7', Port: 3306 }, '203.0.113.7:3306'],
    [{ Ip: 'db.example.com', Port: '5432' }, 'db.example.com:5432'],
    [{ Ip: '203.0.113.7', Port: 0 }, '203.0.113.7'],
    [{ Ip: '203.0.113.7', Port: 'none' }, '203.0.113.7'],
    [{ Ip: `${SECRET}.example.com`, Port: 1 }, '***.example.com:1'],
    [{ Ip: '', Port: 3306 }, undefined],
    [{ Ip: {}, Port: 3306 }, undefined],
  ])('that has no instance shows its address: %j', (address, host) => {
    const job = withInner(rawJob(), 'SrcInfo', { ...nameless, ...address })
    expect(snapshotOf(job)?.source).toMatchObject({ instance: undefined, host })
  })

  test('that has an instance shows it, and no address', () => {
    const job = withInner(rawJob(), 'SrcInfo', { ...nameless, CvmInstanceId: 'ins-0rders01' })
    expect(snapshotOf(job)?.source).toMatchObject({ instance: 'ins-0rders01', host: undefined })
  })

  test('with several nodes shows the first address there is', () => {
    const SrcInfoMulti = [{ Ip: '' }, { Ip: '10.0.0.1', Port: 6379 }, { Ip: '10.0.0.2' }]
    expect(snapshotOf(rawJob({ SrcInfo: {}, SrcInfoMulti }))?.source.host).toBe('10.0.0.1:6379')
  })
})

function snapshotOf(job: unknown) {
  const asked = { account: 'default', region: 'ap-guangzhou', at: '', requestId: '' }
  const context = { ...asked, scrub: scrubFor(job), digest: createDigest('not-a-real-key') }
  return readJob(job, context)?.snapshot
}
