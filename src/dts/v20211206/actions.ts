/** The actions of DTS API 2021-12-06: what is sent, and how the answers are read. */
import { UnexpectedShapeError } from '../api.ts'
import type { Api, Context, Fields, JobList, Page } from '../api.ts'
import { LARGEST_PAGE, itemsIn, pageParams } from '../items.ts'
import type { Job } from '../job.ts'
import { readCheck, readSkipped } from './check.ts'
import { readCompares, readCreated } from './compare.ts'
import { readJob, readListed } from './job.ts'

export const v20211206 = {
  version: '2021-12-06',

  findJob: { ...documented('DescribeMigrationDetail'), params: onlyJobId, read: readOneJob },
  listJobs: { ...documented('DescribeMigrationJobs'), params: listParams, read: readJobs },
  startJob: { ...documented('StartMigrateJob'), params: onlyJobId, read: nothing },
  createCheck: { ...documented('CreateMigrateCheckJob'), params: onlyJobId, read: nothing },
  describeCheck: {
    ...documented('DescribeMigrationCheckJob'),
    params: onlyJobId,
    read: readCheck,
  },
  skipCheckItems: {
    ...documented('SkipCheckItem'),
    params: ({ jobId, itemIds, foreignKeys }) => ({
      JobId: jobId,
      StepIds: itemIds,
      ...(foreignKeys ? { ForeignKeyFlag: foreignKeys } : {}),
    }),
    read: readSkipped,
  },
  completeJob: {
    ...documented('CompleteMigrateJob'),
    params: ({ jobId, mode }) => ({ JobId: jobId, ...(mode ? { CompleteMode: mode } : {}) }),
    read: nothing,
  },
  stopJob: { ...documented('StopMigrateJob'), params: onlyJobId, read: nothing },
  pauseJob: { ...documented('PauseMigrateJob'), params: onlyJobId, read: nothing },
  continueJob: { ...documented('ContinueMigrateJob'), params: onlyJobId, read: nothing },
  resumeJob: {
    ...documented('ResumeMigrateJob'),
    params: ({ jobId, mode }) => ({ JobId: jobId, ...(mode ? { ResumeOption: mode } : {}) }),
    read: nothing,
  },
  createCompare: {
    ...documented('CreateCompareTask'),
    params: ({ jobId, name }) => ({ JobId: jobId, ...(name ? { TaskName: name } : {}) }),
    read: readCreated,
  },
  startCompare: {
    ...documented('StartCompare'),
    params: ({ jobId, compareId }) => ({ JobId: jobId, CompareTaskId: compareId }),
    read: nothing,
  },
  describeCompares: {
    ...documented('DescribeCompareTasks'),
    params: ({ jobId, page }) => ({ JobId: jobId, ...pageParams(page) }),
    read: readCompares,
  },
} satisfies Api

/** Every action of this version has the same rate limit. */
function documented(name: string) {
  return { name, perSecond: 20 }
}

function onlyJobId(jobId: string) {
  return { JobId: jobId }
}

function nothing(): void {}

/** This version always orders by creation time. */
function listParams({ order, ...page }: Page) {
  return {
    ...pageParams(page),
    ...(order ? { OrderSeq: order === 'oldestFirst' ? 'asc' : 'desc' } : {}),
  }
}

function readJobs(response: Fields, context: Context): JobList {
  const { total, items } = itemsIn(response, 'JobList')
  const page = items.slice(0, LARGEST_PAGE)
  return { total, jobs: page.flatMap((item) => readListed(item, context) ?? []) }
}

/** A job that does not exist is an error. Another job than the one asked for is no answer. */
function readOneJob(response: Fields, context: Context, jobId: string): Job {
  const job = readJob(response, context)
  if (job?.ref.id !== jobId) throw new UnexpectedShapeError()
  return job
}
