/** The actions of DTS API 2018-03-30: what is sent, and how the answers are read. */
import { UnexpectedShapeError } from '../api.ts'
import type { Api, Check, Context, Fields, Page } from '../api.ts'
import { LARGEST_PAGE, itemsIn, jobIdOf, pageParams } from '../items.ts'
import type { Job } from '../job.ts'
import { fields, number, percent, text } from '../lenient.ts'
import { readJob } from './job.ts'

const LIST = { name: 'DescribeMigrateJobs', perSecond: 100 }

export const v20180330 = {
  version: '2018-03-30',

  // DTS does not document whether JobId matches in part, so ask for a whole page and pick.
  findJob: {
    ...LIST,
    params: (jobId) => ({ JobId: jobId, ...pageParams({ offset: 0, limit: LARGEST_PAGE }) }),
    read: readOneJob,
  },
  listJobs: { ...LIST, params: listParams, read: readJobs },

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

function onlyJobId(jobId: string) {
  return { JobId: jobId }
}

function nothing(): void {}

function listParams({ order, ...page }: Page) {
  return {
    ...pageParams(page),
    ...(order ? { Order: 'CreateTime', OrderSeq: order === 'oldestFirst' ? 'ASC' : 'DESC' } : {}),
  }
}

function readJobs(response: Fields, context: Context): { total: number; jobs: Job[] } {
  const { total, items } = itemsIn(response, 'JobList')
  const page = items.slice(0, LARGEST_PAGE)
  return { total, jobs: page.flatMap((item) => readJob(item, context) ?? []) }
}

/** Undefined only if the job is certainly not in the answer: an unreadable entry could be it. */
function readOneJob(response: Fields, context: Context, jobId: string): Job | undefined {
  const { items } = itemsIn(response, 'JobList')
  const found = items.find((item) => jobIdOf(item) === jobId)
  const job = found === undefined ? undefined : readJob(found, context)
  if (!job && (found !== undefined || items.some((item) => !jobIdOf(item))))
    throw new UnexpectedShapeError()
  return job && { ...job, snapshot: { ...job.snapshot } }
}

const rawCheck = fields((raw) => ({
  Status: text(raw.Status),
  ErrorMessage: text(raw.ErrorMessage),
  Progress: percent(raw.Progress),
  CheckFlag: number(raw.CheckFlag),
}))

function readCheck(response: Fields, { scrub }: Context): Check {
  const { Status, ErrorMessage, Progress, CheckFlag } = rawCheck(response)
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
