import { expect, test } from 'vitest'
import { type JobStatus, STATUSES, allows } from '../../src/dts/job.ts'
import { OPERATION_NAMES, type OperationName } from '../../src/migration/operation.ts'
import { OPERATIONS } from '../../src/migration/operations.ts'
import { LOOK, SNAPSHOT } from '../support/sample-migration.ts'

const AT_WORK: JobStatus[] = [
  'readyRun',
  'running',
  'readyComplete',
  'completing',
  'stopping',
  'pausing',
  'paused',
  'resumableError',
  'resuming',
  'error',
]
const KNOWN = (Object.keys(STATUSES) as JobStatus[]).filter((status) => status !== 'unknown')
const STOPPED: JobStatus[] = ['stopping', 'canceled']
const BROKEN: JobStatus[] = ['resumableError', 'error']
const goesOnAfter = (...held: JobStatus[]): JobStatus[] =>
  KNOWN.filter((status) => !held.includes(status) && !STOPPED.includes(status))
const EARLIER = '2028-12-31T00:00:00.000Z'
const BEFORE = '2028-12-31T00:00:01.000Z'
const SINCE = '2028-12-31T00:00:02.000Z'

test.each<[OperationName, JobStatus[]]>([
  ['start', ['checkPass']],
  ['cutOver', ['readyComplete']],
  ['stop', ['running', 'readyComplete']],
  ['pause', []],
  ['continue', []],
  ['retry', []],
  ['skip', []],
])('where DTS does not say what it allows, a %s is sent only from %s', (operation, statuses) => {
  const { action } = OPERATIONS[operation]
  const all = Object.keys(STATUSES) as JobStatus[]
  expect(all.filter((status) => allows({ look: { ...LOOK, status } }, action))).toEqual(statuses)
  expect(allows({ look: { ...LOOK, allowed: [action] } }, action)).toBe(true)
  expect(allows({ look: { ...LOOK, status: 'checkPass', allowed: [] } }, action)).toBe(false)
})

test('only a start and a skip begin a migration', () => {
  expect(OPERATION_NAMES.filter((operation) => OPERATIONS[operation].begins)).toEqual([
    'start',
    'skip',
  ])
})

test('a Redis job that failed and can be retried proves nothing about a retry', () => {
  const look = { ...LOOK, status: 'failed' } as const
  expect(OPERATIONS.retry.tookEffect({ ...look, allowed: ['resume'] }, {})).toBeUndefined()
  expect(OPERATIONS.retry.tookEffect({ ...look, allowed: ['check'] }, {})).toBe(true)
})

test('whoever asks for a retry of a Redis job says what becomes of the target', () => {
  const redis = { ...SNAPSHOT, target: { ...SNAPSHOT.target, engine: 'redis' } }
  expect(OPERATIONS.retry.modes(SNAPSHOT)).toEqual([])
  expect(OPERATIONS.retry.modes(redis)).toEqual(['overwrite', 'clearData'])
  expect(OPERATIONS.retry.hurts(redis, 'overwrite')).toEqual(['overwritesTarget'])
  expect(OPERATIONS.retry.hurts(redis, 'clearData')).toEqual(['clearsTarget'])
  expect(OPERATIONS.retry.hurts(SNAPSHOT)).toEqual([])
})

/** Every other status is a sign that the call had no effect so far. */
test.each<[OperationName, tookEffect: JobStatus[], nothing: JobStatus[]]>([
  ['start', [...AT_WORK, 'success', 'failed', 'canceled'], ['unknown']],
  ['cutOver', ['completing', 'success'], ['unknown']],
  ['stop', ['stopping', 'canceled'], ['failed', 'unknown']],
  // Somebody stopped it: what had happened before does not show.
  ['pause', ['pausing', 'paused'], [...STOPPED, 'unknown']],
  ['continue', goesOnAfter('pausing', 'paused'), [...STOPPED, 'unknown']],
  ['retry', goesOnAfter(...BROKEN), [...STOPPED, ...BROKEN, 'unknown']],
  ['skip', [], Object.keys(STATUSES) as JobStatus[]],
])('a %s is proven by %s; %s proves nothing', (operation, yes, nothing) => {
  const statuses = Object.keys(STATUSES) as JobStatus[]
  const that = (proof: boolean | undefined): JobStatus[] =>
    statuses.filter((status) => {
      return OPERATIONS[operation].tookEffect({ ...LOOK, status }, {}) === proof
    })
  expect(that(true)).toEqual(yes)
  expect(that(undefined).toSorted()).toEqual(nothing.toSorted())
})

test.each([
  [undefined, BEFORE, true],
  [BEFORE, SINCE, true],
  [undefined, undefined, false],
  [BEFORE, undefined, false],
  [BEFORE, BEFORE, false],
  [BEFORE, EARLIER, false],
])('a job that ran from %s before a start and from %s now has started: %s', (was, is, proof) => {
  const before = { startedAt: was }
  const prove = (status: JobStatus, startedAt = is) =>
    OPERATIONS.start.tookEffect({ ...LOOK, status, startedAt }, before)
  expect(prove('checkPass')).toBe(proof)
  expect(prove('unknown')).toBe(proof || undefined)
})

test('a start warns of what it will do to the target, and the rest of what it ends', () => {
  const all = {
    ...SNAPSHOT,
    overridesRoot: true,
    wholeInstance: true,
    targetReadOnly: true,
    migrateType: 'fullAndIncrement',
  } as const
  const hurts = (operation: OperationName, snapshot = SNAPSHOT) =>
    OPERATIONS[operation].hurts(snapshot)
  expect(hurts('start')).toEqual([])
  expect(hurts('start', all)).toEqual([
    'overwritesRoot',
    'wholeInstance',
    'targetReadOnly',
    'replicatesUntilCutOver',
  ])
  expect(hurts('start', { ...SNAPSHOT, targetReadOnly: true })).toEqual(['targetReadOnly'])
  expect(hurts('cutOver')).toEqual(['endsReplication'])
  expect(hurts('stop')).toEqual(['cannotResume', 'partialCopy'])
})
