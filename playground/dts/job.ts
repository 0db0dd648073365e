import { z } from 'zod'

import { BadInput, parseInput } from './bad-input.ts'
import { fromBeijing, toBeijing } from './beijing-time.ts'
import { checkItem, type CheckItem, type CheckStepId } from './check-steps.ts'
import type { CompareTask } from './compare-task.ts'
import type { Hold } from './holds.ts'
import { REGIONS } from './regions.ts'
import { STATES, type Status, toStatus } from './status.ts'
import { VERSIONS } from './version.ts'

/** What may be said about a pretend job; everything has a default. Durations are milliseconds. */
export type JobSpec = z.input<typeof jobSpec>

/** What the owner of a job can change, or do to it in the console by naming a status. */
export type JobChange = z.input<typeof jobChange>

/** A pretend job: its settings and what happened to it last. Its state follows from both. */
export type Job = z.output<typeof jobSpec> & {
  id: string
  spec: JobSpec
  /** The moment a timed job waits for, in clock milliseconds. */
  expectAt: number | null
  createdAt: number
  turn: Turn
  /** Result of the last finished check, as CheckFlag says it: 0 failed, 1 passed, 3 not checked. */
  checkFlag: 0 | 1 | 3
  /** Steps that checks leave out from now on. */
  skipped: CheckStepId[]
  /** The oldest first. */
  compareTasks: CompareTask[]
  /** How often StartMigrateJob took effect. */
  starts: number
  /** When the run before the last turn began; null when there was none. */
  ranAt: number | null
}

/** What happened to a job last. Times are clock milliseconds, `endsAt` is when it is over. */
export type Turn =
  | { kind: 'rest'; status: Status }
  | { kind: 'check'; at: number; flag: 0 | 1 }
  | { kind: 'start'; run: Run }
  | { kind: 'stop'; run: Run; at: number; endsAt: number; ends: 10 | 'canceled' }
  | { kind: 'complete'; run: Run; endsAt: number }

/** A run: when its accepted start becomes visible, and how long it takes after its preparation. */
export type Run = {
  shows: number
  durationMs: number
  /** The oldest first. */
  holds: readonly Hold[]
  /** Whether people had it tried again, so that it does not break any more. */
  retried: boolean
}

const DATABASES = [
  'mysql',
  'redis',
  'mongodb',
  'postgresql',
  'mariadb',
  'percona',
  'sqlserver',
] as const

const address = z.record(z.string(), z.union([z.string(), z.number()]))
const ms = z.number().min(0).max(1e11)

