import { describe, expect, test } from 'vitest'
import type { Databases, Look, Snapshot } from '../../src/dts/job.ts'
import { type Difference, differences, isNews } from '../../src/migration/snapshot.ts'
import { LOOK, SNAPSHOT } from '../support/sample-migration.ts'

describe('what people would see changed about a job', () => {
  const databases: Databases = { names: ['orders', 'users'], total: 2, tables: 3 }
  const timed = { runMode: 'timed', expectTime: '2029-01-01 08:00:00' } as const
  const was: Snapshot = { ...SNAPSHOT, ...timed, databases }
  const { source, target } = was

  test.each<[Partial<Snapshot>, Difference]>([
    [{ name: 'orders-2' }, 'name'],
    [{ source: { ...source, engine: 'mariadb' } }, 'source'],
    [{ source: { ...source, access: 'cdb' } }, 'source'],
    [{ source: { ...source, region: undefined } }, 'source'],
    [{ source: { ...source, host: '10.0.0.1:3306' } }, 'source'],
    [{ target: { ...target, instance: undefined } }, 'target'],
    [{ runMode: 'immediate' }, 'runMode'],
    [{ expectTime: '2029-01-02 08:00:00' }, 'runMode'],
    [{ migrateType: 'fullAndIncrement' }, 'migrateType'],
    [{ wholeInstance: true }, 'objects'],
    [{ databases: undefined }, 'objects'],
    [{ databases: { ...databases, names: ['users', 'orders'] } }, 'objects'],
    [{ databases: { ...databases, total: 3 } }, 'objects'],
    [{ databases: { ...databases, tables: 0 } }, 'objects'],
    [{ overridesRoot: true }, 'overridesRoot'],
    [{ targetReadOnly: true }, 'targetReadOnly'],
  ])('%j', (change, difference) => {
    const is = { ...was, ...change, digest: 'd2' }
    expect(differences(was, is)).toEqual([difference])
    expect(differences(is, was)).toEqual([difference])
  })

  test('comes in the order of the card', () => {
    const is: Snapshot = { ...was, targetReadOnly: true, name: 'x', migrateType: 'structure' }
    expect(differences(was, is)).toEqual(['name', 'migrateType', 'targetReadOnly'])
  })

  test('is nothing where only something changed that is not shown, or nothing did', () => {
    expect(differences(was, { ...structuredClone(was), digest: 'd2' })).toEqual([])
  })
})

describe('a look is news', () => {
  test.each<Partial<Look>>([
    { status: 'readyComplete' },
    { statusCode: '8' },
    { stepNow: 2 },
    { stepAll: 7 },
    { stepName: 'import' },
    { percent: 11 },
    { percent: undefined },
    { secondsBehind: 4 },
    { megabytesBehind: 1 },
    { expectTime: '2029-01-01 09:00:00' },
    { at: '2029-01-01T00:01:00.000Z' },
  ])('that shows %j', (change) => {
    expect(isNews(LOOK, { ...LOOK, ...change })).toBe(true)
  })

  test.each<Partial<Look>>([
    {},
    { errors: [{ log: 'broken' }] },
    { requestId: 'request-3' },
    { at: '2029-01-01T00:00:59.999Z' },
    { at: '2028-12-31T00:00:00.000Z' },
  ])('but not one that shows %j', (change) => {
    expect(isNews(LOOK, { ...LOOK, ...change })).toBe(false)
  })
})
