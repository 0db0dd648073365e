/** What people see of a DTS job before they decide. Every text in it is from outside. */
export type JobFacts = {
  id: string
  region: string
  name: string
  source: JobEnd
  target: JobEnd
  runMode: 'immediate' | 'timed' | 'unknown'
  /** `yyyy-mm-dd hh:mm:ss`, Beijing time (UTC+8), as DTS gives it. */
  expectTime: string | undefined
  /** The same moment, ISO 8601 in UTC. */
  expectedAt: string | undefined
  migrateType: 'structure' | 'full' | 'fullAndIncrement' | 'unknown'
  wholeInstance: boolean
  overridesRoot: boolean
  targetReadOnly: boolean
  /** Changes when anything changes that decides what a start does, shown or not. */
  digest: string
}

export type JobEnd = {
  engine: string
  access: string
  instance: string | undefined
  region: string | undefined
}

export type Change = { what: string; was: string; is: string }

/** What the watcher saw of a job. `at` is when it looked. */
export type Seen = {
  at: string
  status: string
  statusCode: string
  stepNow: number | undefined
  stepAll: number | undefined
  stepName: string | undefined
  percent: number | undefined
  secondsBehind: number | undefined
  megabytesBehind: number | undefined
  errors: string[]
  /** As in `JobFacts`; somebody may have set another time since. */
  expectTime?: string | undefined
  expectedAt?: string | undefined
  /** When DTS says that it last began to run (ISO, UTC). Looks of older versions do not say. */
  startedAt?: string | undefined
  /** DTS's RequestId of the answer that showed it. */
  requestId: string | undefined
}

const SHOWN = [
  'status',
  'statusCode',
  'stepNow',
  'stepAll',
  'stepName',
  'percent',
  'secondsBehind',
  'megabytesBehind',
  'expectTime',
] as const satisfies (keyof Seen)[]

/** Whether people would see a difference. A minute counts, where nothing else gives a sign of life. */
export function isNews(was: Seen, is: Seen): boolean {
  const minute = 60_000
  return (
    SHOWN.some((field) => was[field] !== is[field]) ||
    Date.parse(is.at) - Date.parse(was.at) >= minute
  )
}

/** What people would see changed. Empty when only something that is not shown changed. */
export function changes(was: JobFacts, is: JobFacts): Change[] {
  const before = shown(was)
  const after = shown(is)
  return Object.keys(before)
    .map((what) => ({ what, was: before[what] ?? '', is: after[what] ?? '' }))
    .filter((change) => change.was !== change.is)
}

function shown(job: JobFacts): Record<string, string> {
  return {
    name: job.name,
    source: end(job.source),
    target: end(job.target),
    'run mode': job.expectTime ? `${job.runMode}, ${job.expectTime}` : job.runMode,
    'migration type': job.migrateType,
    objects: job.wholeInstance ? 'whole instance' : 'named objects',
    'overrides root': job.overridesRoot ? 'yes' : 'no',
    'target read-only': job.targetReadOnly ? 'yes' : 'no',
  }
}

function end({ engine, access, instance, region }: JobEnd): string {
  return [engine, access, instance, region].filter(Boolean).join(' ')
}
