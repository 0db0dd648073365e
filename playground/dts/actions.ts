import type { z } from 'zod'

import { ApiError } from './api-error.ts'
import { describeJobs } from './describe-jobs.ts'
import { checkAt, lifeAt } from './job-life.ts'
import type { Job } from './job.ts'
import { checkParameters, completeParameters, describeParameters, jobIdOnly } from './parameters.ts'
import { spill } from './raw-job.ts'
import { beginCheck, beginRun, complete, isStartHidden, stop } from './turns.ts'
import type { World } from './world.ts'

/** An action as it is offered: how often in a second, and what it does with raw parameters. */
export type Action = {
  perSecond: number
  /** True for an action that changes a job. */
  writes: boolean
  /** Returns the answer without its RequestId; throws ApiError. */
  perform(world: World, region: string, params: unknown): object
}

/** The action of that name; undefined when this service has none. */
export function findAction(name: string): Action | undefined {
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
}

const ACTIONS: Record<string, Action> = {
  DescribeMigrateJobs: read(100, describeParameters, (world, region, parameters) =>
    describeJobs(world, region, parameters),
  ),

  DescribeMigrateCheckJob: read(20, jobIdOnly, (world, region, { JobId }) => {
    const check = checkAt(findJob(world, region, JobId), world.clock.now())
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
  CreateMigrateCheckJob: write(jobIdOnly, (world, job) => {
    const refusal = 'FailedOperation.NotAllowOperation'
    demand(job, world, [1, 2, 4, 5, 10], refusal)
    if (isStartHidden(job, world.clock.now())) throw new ApiError(refusal)
    beginCheck(job, world.clock.now())
  }),

  // Undocumented whether a second start is refused while the first does not show yet. Here it is
  // accepted and counted.
  StartMigrateJob: write(jobIdOnly, (world, job) => {
    demand(job, world, [4], 'FailedOperation.StatusInConflict')
    beginRun(job, world.clock.now())
  }),

  StopMigrateJob: write(jobIdOnly, (world, job) => {
    demand(job, world, [7, 8], 'FailedOperation.StatusInConflict')
    stop(job, world.clock.now())
  }),

  CompleteMigrateJob: write(completeParameters, (world, job, { CompleteMode }) => {
    demand(job, world, [8], 'FailedOperation.StatusInConflict')
    complete(job, CompleteMode, world.clock.now())
  }),
}

function read<S extends z.ZodType>(
  perSecond: number,
  schema: S,
  answer: (world: World, region: string, parameters: z.output<S>) => object,
): Action {
  return {
    perSecond,
    writes: false,
    perform: (world, region, params) => answer(world, region, checkParameters(schema, params)),
  }
}

function write<S extends z.ZodType<{ JobId: string }>>(
  schema: S,
  change: (world: World, job: Job, parameters: z.output<S>) => void,
): Action {
  return {
    perSecond: 20,
    writes: true,
    perform(world, region, params) {
      const parameters = checkParameters(schema, params)
      change(world, findJob(world, region, parameters.JobId), parameters)
      return {}
    },
  }
}

function findJob(world: World, region: string, id: string): Job {
  const job = world.jobs.get(id)
  if (job?.region !== region) throw new ApiError('ResourceNotFound.JobNotExist')
  return job
}

function demand(job: Job, world: World, allowed: readonly number[], code: string): void {
  if (!allowed.includes(lifeAt(job, world.clock.now()).status)) throw new ApiError(code)
}

function okOrEmpty(flag: 0 | 1 | 3): string {
  return flag === 1 ? 'ok' : ''
}