const jobSpec = z.strictObject({
  id: z
    .string()
    .regex(/^dts-[a-z0-9]+$/, 'a job id is dts- and then letters and digits')
    .optional(),
  name: z.string().max(128).default('pretend-job'),
  region: z.enum(REGIONS).default('ap-guangzhou'),
  /** To the other versions there is no such job. */
  knownTo: z
    .array(z.enum(VERSIONS))
    .min(1)
    .default([...VERSIONS]),
  /**
   * The status it is added at, in the numbers of 2018-03-30 or the words of 2021-12-06; 7 is under way,
   * 8 has caught up with its source.
   */
  status: z
    .union([z.int(), z.enum(STATES)])
    .transform(toStatus)
    .default(4),
  /** How far a job added at status 7 has come, 0 to 1. */
  progress: z.number().min(0).lt(1).default(0.3),
  source: z
    .strictObject({
      database: z.enum(DATABASES).default('mysql'),
      access: z.enum(['extranet', 'cvm', 'dcg', 'vpncloud', 'cdb', 'ccn']).default('cdb'),
      /** Fields of SrcInfo, spelled as the API spells them. */
      info: address.default({}),
    })
    .prefault({}),
  target: z
    .strictObject({
      database: z.enum([...DATABASES, 'cynosdbmysql']).default('mysql'),
      /** Fields of DstInfo, spelled as the API spells them. */
      info: address.default({}),
    })
    .prefault({}),
  /** 1 structure, 2 full, 3 full and incremental. */
  migrateType: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(3),
  /** Makes it a timed job: `yyyy-mm-dd hh:mm:ss`, Beijing time. */
  expectTime: z.string().optional(),
  /** Makes it a timed job: so much later than now on the simulator's clock. */
  expectInMs: ms.optional(),
  overrideRoot: z.boolean().default(false),
  /** Redis: deletes what the target holds first. Only API 2021-12-06 tells. */
  clearsTarget: z.boolean().default(false),
  /** JSON text; "[]" is the whole instance. */
  databaseInfo: z.string().default('[]'),
  /** How long it runs from status 7 to status 8 or 9. */
  durationMs: ms.min(1).default(60_000),
  checkMs: ms.default(3000),
  /** How far the target is behind when incremental replication begins. */
  lagSeconds: z.int().min(0).default(60),
  /** What the next check finds; all other steps pass. */
  checkItems: z.array(checkItem).default([]),
  /** Short for one failed item that cannot be skipped. */
  checkFails: z.strictObject({ message: z.string() }).nullable().default(null),
  /**
   * Breaks the run; `at` is the fraction of durationMs it gets to, above 1 while it is ready. A
   * resumable one goes on from there after ResumeMigrateJob, and does not break again.
   */
  fails: z
    .strictObject({
      at: z.number().min(0).max(10),
      code: z.string(),
      message: z.string(),
      resumable: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  /** How comparisons of source and target end, and how long they take. */
  compare: z
    .strictObject({
      ends: z.enum(['same', 'different', 'failed']).default('same'),
      ms: ms.default(5000),
    })
    .prefault({}),
})

const { name, status, overrideRoot, expectTime, expectInMs, checkItems, checkFails } = jobSpec.shape
const jobChange = z
  .strictObject({
    name: name.unwrap(),
    status: status.unwrap(),
    overrideRoot: overrideRoot.unwrap(),
    expectTime,
    expectInMs,
    checkItems: checkItems.unwrap(),
    checkFails: checkFails.unwrap(),
  })
  .partial()

/** Makes a job from what is said about it; throws BadInput. `id` is used when the spec has none. */
export function createJob(input: JobSpec, id: string, now: number): Job {
  const settings = settingsOf(input, now)
  return {
    ...settings,
    id: settings.id ?? id,
    createdAt: now - settings.durationMs - 3_600_000,
    turn: { kind: 'rest', status: settings.status },
    checkFlag: 3,
    skipped: [],
    compareTasks: [],
    starts: 0,
    ranAt: null,
  }
}

/** The job with other settings and the same state; throws BadInput. */
export function withSettings(job: Job, change: JobChange, now: number): Job {
  const checked = parseInput(jobChange, change)
  return { ...job, ...settingsOf({ ...job.spec, ...checked } as JobSpec, now), id: job.id }
}

function settingsOf(input: JobSpec, now: number) {
  const settings = parseInput(jobSpec, input)
  const { expectInMs, fails, migrateType } = settings
  if (fails && fails.at > 1 && migrateType !== 3) {
    throw new BadInput('fails.at: only a job of migrateType 3 goes on above 1.')
  }

  const expectTime = expectInMs === undefined ? settings.expectTime : toBeijing(now + expectInMs)
  const expectAt = expectTime === undefined ? null : fromBeijing(expectTime)
  if (expectTime !== undefined && expectAt === null) {
    throw new BadInput('expectTime: must be a Beijing time like 2026-12-31 23:59:59.')
  }
  const { expectInMs: _, ...spec } = {
    ...input,
    ...(expectTime === undefined ? {} : { expectTime }),
  }
  return { ...settings, checkItems: itemsOf(settings), spec, expectAt }
}

function itemsOf({ checkItems, checkFails }: z.output<typeof jobSpec>): CheckItem[] {
  if (!checkFails) return checkItems
  const { message } = checkFails
  return [...checkItems, { step: 'BinlogParamCheck', result: 'failed', message, skippable: false }]
}
