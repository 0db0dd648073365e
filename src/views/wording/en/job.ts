import type { Endpoint, JobStatus, Look, Progress, Snapshot } from '../../../dts/job.ts'
import type { Hurt } from '../../../migration/operation.ts'
import type { Difference } from '../../../migration/snapshot.ts'
import { type Line, bold, outside } from '../../rich.ts'
import { atTime } from './units.ts'

/** What is said about a job. */
export const job = {
  /** From which instance to which. `region` is the job's, its target's. */
  route(snapshot: Snapshot, region: string): Line[] {
    const { source, target } = snapshot
    return [
      ['From ', ...instance(source, source.region)],
      ['To ', ...instance(target, target.region ?? region)],
    ]
  },
  /** What of it. */
  objects,

  /** When it runs and what it migrates. */
  plan(snapshot: Snapshot): Line {
    const { runMode, migrateType } = snapshot
    const what = MIGRATES[migrateType]
    switch (runMode) {
      case 'immediate':
        return [`Runs at once: ${what}.`]
      case 'timed':
        return ['Runs ', ...atTime(snapshot), `: ${what}.`]
      case 'unknown':
        return [`Run mode: not reported. Migrates: ${what}.`]
    }
  },

  hurt: (hurt: Hurt): string => HURTS[hurt],
  /** The same in a few words, the worst in capitals. */
  hurtInShort: (hurt: Hurt): string => IN_SHORT[hurt],

  changed(difference: Difference, was: Snapshot, is: Snapshot): Line {
    return ['Changed: ', ...changeOf(difference, was, is)]
  },
  /** On a card that has no room for all of them. */
  changedToo(more: Difference[]): Line {
    const names = more.map((difference) => CHANGED[difference].name)
    return [`Changed too: ${names.join(', ')}. The thread has the details.`]
  },
  changedUnseen: (): Line => [
    'Changed: a setting that is not shown here. Look at the job in the console.',
  ],

  /** One that has not been checked has no state worth more words. */
  now(name: string, look: Look): Line[] {
    if (isUnchecked(look.status)) return [[bold(name)], ['Not checked yet.']]
    return [[bold(name), ` ${is(look)}${numbers(look)}.`]]
  },
  /** Of a job that was named already. */
  nowIs: (look: Look): Line => [`The job ${is(look)}${numbers(look)}.`],
  title(look: Look): string {
    const { status, percent } = look
    if (status === 'running') return percent === undefined ? 'Running' : `Running ${percent} %`
    if (status === 'completing') return 'Cutting over'
    if (status === 'stopping') return 'Stopping'
    return `The job ${is(look)}`
  },
  step({ stepNow, stepAll, stepName }: Progress): Line {
    if (stepNow === undefined || stepAll === undefined) return []
    const known = STEPS.get(stepName ?? '')
    const name = known ? `${known} (${stepName})` : stepName
    return [`Step ${stepNow} of ${stepAll}`, ...(name ? [': ', outside(name)] : [])]
  },
  /** In a list of jobs. */
  option: (id: string, look: Look): string => `${id} ${is(look)}`,
}

/** DTS names the steps in Chinese, whatever language was asked for. */
const STEPS = new Map([
  ['环境准备', 'preparation'],
  ['结构导出', 'structure export'],
  ['结构导入', 'structure import'],
  ['全量数据导出', 'full export'],
  ['全量数据导入', 'full import'],
  ['数据一致性校验', 'consistency check'],
  ['增量数据同步', 'replication of changes'],
])

const MIGRATES: Record<Snapshot['migrateType'], string> = {
  structure: 'structure only',
  full: 'structure and data',
  fullAndIncrement: 'structure, data, then changes until cutover',
  unknown: 'not reported',
}

const HURTS: Record<Hurt, string> = {
  clearsTarget: 'Clears the target first: everything in it is deleted.',
  overwritesTarget: 'Overwrites what the target has under the same keys.',
  overwritesRoot: "Overwrites the target's root account.",
  wholeInstance: 'Migrates the whole instance, not selected objects.',
  targetReadOnly: 'The target is read-only while it runs.',
  replicatesUntilCutOver: 'Keeps replicating, and costing, until someone cuts over.',
  endsReplication: 'Ends replication: later changes on the source no longer reach the target.',
  losesRest: 'At once: whatever has not been copied by then is lost.',
  cannotResume: 'A stopped job cannot be resumed.',
  fallsBehind:
    'While it is paused, the target falls behind. Changes wait in the logs of the source.',
  partialCopy: 'The target keeps what was copied so far, complete or not.',
}

