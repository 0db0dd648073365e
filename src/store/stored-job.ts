/** What is stored of a job and of trouble with DTS: see stored.ts. */
import { z } from 'zod'
import type { Check, CheckItem, Compare } from '../dts/api.ts'
import { API_VERSIONS, JOB_ACTIONS, type JobStatus, STATUSES } from '../dts/job.ts'
import type { JobRef, Look, Snapshot } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'

export const maybeText = z.string().optional()
export const maybeNumber = z.number().optional()

export const ref: z.ZodType<JobRef> = z.object({
  account: z.string(),
  region: z.string(),
  id: z.string(),
  apiVersion: z.enum(API_VERSIONS),
})

const endpoint = z.object({
  engine: z.string(),
  access: z.string(),
  instance: maybeText,
  host: maybeText,
  region: maybeText,
})

const runMode = z.enum(['immediate', 'timed', 'unknown'])

export const snapshot: z.ZodType<Snapshot> = z.object({
  name: z.string(),
  source: endpoint,
  target: endpoint,
  runMode,
  expectTime: maybeText,
  expectedAt: maybeText,
  migrateType: z.enum(['structure', 'full', 'fullAndIncrement', 'unknown']),
  wholeInstance: z.boolean(),
  databases: z
    .object({ names: z.array(z.string()), total: z.number(), tables: z.number() })
    .optional(),
  overridesRoot: z.boolean(),
  targetReadOnly: z.boolean(),
  clearsTarget: z.boolean().optional(),
  digest: z.string(),
})

export const status = z.enum(Object.keys(STATUSES) as [JobStatus, ...JobStatus[]])
export const foundStatus = z.union([status, z.literal('missing')])
export const jobErrors = z.array(
  z.object({ log: z.string(), helpDoc: maybeText, code: maybeText, solution: maybeText }),
)

export const look: z.ZodType<Look> = z.object({
  at: z.string(),
  requestId: z.string(),
  status,
  statusCode: z.string(),
  runMode,
  stepNow: maybeNumber,
  stepAll: maybeNumber,
  stepName: maybeText,
  percent: maybeNumber,
  secondsBehind: maybeNumber,
  megabytesBehind: maybeNumber,
  expectTime: maybeText,
  expectedAt: maybeText,
  startedAt: maybeText,
  errors: jobErrors,
  allowed: z.array(z.enum(JOB_ACTIONS)).optional(),
})

export const checkItems: z.ZodType<CheckItem[]> = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    outcome: z.enum(['passed', 'warning', 'failed', 'blocked', 'notRun', 'unknown']),
    reason: maybeText,
    solution: maybeText,
    helpDoc: maybeText,
    skippable: z.boolean(),
    skipRisk: maybeText,
    skipped: z.boolean(),
  }),
)

export const check: z.ZodType<Check> = z.object({
  state: z.enum(['notStarted', 'running', 'passed', 'notPassed']),
  percent: maybeNumber,
  message: maybeText,
  items: checkItems.optional(),
})

export const compare: z.ZodType<Compare> = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum([
    'created',
    'readyRun',
    'running',
    'success',
    'stopping',
    'failed',
    'canceled',
    'unknown',
  ]),
  conclusion: z.enum(['same', 'different', 'skipped']).optional(),
  percent: maybeNumber,
  message: maybeText,
  createdAt: maybeText,
  startedAt: maybeText,
  finishedAt: maybeText,
})

export const trouble: z.ZodType<Trouble> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('error'),
    action: z.string(),
    code: z.string(),
    requestId: z.string(),
    traceId: z.string(),
    retired: z.enum(API_VERSIONS).optional(),
  }),
  z.object({
    kind: z.enum([
      'timeout',
      'connection',
      'httpStatus',
      'notJson',
      'unexpectedShape',
      'tooLarge',
      'tooLate',
    ]),
    action: z.string(),
    traceId: z.string(),
  }),
  z.object({ kind: z.literal('interrupted') }),
])
