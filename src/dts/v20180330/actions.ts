/** The actions of DTS API 2018-03-30: what is sent, and how the answers are read. */
import { z } from 'zod'
import { UnexpectedShapeError } from '../api.ts'
import type { Api, Check, Context, Fields, JobList, Page } from '../api.ts'
import type { Job } from '../job.ts'
import { amount, fields, number, percent, text } from '../lenient.ts'
import { jobIdOf, readJob } from './job.ts'

const LIST = { name: 'DescribeMigrateJobs', perSecond: 100 }

export const v20180330 = {
  version: '2018-03-30',

  // DTS does not document whether JobId matches in part, so ask for a whole page and pick.
  findJob: {
    ...LIST,
    params: (jobId) => ({ JobId: jobId, Offset: 0, Limit: LARGEST_PAGE }),
    read: readOneJob,
  },
  listJobs: { ...LIST, params: pageParams, read: readJobs },

  startJob: { name: 'StartMigrateJob', perSecond: 20, params: onlyJobId, read: nothing },
  createCheck: { name: 'CreateMigrateCheckJob', perSecond: 20, params: onlyJobId, read: nothing },
  describeCheck: {
    name: 'DescribeMigrateCheckJob',
    perSecond: 20,
    params: onlyJobId,
    read: readCheck,
  },
  completeJob: {
    name: 'CompleteMigrateJob',
    perSecond: 20,
    params: ({ jobId, mode }) => ({
      JobId: jobId,
      ...(mode ? { CompleteMode: mode } : {}),
    }),
    read: nothing,
  },
  stopJob: { name: 'StopMigrateJob', perSecond: 20, params: onlyJobId, read: nothing },
} satisfies Api

const LARGEST_PAGE = 100

function onlyJobId(jobId: string) {
  return { JobId: jobId }
}

function nothing(): void {}

function pageParams({ offset, limit, order }: Page) {
  return {
    Offset: Math.max(0, Math.trunc(offset)),
    Limit: Math.min(LARGEST_PAGE, Math.max(1, Math.trunc(limit))),
    ...(order ? { Order: 'CreateTime', OrderSeq: order === 'oldestFirst' ? 'ASC' : 'DESC' } : {}),
  }
}

const rawJobs = z.object({ TotalCount: amount, JobList: z.array(z.unknown()).nullish() })

function readJobs(response: Fields, context: Context): JobList {
  const { total, items } = readItems(response)
  return {
    total,
    jobs: items.slice(0, LARGEST_PAGE).flatMap((item) => readJob(item, context) ?? []),
  }
}

/** Undefined only if the job is certainly not in the answer: an unreadable entry could be it. */
function readOneJob(response: Fields, context: Context, jobId: string): Job | undefined {
  const { items } = readItems(response)
  const found = items.find((item) => jobIdOf(item) === jobId)
  const job = found === undefined ? undefined : readJob(found, context)
  if (!job && (found !== undefined || items.some((item) => !jobIdOf(item))))
    throw new UnexpectedShapeError()
  return job
}

function readItems(response: Fields) {
  const raw = rawJobs.safeParse(response)
  if (!raw.success) throw new UnexpectedShapeError()

  const items = raw.data.JobList ?? []
  const total = raw.data.TotalCount ?? items.length
  if (!raw.data.JobList && total > 0) throw new UnexpectedShapeError()
  return { total, items }
}

const rawCheck = fields({ Status: text, ErrorMessage: text, Progress: percent, CheckFlag: number })

function readCheck(response: Fields, { scrub }: Context): Check {
  const { Status, ErrorMessage, Progress, CheckFlag } = rawCheck.parse(response)
  return {
    state: checkState(Status, CheckFlag),
    percent: Progress,
    message: ErrorMessage && scrub.text(ErrorMessage),
  }
}

/** CheckFlag 1 means passed: an archived page says 0, every SDK and both samples say 1. */
function checkState(status: string | undefined, flag: number | undefined): Check['state'] {
  if (status === 'starting' || status === 'running') return 'running'
  if (status !== 'finished' || flag === 3) return 'notStarted'
  return flag === 1 ? 'passed' : 'notPassed'
}
