import type { z } from 'zod'

import { type Action, findJob, readAction, writeAction } from '../action.ts'
import { ApiError } from '../api-error.ts'
import { lifeAt } from '../job-life.ts'
import { completeParameters, jobIdOnly } from '../job-parameters.ts'
import type { Job } from '../job.ts'
import type { Planted } from '../planted.ts'
import {
  beginCheck,
  beginRun,
  complete,
  goOn,
  isStartHidden,
  pause,
  retry,
  stop,
} from '../turns.ts'
import { allowedNow } from './allowed.ts'
import { checkResult } from './check-result.ts'
import { createCompare, describeCompares, startCompare } from './compare.ts'
import { describeDetail } from './describe-detail.ts'
import { describeJobs } from './describe-jobs.ts'
import * as parameters from './parameters.ts'
import { skipCheckItems } from './skip-check-item.ts'

const VERSION = '2021-12-06'
// Which of the two an action has is documented for each.
const NO_JOB = 'ResourceNotFound.JobNotExist'
const NO_RESOURCE = 'ResourceNotFound.ResourceNotFoundError'
const CONFLICT = 'FailedOperation.StatusInConflict'
const DENIED = 'OperationDenied.OperationDeniedError'

export const ACTIONS: Record<string, Action> = {
  DescribeMigrationJobs: readAction(20, parameters.jobsParameters, describeJobs),

  DescribeMigrationDetail: read(jobIdOnly, (job, now, _, planted) =>
    describeDetail(job, now, planted),
  ),

  DescribeMigrationCheckJob: read(jobIdOnly, (job, now, _, planted) =>
    checkResult(job, now, planted),
  ),

  DescribeCompareTasks: read(parameters.compareTasksParameters, describeCompares),

  CreateMigrateCheckJob: write(NO_JOB, jobIdOnly, (job, now) => {
    const refusal = 'FailedOperation.NotAllowOperation'
    demand(job, now, 'check', refusal)
    if (isStartHidden(job, now)) throw new ApiError(refusal)
    beginCheck(job, now)
  }),

  SkipCheckItem: write(NO_RESOURCE, parameters.skipParameters, (job, now, { StepIds }) => {
    if (lifeAt(job, now).status !== 5) throw new ApiError(DENIED)
    return skipCheckItems(job, StepIds)
  }),

  StartMigrateJob: write(NO_JOB, jobIdOnly, (job, now) => {
    demand(job, now, 'start', CONFLICT)
    beginRun(job, now)
  }),

  StopMigrateJob: write(NO_JOB, jobIdOnly, (job, now) => {
    demand(job, now, 'stop', CONFLICT)
    stop(job, now)
  }),

  CompleteMigrateJob: write(NO_JOB, completeParameters, (job, now, { CompleteMode }) => {
    demand(job, now, 'complete', CONFLICT)
    complete(job, CompleteMode, now)
  }),

  PauseMigrateJob: write(NO_RESOURCE, jobIdOnly, (job, now) => {
    demand(job, now, 'pause', DENIED)
    pause(job, now)
  }),

  ContinueMigrateJob: write(NO_RESOURCE, jobIdOnly, (job, now) => {
    demand(job, now, 'continue', DENIED)
    goOn(job, now)
  }),

  ResumeMigrateJob: write(NO_JOB, parameters.resumeParameters, (job, now, { ResumeOption }) => {
    const isRedis = job.source.database === 'redis'
    if (ResumeOption !== undefined && isRedis === (ResumeOption === 'normal')) {
      throw new ApiError('InvalidParameterValue.InvalidParameterValue', { about: 'ResumeOption' })
    }
    demand(job, now, 'resume', DENIED)
    retry(job, now)
  }),

  CreateCompareTask: write(NO_RESOURCE, parameters.createCompareParameters, (job, now, task) => {
    demand(job, now, 'createCmpTask', DENIED)
    return createCompare(job, now, task)
  }),

  StartCompare: write(NO_RESOURCE, parameters.compareParameters, (job, now, { CompareTaskId }) =>
    startCompare(job, now, CompareTaskId),
  ),
}

function read<S extends z.ZodType<{ JobId: string }>>(
  schema: S,
  answer: (job: Job, now: number, parameters: z.output<S>, planted: Planted) => object,
): Action {
  return readAction(20, schema, (world, region, asked) => {
    const job = findJob(world, VERSION, region, asked.JobId, NO_RESOURCE)
    return answer(job, world.clock.now(), asked, world.planted)
  })
}

function write<S extends z.ZodType<{ JobId: string }>>(
  missing: string,
  schema: S,
  change: (job: Job, now: number, parameters: z.output<S>) => object | void,
): Action {
  return writeAction(VERSION, missing, schema, change)
}

type Deed = ReturnType<typeof allowedNow>[number]

function demand(job: Job, now: number, deed: Deed, code: string): void {
  if (!allowedNow(job, now).includes(deed)) throw new ApiError(code)
}
