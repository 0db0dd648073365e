import type { z } from 'zod'

import { type Action, findJob, readAction, writeAction } from '../action.ts'
import { ApiError } from '../api-error.ts'
import { checkAt, lifeAt } from '../job-life.ts'
import { completeParameters, jobIdOnly } from '../job-parameters.ts'
import type { Job } from '../job.ts'
import { spill } from '../planted.ts'
import { numberOf } from '../status.ts'
import { beginCheck, beginRun, complete, isStartHidden, stop } from '../turns.ts'
import { describeJobs } from './describe-jobs.ts'
import { describeParameters } from './parameters.ts'

const VERSION = '2018-03-30'
const MISSING = 'ResourceNotFound.JobNotExist'

export const ACTIONS: Record<string, Action> = {
  DescribeMigrateJobs: readAction(100, describeParameters, describeJobs),

  DescribeMigrateCheckJob: readAction(20, jobIdOnly, (world, region, { JobId }) => {
    const check = checkAt(findJob(world, VERSION, region, JobId, MISSING), world.clock.now())
    return {
      Status: check.status,
      ErrorCode: check.error === null ? 0 : -1,
      ErrorMessage:
        check.error === null ? okOrEmpty(check.flag) : spill(check.error, world.planted),
      Progress: String(check.percent),
      CheckFlag: check.flag,
    }
  }),

  // Undocumented in which states a check is allowed. Here: whenever nothing is under way, an accepted
  // start included. One of this action's codes means "not now".
  CreateMigrateCheckJob: write(jobIdOnly, (job, now) => {
    const refusal = 'FailedOperation.NotAllowOperation'
    demand(job, now, [1, 2, 4, 5, 10], refusal)
    if (isStartHidden(job, now)) throw new ApiError(refusal)
    beginCheck(job, now)
  }),

  // Undocumented whether a second start is refused while the first does not show yet. Here it is
  // accepted and counted.
  StartMigrateJob: write(jobIdOnly, (job, now) => {
    demand(job, now, [4], 'FailedOperation.StatusInConflict')
    beginRun(job, now)
  }),

  StopMigrateJob: write(jobIdOnly, (job, now) => {
    demand(job, now, [7, 8], 'FailedOperation.StatusInConflict')
    stop(job, now)
  }),

  CompleteMigrateJob: write(completeParameters, (job, now, { CompleteMode }) => {
    demand(job, now, [8], 'FailedOperation.StatusInConflict')
    complete(job, CompleteMode, now)
  }),
}

function write<S extends z.ZodType<{ JobId: string }>>(
  schema: S,
  change: (job: Job, now: number, parameters: z.output<S>) => void,
): Action {
  return writeAction(VERSION, MISSING, schema, change)
}

function demand(job: Job, now: number, allowed: readonly number[], code: string): void {
  if (!allowed.includes(numberOf(lifeAt(job, now).status))) throw new ApiError(code)
}

function okOrEmpty(flag: 0 | 1 | 3): string {
  return flag === 1 ? 'ok' : ''
}
