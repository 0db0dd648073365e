import { z } from 'zod'

import { BadInput, parseInput } from './bad-input.ts'
import { fromBeijing, toBeijing } from './beijing-time.ts'
import { REGIONS } from './regions.ts'

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
  /** How often StartMigrateJob took effect. */
  starts: number
  /** When the run before the last turn began; null when there was none. */
  ranAt: number | null
}

/** What happened to a job last. Times are clock milliseconds, `endsAt` is when it is over. */
export type Turn =
  | { kind: 'rest'; status: number }
  | { kind: 'check'; at: number }
  | { kind: 'start'; run: Run }
  | { kind: 'stop'; run: Run; at: number; endsAt: number }
  | { kind: 'complete'; run: Run; endsAt: number }

/** A run: when its accepted start becomes visible, and how long it takes after its preparation. */
export type Run = { shows: number; durationMs: number }

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
  /** The status it is added at; 7 is under way, 8 has caught up with its source. */
  status: z.int().default(4),
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
  /** JSON text; "[]" is the whole instance. */
  databaseInfo: z.string().default('[]'),
  /** How long it runs from status 7 to status 8 or 9. */
  durationMs: ms.min(1).default(60_000),
  checkMs: ms.default(3000),
  /** How far the target is behind when incremental replication begins. */
  lagSeconds: z.int().min(0).default(60),
  checkFails: z.strictObject({ message: z.string() }).nullable().default(null),
  /** Breaks the run; `at` is the fraction of durationMs it gets to, above 1 while it is ready. */
  fails: z
    .strictObject({ at: z.number().min(0).max(10), code: z.string(), message: z.string() })
    .nullable()
    .default(null),
})

const { name, status, overrideRoot, expectTime, expectInMs } = jobSpec.shape
const jobChange = z
  .strictObject({
    name: name.unwrap(),
    status: status.unwrap(),
    overrideRoot: overrideRoot.unwrap(),
    expectTime,
    expectInMs,
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
  return { ...settings, spec, expectAt }
}
