import type { Databases, Endpoint, Look, Snapshot } from '../dts/job.ts'

/** What people would see changed, in the order in which it is shown. */
export type Difference =
  | 'name'
  | 'source'
  | 'target'
  | 'runMode'
  | 'migrateType'
  | 'objects'
  | 'overridesRoot'
  | 'targetReadOnly'
  | 'clearsTarget'

/** Empty when only something that is not shown changed. */
export function differences(was: Snapshot, is: Snapshot): Difference[] {
  const same: Record<Difference, boolean> = {
    name: was.name === is.name,
    source: isSameEnd(was.source, is.source),
    target: isSameEnd(was.target, is.target),
    runMode: was.runMode === is.runMode && was.expectTime === is.expectTime,
    migrateType: was.migrateType === is.migrateType,
    objects: was.wholeInstance === is.wholeInstance && isSameList(was.databases, is.databases),
    overridesRoot: was.overridesRoot === is.overridesRoot,
    targetReadOnly: was.targetReadOnly === is.targetReadOnly,
    clearsTarget: (was.clearsTarget ?? false) === (is.clearsTarget ?? false),
  }
  return ORDER.filter((field) => !same[field])
}

const ORDER: Difference[] = [
  'name',
  'source',
  'target',
  'runMode',
  'migrateType',
  'objects',
  'overridesRoot',
  'targetReadOnly',
  'clearsTarget',
]

function isSameEnd(was: Endpoint, is: Endpoint): boolean {
  const fields = ['engine', 'access', 'instance', 'host', 'region'] as const
  return fields.every((field) => was[field] === is[field])
}

function isSameList(was: Databases | undefined, is: Databases | undefined): boolean {
  return JSON.stringify(was) === JSON.stringify(is)
}

/** What people must see at once, and what may come a little later. */
const STATE = ['status', 'statusCode', 'expectTime', 'expectedAt'] as const
const PROGRESS = [
  'stepNow',
  'stepAll',
  'stepName',
  'percent',
  'secondsBehind',
  'megabytesBehind',
] as const

/** A text that is the same for looks that show the same state. */
export function stateOf(look: Look): string {
  return STATE.map((field) => look[field]).join('\n')
}

/** The same for how far the job is. */
export function progressOf(look: Look): string {
  return PROGRESS.map((field) => look[field]).join('\n')
}

/** Milliseconds after which a look is news by itself, where nothing else gives a sign of life. */
export const SIGN_OF_LIFE = 60_000

/** Whether people would see a difference. */
export function isNews(was: Look, is: Look): boolean {
  return (
    [...STATE, ...PROGRESS].some((field) => was[field] !== is[field]) ||
    Date.parse(is.at) - Date.parse(was.at) >= SIGN_OF_LIFE
  )
}
