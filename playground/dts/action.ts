import type { z } from 'zod'

import { ApiError } from './api-error.ts'
import { checkParameters } from './check-parameters.ts'
import type { Job } from './job.ts'
import type { Version } from './version.ts'
import type { World } from './world.ts'

/** An action as it is offered: how often in a second, and what it does with raw parameters. */
export type Action = {
  perSecond: number
  /** True for an action that changes a job. */
  writes: boolean
  /** Returns the answer without its RequestId; throws ApiError. */
  perform(world: World, region: string, params: unknown): object
}

/** An action that shows something. */
export function readAction<S extends z.ZodType>(
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

/** An action that changes one job; `missing` is its code for a job that is not there. */
export function writeAction<S extends z.ZodType<{ JobId: string }>>(
  version: Version,
  missing: string,
  schema: S,
  change: (job: Job, now: number, parameters: z.output<S>) => object | void,
): Action {
  return {
    perSecond: 20,
    writes: true,
    perform(world, region, params) {
      const parameters = checkParameters(schema, params)
      const job = findJob(world, version, region, parameters.JobId, missing)
      return change(job, world.clock.now(), parameters) ?? {}
    },
  }
}

/** The job, if it lives in the region and the version knows it; throws ApiError. */
export function findJob(
  world: World,
  version: Version,
  region: string,
  id: string,
  missing: string,
): Job {
  const job = world.jobs.get(id)
  if (job?.region !== region || !job.knownTo.includes(version)) throw new ApiError(missing)
  return job
}
