import { randomUUID } from 'node:crypto'
import type { Seen } from '../../src/job-facts.ts'
import type { Migration } from '../../src/migration.ts'

/** A migration that waits for a decision, of a job that no other test has. */
export function sampleMigration(change: Partial<Migration> = {}): Migration {
  const id = randomUUID()
  return {
    id,
    requester: 'U000REQUESTER',
    channel: 'C000CHANNEL',
    reason: 'Weekly "test" 数据 🚚',
    job: {
      id: `dts-${id.slice(0, 8)}`,
      region: 'ap-guangzhou',
      name: 'orders',
      source: { engine: 'mysql', access: 'cvm', instance: 'ins-1', region: 'ap-beijing' },
      target: { engine: 'mysql', access: 'cdb', instance: 'cdb-1', region: 'ap-guangzhou' },
      runMode: 'immediate',
      expectTime: '2029-01-01 08:00:00',
      expectedAt: '2029-01-01T00:00:00.000Z',
      migrateType: 'full',
      wholeInstance: false,
      overridesRoot: false,
      targetReadOnly: false,
      digest: 'd1',
    },
    ask: { number: 1, expiresAt: '2030-01-01T00:00:00.000Z', changes: [] },
    state: { at: 'asking' },
    ...change,
  }
}

/** What was seen of a job that has just begun to run. */
export const SEEN: Seen = {
  at: '2029-01-01T00:00:00.000Z',
  status: 'running',
  statusCode: '7',
  stepNow: 1,
  stepAll: 6,
  stepName: 'check',
  percent: 0,
  secondsBehind: 0,
  megabytesBehind: 0,
  errors: [],
  requestId: 'request-2',
}

export const STARTED: Migration['state'] = {
  at: 'started',
  since: '2029-01-01T00:00:00.000Z',
  requestId: 'request-1',
  seen: SEEN,
}

export const ENDED: Migration['state'] = {
  at: 'ended',
  when: '2029-01-02T00:00:00.000Z',
  since: '2029-01-01T00:00:00.000Z',
  ending: { how: 'expired' },
}
