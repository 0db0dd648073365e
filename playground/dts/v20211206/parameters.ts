import { z } from 'zod'

import { STATES } from '../status.ts'

const JobId = z.string()
const page = {
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).max(100).default(20),
}
const names = z.array(z.string()).optional()

/** DescribeMigrationJobs. */
export const jobsParameters = z.strictObject({
  JobId: JobId.optional(),
  JobName: z.string().optional(),
  // Fewer are documented for the filter than for the answer. Here it takes all of them.
  Status: z.array(z.enum(STATES)).optional(),
  SrcInstanceId: z.string().optional(),
  SrcRegion: z.string().optional(),
  SrcDatabaseType: names,
  SrcAccessType: names,
  DstInstanceId: z.string().optional(),
  DstRegion: z.string().optional(),
  DstDatabaseType: names,
  DstAccessType: names,
  RunMode: z.enum(['immediate', 'timed']).optional(),
  OrderSeq: z.enum(['asc', 'desc']).default('desc'),
  TagFilters: z.array(z.strictObject({ TagKey: z.string(), TagValue: names })).optional(),
  ...page,
})

/** SkipCheckItem. Which steps there are depends on the job, so any text will do. */
export const skipParameters = z.strictObject({
  JobId,
  StepIds: z.array(z.string()).min(1),
  ForeignKeyFlag: z.enum(['shield', 'migrate']).optional(),
})

/** ResumeMigrateJob. */
export const resumeParameters = z.strictObject({
  JobId,
  ResumeOption: z.enum(['clearData', 'overwrite', 'normal']).optional(),
})

const objects = z.strictObject({
  ObjectMode: z.enum(['all', 'partial']),
  ObjectItems: z.array(z.looseObject({ DbName: z.string(), DbMode: z.string() })).optional(),
  AdvancedObjects: names,
})

const options = z.strictObject({
  Method: z.enum(['dataCheck', 'sampleDataCheck', 'rowsCount']).default('dataCheck'),
  SampleRate: z.int().min(0).max(100).default(100),
  ThreadCount: z.int().min(1).max(8).default(1),
  Type: z.enum(['builtin', 'independent']).optional(),
  CompareMode: names,
  ReCheckTime: z.int().optional(),
  ReCheckInterval: z.int().min(1).max(60).optional(),
})

/** CreateCompareTask. */
export const createCompareParameters = z.strictObject({
  JobId,
  TaskName: z.string().optional(),
  ObjectMode: z.enum(['sameAsMigrate', 'custom']).default('sameAsMigrate'),
  Objects: objects.optional(),
  Options: options.prefault({}),
})

/** StartCompare. */
export const compareParameters = z.strictObject({ JobId, CompareTaskId: z.string() })

/** DescribeCompareTasks. */
export const compareTasksParameters = z.strictObject({
  JobId,
  CompareTaskId: z.string().optional(),
  Status: names,
  ...page,
})
