import type { CheckItem } from '../../src/dts/api.ts'
import type { Endpoint, JobStatus, Look, Snapshot } from '../../src/dts/job.ts'
import type { Trouble } from '../../src/dts/trouble.ts'
import type { Skip } from '../../src/migration/migration.ts'

/** Messages may mention these people and groups, and nobody else. */
export const REQUESTER = 'U0ANN'
export const APPROVER = 'U0BO'
export const SECOND = 'U0CHEN'
/** Answers for what is skipped. */
export const OWNER = 'U0DEE'
export const APPROVERS = [APPROVER, SECOND, 'S0ONCALL']
export const CHANNEL = 'C0MIGRATE'

export const AT = '2029-01-01T00:00:00.000Z'
export const LATER = '2029-01-01T02:14:00.000Z'

/** Gives a text from outside, instead of `what`: the next hostile one of a list, for example. */
export type Say = (what: string) => string

/** A page of Tencent Cloud, to which a message may lead. */
export const HELP = 'https://cloud.tencent.com/document/product/571/61639'

/** What a check may say of its items, in more of them than a card has room for. */
export function saidItems(say: Say): CheckItem[] {
  const item = (change: Partial<CheckItem>): CheckItem => ({
    id: 'BinlogParamCheck',
    name: say('binlog'),
    outcome: 'failed',
    reason: say('binlog_format is not ROW.'),
    solution: say('Set binlog_format to ROW.'),
    helpDoc: HELP,
    skippable: false,
    skipped: false,
    ...change,
  })
  const elsewhere = `https://docs.example/?about=${encodeURIComponent(say('help').toWellFormed())}`
  return [
    item({}),
    item({ helpDoc: elsewhere }),
    item({ reason: undefined, solution: undefined, helpDoc: undefined }),
    item({ skippable: true, skipRisk: say('Rows may differ.') }),
    item({ outcome: 'warning', solution: undefined }),
    item({ outcome: 'warning', skippable: true, skipRisk: say('Rows may differ.') }),
    item({ skipped: true }),
  ]
}

/** Items that people ask to skip, in more of them than a card has room for. */
export function saidSkip(say: Say, count = 3): Skip {
  const items = Array.from({ length: count }, (_, index) => ({
    id: index === 0 ? 'ConstraintCheck' : `Check${index}`,
    name: say('foreign keys'),
    ...(index === 1 ? {} : { risk: say('Rows may differ.') }),
  }))
  return { items, owner: OWNER, ...(count === 1 ? {} : { foreignKeys: 'shield' }) }
}

/** A job that could hurt in every way. */
export function saidSnapshot(say: Say, change: Partial<Snapshot> = {}): Snapshot {
  const end = (): Endpoint => ({
    engine: say('mysql'),
    access: say('cdb'),
    instance: say('cdb-1'),
    host: say('10.0.0.1:3306'),
    region: say('ap-guangzhou'),
  })
  return {
    name: say('orders-to-cynosdb'),
    source: end(),
    target: end(),
    runMode: 'timed',
    expectTime: say('2029-01-01 08:00:00'),
    expectedAt: AT,
    migrateType: 'fullAndIncrement',
    wholeInstance: true,
    overridesRoot: true,
    targetReadOnly: true,
    digest: 'd1',
    ...change,
  }
}

/**
 * Differs from `saidSnapshot` in everything that is shown: selected databases, between servers that
 * the cloud has no name for.
 */
export function otherSnapshot(say: Say): Snapshot {
  return {
    name: say('orders-2'),
    source: { engine: say('redis'), access: say('extranet'), host: say('10.0.0.2:6379') },
    target: { engine: say('redis'), access: say('cvm') },
    runMode: 'immediate',
    migrateType: 'structure',
    wholeInstance: false,
    databases: {
      names: ['orders', 'users', 'stock', 'prices', 'mail', 'more'].map((name) => say(name)),
      total: 7,
      tables: 12,
    },
    overridesRoot: false,
    targetReadOnly: false,
    clearsTarget: true,
    digest: 'd2',
  }
}

export function saidLook(
  say: Say,
  status: JobStatus = 'running',
  change: Partial<Look> = {},
): Look {
  const log = ['Duplicate entry', 'Lost connection', 'Timeout', 'Again'].map((text) => say(text))
  return {
    at: LATER,
    requestId: say('b7a1c3e0-0000-4000-8000-000000000001'),
    status,
    statusCode: say('7'),
    runMode: 'timed',
    stepNow: 3,
    stepAll: 6,
    stepName: say('Full export'),
    percent: 43,
    secondsBehind: 12,
    megabytesBehind: 3,
    expectTime: say('2029-01-01 09:00:00'),
    expectedAt: '2029-01-01T01:00:00.000Z',
    startedAt: AT,
    errors: log.map((text) => ({
      log: text,
      helpDoc: `https://docs.example/?about=${encodeURIComponent(say('help').toWellFormed())}`,
      code: say('ResourceNotFound'),
      solution: say('Create the table.'),
    })),
    allowed: ['stop', 'complete'],
    ...change,
  }
}

/** A look at a job whose progress DTS does not report. */
export function bareLook(say: Say, status: JobStatus): Look {
  return {
    at: LATER,
    requestId: '',
    status,
    statusCode: say('7'),
    runMode: 'timed',
    errors: [{ log: say('Broken') }],
  }
}

/** Every trouble with the call `action`: a code that the catalogue has, a new one, every silence. */
export function everyTrouble(say: Say, action = 'StartMigrateJob'): Trouble[] {
  const traceId = 'b7a1c3e0-0000-4000-8000-000000000003'
  const error = (code: string): Trouble => {
    const requestId = say('b7a1c3e0-0000-4000-8000-000000000002')
    return { kind: 'error', action, code, requestId, traceId }
  }
  const silence = (kind: Exclude<Trouble['kind'], 'error' | 'interrupted'>): Trouble[] => [
    { kind, action, traceId },
  ]
  const all: Record<Trouble['kind'], Trouble[]> = {
    error: [
      error('UnauthorizedOperation.NotEnoughPrivileges'),
      error(say('FailedOperation.New')),
      { ...error('ActionOffline'), retired: '2018-03-30' } as Trouble,
    ],
    timeout: silence('timeout'),
    connection: silence('connection'),
    httpStatus: silence('httpStatus'),
    notJson: silence('notJson'),
    unexpectedShape: silence('unexpectedShape'),
    tooLarge: silence('tooLarge'),
    tooLate: silence('tooLate'),
    interrupted: [{ kind: 'interrupted' }],
  }
  return Object.values(all).flat()
}
