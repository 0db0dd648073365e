import type { JobSpec } from './job.ts'

const MINUTE = 60_000

/** One job for each story that a newcomer should see. */
export const seedJobs: readonly JobSpec[] = [
  {
    id: 'dts-1kl0iy0v',
    name: 'orders-to-cynosdb',
    source: { database: 'mysql', info: { InstanceId: 'cdb-q4n8x2mt', EngineVersion: '5.7' } },
    target: { database: 'cynosdbmysql', info: { InstanceId: 'cynosdbmysql-7h3kd0pw' } },
    overrideRoot: true,
    durationMs: 3 * MINUTE,
  },
  {
    id: 'dts-2sessions',
    name: 'sessions-to-new-redis',
    source: { database: 'redis', access: 'cvm' },
    target: { database: 'redis' },
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-3catalog',
    name: 'catalog-to-mongodb-6',
    source: { database: 'mongodb', access: 'ccn', info: { Ip: '192.0.2.30', Port: 27017 } },
    target: { database: 'mongodb', info: { InstanceId: 'cmgo-5v1zr8ye' } },
    databaseInfo: JSON.stringify([
      { Database: 'catalog' },
      { Database: 'prices', Table: ['current', 'history'].map((TableName) => ({ TableName })) },
    ]),
    durationMs: 4 * MINUTE,
  },
  {
    id: 'dts-4billing',
    name: 'billing-full-copy',
    source: { database: 'postgresql', access: 'extranet', info: { Ip: '192.0.2.40', Port: 5432 } },
    target: { database: 'postgresql', info: { InstanceId: 'postgres-c2m6t9ab' } },
    migrateType: 2,
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-5archive',
    name: 'archive-at-night',
    migrateType: 2,
    expectInMs: 15 * MINUTE,
    durationMs: 5 * MINUTE,
  },
  {
    id: 'dts-6profiles',
    name: 'profiles-under-way',
    status: 7,
    progress: 0.35,
    target: { database: 'cynosdbmysql' },
    durationMs: 10 * MINUTE,
  },
  {
    id: 'dts-7stock',
    name: 'stock-not-checked-yet',
    status: 1,
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-8coupons',
    name: 'coupons-without-binlog',
    status: 1,
    source: { access: 'cvm' },
    checkFails: { message: 'CheckBinlog: log_bin is OFF on the source, incremental needs it ON' },
  },
  {
    id: 'dts-9reviews',
    name: 'reviews-disk-too-small',
    durationMs: 2 * MINUTE,
    fails: { at: 0.5, code: 'ImportError', message: "the target's disk is full" },
  },
  {
    id: 'dts-10search',
    name: 'search-in-shanghai',
    region: 'ap-shanghai',
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-11carts',
    name: 'carts-of-the-new-dts',
    knownTo: ['2021-12-06'],
    target: { database: 'cynosdbmysql' },
    durationMs: 3 * MINUTE,
    lagSeconds: 90,
  },
  {
    id: 'dts-12ledger',
    name: 'ledger-of-the-old-dts',
    knownTo: ['2018-03-30'],
    durationMs: 3 * MINUTE,
  },
  {
    id: 'dts-13mail',
    name: 'mail-with-a-check-to-skip',
    knownTo: ['2021-12-06'],
    status: 'created',
    durationMs: 2 * MINUTE,
    checkItems: [
      {
        step: 'SrcPrivilegeCheck',
        result: 'warning',
        message: 'the account of the source may do more than it needs',
      },
      {
        step: 'OptimizeCheck',
        message: 'innodb_stats_on_metadata is ON on the source, which slows it down',
        skippable: true,
      },
    ],
  },
  {
    id: 'dts-14events',
    name: 'events-break-half-way',
    knownTo: ['2021-12-06'],
    durationMs: 2 * MINUTE,
    fails: {
      at: 0.5,
      code: 'LoadError',
      message: 'lost the connection to the target',
      resumable: true,
    },
  },
]
