import type { JobSpec } from '../dts/job.ts'

const MINUTE = 60_000

/** The kinds of job that the console can make. */
export const JOB_KINDS = {
  mysql: { name: 'new-mysql' },
  redis: { name: 'new-redis', ...between('redis', 'crs-') },
  mongodb: { name: 'new-mongodb', ...between('mongodb', 'cmgo-') },
  postgresql: { name: 'new-postgresql', migrateType: 2, ...between('postgresql', 'postgres-') },
  timed: { name: 'new-timed', migrateType: 2, expectInMs: 10 * MINUTE },
  running: { name: 'new-running', status: 7, progress: 0.2 },
  unchecked: { name: 'new-unchecked', status: 1 },
  failsCheck: {
    name: 'new-failing-check',
    status: 1,
    checkFails: { message: 'CheckBinlog: log_bin is OFF on the source, incremental needs it ON' },
  },
  failsHalfway: {
    name: 'new-failing-half-way',
    fails: { at: 0.5, code: 'ImportError', message: "the target's disk is full" },
  },
} satisfies Record<string, JobSpec>

/** A job with this kind's settings. */
export function jobOf(kind: keyof typeof JOB_KINDS): JobSpec {
  return { durationMs: 2 * MINUTE, ...JOB_KINDS[kind] }
}

function between(database: 'redis' | 'mongodb' | 'postgresql', prefix: string) {
  return {
    source: { database, access: 'cvm' as const, info: { Ip: '192.0.2.9' } },
    target: { database, info: { InstanceId: `${prefix}new` } },
  }
}
