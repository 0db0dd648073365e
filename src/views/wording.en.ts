/** What the bot says, in English. Sentences only; what goes into them is drawn by the views. */
import type { Change, JobFacts, Seen } from '../job-facts.ts'
import { type Line, bold, code, moment, outside } from './rich.ts'

export const CONSOLE = 'https://console.cloud.tencent.com/dts/migration'

const MIGRATE_TYPES: Record<JobFacts['migrateType'], string> = {
  structure: 'structure only',
  full: 'structure and data',
  fullAndIncrement: 'structure, data, then changes until cut over',
  unknown: 'migration type not told',
}

/** `mysql (cdb)` from one end to the other, and where. */
export function route(job: JobFacts): Line {
  return [
    outside(`${job.source.engine} (${job.source.access})`),
    ' → ',
    outside(`${job.target.engine} (${job.target.access})`),
    ', ',
    outside(job.region),
  ]
}

/** When it runs and what it takes along. */
export function plan(job: JobFacts): Line {
  return [...runs(job), ' ', `${MIGRATE_TYPES[job.migrateType]}.`]
}

function runs(job: JobFacts): Line {
  switch (job.runMode) {
    case 'immediate':
      return ['Runs at once:']
    case 'timed':
      return ['Runs ', ...startTime(job), ':']
    case 'unknown':
      return ['Run mode not told:']
  }
}

/** In the reader's time and in the words of DTS, which speaks Beijing time. */
export function startTime({
  expectTime,
  expectedAt,
}: Pick<Seen, 'expectTime' | 'expectedAt'>): Line {
  if (!expectTime) return ['at a time DTS did not tell']
  const raw: Line = [outside(expectTime), ' Beijing time (UTC+8)']
  return expectedAt ? ['at ', moment(expectedAt), ' (', ...raw, ')'] : ['at ', ...raw]
}

/** What could hurt, one line each; empty when nothing stands out. */
export function hurts(job: JobFacts): string[] {
  return [
    job.overridesRoot ? 'Overwrites the root account of the target.' : '',
    job.wholeInstance ? 'Takes the whole instance, not named objects.' : '',
    job.targetReadOnly ? 'The target is read-only while it runs.' : '',
    job.migrateType === 'fullAndIncrement'
      ? 'Keeps replicating, and costing, until someone cuts over.'
      : '',
  ].filter(Boolean)
}

export function changed({ what, was, is }: Change): Line {
  return [`${what}: `, outside(was), ' → ', bold(is)]
}

const STATUS: Record<string, string> = {
  creating: 'has not been checked yet',
  created: 'has not been checked yet',
  checking: 'is being checked right now',
  checkPass: 'has passed its check',
  checkNotPass: 'did not pass its check',
  readyRun: 'is about to run',
  running: 'is running already',
  readyComplete: 'is running already and ready to cut over',
  success: 'is done already',
  failed: 'has failed',
  stopping: 'is being stopped',
  completing: 'is being cut over',
  missing: 'is not known to DTS in this region',
}

/** The rest of a sentence that begins with the job. */
export function jobIs(status: string, statusCode?: string): string {
  return STATUS[status] ?? `is in a state that I do not know (status ${digits(statusCode)})`
}

/** `2 h 14 min`, `45 s`. Never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export const help: Line[] = [
  [code('/dts start dts-1kl0iy0v'), ' ask to start a job; without an id you pick one'],
  [code('/dts start dts-1kl0iy0v ap-shanghai'), ' the same, for a job in another region'],
  [code('/dts status dts-1kl0iy0v'), ' how a job is doing'],
  [code('/dts help'), ' this list'],
]

/** Nothing but a number gets into a title, which notifications show as text that Slack parses. */
function digits(text: string | undefined): string {
  return text && /^\d{1,4}$/.test(text) ? text : '?'
}