const IN_SHORT: Record<Hurt, string> = {
  clearsTarget: 'CLEARS THE TARGET FIRST',
  overwritesTarget: 'OVERWRITES DATA ON THE TARGET',
  overwritesRoot: 'OVERWRITES ROOT ON THE TARGET',
  losesRest: 'LOSES WHAT IS NOT COPIED YET',
  cannotResume: 'CANNOT BE RESUMED',
  wholeInstance: 'whole instance',
  targetReadOnly: 'target is read-only meanwhile',
  replicatesUntilCutOver: 'runs until cut over',
  endsReplication: 'ends replication',
  fallsBehind: 'target falls behind meanwhile',
  partialCopy: 'target keeps a partial copy',
}

type Shown = { name: string; of: (snapshot: Snapshot) => string | Line }

const CHANGED: Record<Difference, Shown> = {
  name: { name: 'name', of: ({ name }) => name },
  source: { name: 'source', of: ({ source }) => end(source) },
  target: { name: 'target', of: ({ target }) => end(target) },
  runMode: { name: 'run mode', of: runMode },
  migrateType: { name: 'what it migrates', of: ({ migrateType }) => MIGRATES[migrateType] },
  objects: { name: 'objects', of: objects },
  overridesRoot: { name: 'overwrites root', of: ({ overridesRoot }) => yesNo(overridesRoot) },
  targetReadOnly: { name: 'target read-only', of: ({ targetReadOnly }) => yesNo(targetReadOnly) },
  clearsTarget: {
    name: 'clears the target',
    of: ({ clearsTarget }) => yesNo(clearsTarget ?? false),
  },
}

function changeOf(difference: Difference, was: Snapshot, is: Snapshot): Line {
  const { name, of } = CHANGED[difference]
  return [`${name} `, ...shown(of(was)), ' → ', ...shown(of(is))]
}

function shown(value: string | Line): Line {
  return typeof value === 'string' ? [outside(value)] : value
}

function end({ engine, access, instance, host, region }: Endpoint): string {
  return [instance ?? host, engine, access, region].filter(Boolean).join(' ')
}

function instance(
  { engine, access, instance: name, host }: Endpoint,
  region: string | undefined,
): Line {
  const about = [engine, access, region].filter(Boolean).join(', ')
  return [
    name || host ? bold(name ?? host ?? '') : 'an unnamed instance',
    ' ',
    outside(`(${about})`),
  ]
}

/** As many databases as a phone has room for. */
function objects({ wholeInstance, databases }: Snapshot): Line {
  if (wholeInstance) return ['Objects: the whole instance']
  if (!databases) return ['Objects: selected ones. See the list in the console.']
  const { names, total, tables } = databases
  const shownNames = names.slice(0, 5)
  const more = total > shownNames.length ? ', …' : ''
  const part = tables > 0 ? ` (${tables} named ${tables === 1 ? 'table' : 'tables'})` : ''
  return [
    `${total} ${total === 1 ? 'database' : 'databases'}${part}: `,
    bold(`${shownNames.join(', ')}${more}`),
  ]
}

function runMode(snapshot: Snapshot): string | Line {
  switch (snapshot.runMode) {
    case 'immediate':
      return 'at once'
    case 'timed':
      return atTime(snapshot)
    case 'unknown':
      return 'not reported'
  }
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

const IS: Record<Exclude<JobStatus, 'unknown'> | 'missing', string> = {
  creating: 'has not been checked yet',
  created: 'has not been checked yet',
  checking: 'is being checked right now',
  checkPass: 'has passed its check',
  checkNotPass: 'did not pass its check',
  readyRun: 'is about to run',
  running: 'is running',
  readyComplete: 'is ready to cut over',
  completing: 'is being cut over',
  stopping: 'is being stopped',
  pausing: 'is being paused',
  paused: 'is paused',
  resumableError: 'has hit an error and can be retried',
  resuming: 'is being retried',
  error: 'has stopped on an error',
  success: 'is done',
  failed: 'has failed',
  canceled: 'was stopped',
  missing: 'does not exist in this region',
}

/** The rest of a sentence that begins with the job. */
export function is(job: { status: JobStatus | 'missing'; statusCode: string }): string {
  const { status, statusCode } = job
  return status === 'unknown' ? unrecognised(statusCode) : IS[status]
}

/** Nothing but a number gets into a title, which notifications show as text that Slack parses. */
export function unrecognised(statusCode: string): string {
  return `has a status I don't recognise (${/^\d{1,4}$/.test(statusCode) ? statusCode : '?'})`
}

function isUnchecked(status: JobStatus): boolean {
  return status === 'creating' || status === 'created'
}

function numbers({ percent, ...lag }: Progress): string {
  return `${percent === undefined ? '' : `, ${percent} %`}${behind(lag)}`
}

/** `, 12 s behind, 3 MB behind`, of what is known. */
export function behind({ secondsBehind, megabytesBehind }: Progress): string {
  const seconds = secondsBehind === undefined ? '' : `, ${secondsBehind} s behind`
  const megabytes = megabytesBehind === undefined ? '' : `, ${megabytesBehind} MB behind`
  return `${seconds}${megabytes}`
}
