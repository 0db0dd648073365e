import type { JobSpec } from './job.ts'

const MINUTE = 60_000

/** One job for each story that a newcomer should see. */
export const seedJobs: readonly JobSpec[] = [
  {
    id: 'dts-1kl0iy0v',
    name: 'orders-to-cynosdb',
    source: { database: 'mysql', info: { InstanceId: 'cdb-orders01', EngineVersion: '5.7' } },
    target: { database: 'cynosdbmysql', info: { InstanceId: 'cynosdbmysql-orders' } },
    overrideRoot: true,
    durationMs: 3 * MINUTE,
  },
  {
    id: 'dts-2sessions',
    name: 'sessions-to-new-redis',
    source: { database: 'redis', access: 'cvm', info: { Ip: '192.0.2.20', Port: 6379 } },
    target: { database: 'redis', info: { InstanceId: 'crs-sessions' } },
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-3catalog',
    name: 'catalog-to-mongodb-6',
    source: { database: 'mongodb', access: 'ccn', info: { Ip: '192.0.2.30', Port: 27017 } },
    target: { database: 'mongodb', info: { InstanceId: 'cmgo-catalog' } },
    databaseInfo: '[{"Database":"catalog"}]',
    durationMs: 4 * MINUTE,
  },
  {
    id: 'dts-4billing',
    name: 'billing-full-copy',
    source: { database: 'postgresql', access: 'extranet', info: { Ip: '192.0.2.40', Port: 5432 } },
    target: { database: 'postgresql', info: { InstanceId: 'postgres-billing' } },
    migrateType: 2,
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-5archive',
    name: 'archive-at-night',
    source: { info: { InstanceId: 'cdb-archive1' } },
    target: { info: { InstanceId: 'cdb-archive2' } },
    migrateType: 2,
    expectInMs: 15 * MINUTE,
    durationMs: 5 * MINUTE,
  },
  {
    id: 'dts-6profiles',
    name: 'profiles-under-way',
    status: 7,
    progress: 0.35,
    source: { info: { InstanceId: 'cdb-profiles' } },
    target: { database: 'cynosdbmysql', info: { InstanceId: 'cynosdbmysql-profiles' } },
    durationMs: 10 * MINUTE,
  },
  {
    id: 'dts-7stock',
    name: 'stock-not-checked-yet',
    status: 1,
    source: { info: { InstanceId: 'cdb-stock01' } },
    target: { info: { InstanceId: 'cdb-stock02' } },
    durationMs: 2 * MINUTE,
  },
  {
    id: 'dts-8coupons',
    name: 'coupons-without-binlog',
    status: 1,
    source: { access: 'cvm', info: { Ip: '192.0.2.80', Port: 3306 } },
    target: { info: { InstanceId: 'cdb-coupons1' } },
    checkFails: { message: 'CheckBinlog: log_bin is OFF on the source, incremental needs it ON' },
  },
  {
    id: 'dts-9reviews',
    name: 'reviews-disk-too-small',
    source: { info: { InstanceId: 'cdb-reviews1' } },
    target: { info: { InstanceId: 'cdb-reviews2' } },
    durationMs: 2 * MINUTE,
    fails: { at: 0.5, code: 'ImportError', message: "the target's disk is full" },
  },
  {
    id: 'dts-10search',
    name: 'search-in-shanghai',
    region: 'ap-shanghai',
    source: { info: { InstanceId: 'cdb-search01' } },
    target: { info: { InstanceId: 'cdb-search02' } },
    durationMs: 2 * MINUTE,
  },
]
