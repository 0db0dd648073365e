import { randomUUID } from 'node:crypto'
import type { Look, Snapshot } from '../../src/dts/job.ts'
import type {
  ApprovalRequest,
  Ended,
  Migration,
  Order,
  Watch,
} from '../../src/migration/migration.ts'

const AT = '2029-01-01T00:00:00.000Z'

/** A migration that waits for people to decide about its start, of a job that no other test has. */
export function sampleMigration(change: Partial<Migration> = {}): Migration {
  const id = randomUUID()
  return {
    id,
    owner: REQUEST.requester,
    channel: 'C000CHANNEL',
    job: {
      account: 'default',
      region: 'ap-guangzhou',
      id: `dts-${id.slice(0, 8)}`,
      apiVersion: '2018-03-30',
    },
    snapshot: SNAPSHOT,
    request: REQUEST,
    ...change,
  }
}

export const SNAPSHOT: Snapshot = {
  name: 'orders',
  source: { engine: 'mysql', access: 'cvm', instance: 'ins-1', region: 'ap-beijing' },
  target: { engine: 'mysql', access: 'cdb', instance: 'cdb-1', region: 'ap-guangzhou' },
  runMode: 'immediate',
  migrateType: 'full',
  wholeInstance: false,
  overridesRoot: false,
  targetReadOnly: false,
  digest: 'd1',
}

export const REQUEST: ApprovalRequest = {
  number: 1,
  operation: 'start',
  requester: 'U000REQUESTER',
  reason: 'Weekly "test" 数据 🚚',
  rule: { approvers: ['U000APPROVER'], approvals: 1 },
  votes: [],
  expiresAt: '2030-01-01T00:00:00.000Z',
}

/** The order of that request, once it is approved. */
export const ORDER: Order = {
  operation: 'start',
  request: 1,
  approvedAt: AT,
  attempts: 0,
  state: { at: 'approved' },
}

/** A look at a job that has just begun to run. */
export const LOOK: Look = {
  at: AT,
  requestId: 'request-2',
  status: 'running',
  statusCode: '7',
  runMode: 'immediate',
  stepNow: 1,
  stepAll: 6,
  stepName: 'check',
  percent: 0,
  secondsBehind: 0,
  megabytesBehind: 0,
  errors: [],
}

/** DTS has accepted the start. */
export const WATCH: Watch = {
  since: AT,
  accepted: { operation: 'start', since: AT, requestId: 'request-1' },
  look: LOOK,
}

export const ENDED: Ended = { at: '2029-01-02T00:00:00.000Z', ending: { how: 'expired' } }
