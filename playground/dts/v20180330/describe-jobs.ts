import type { z } from 'zod'

import type { Job } from '../job.ts'
import type { describeParameters } from './parameters.ts'
import { rawJob } from './raw-job.ts'
import type { World } from '../world.ts'

type Parameters = z.output<typeof describeParameters>
type RawJob = ReturnType<typeof rawJob>

/** A page of the region's jobs. An unknown JobId gives an empty list, not an error. */
export function describeJobs(world: World, region: string, parameters: Parameters) {
  const now = world.clock.now()
  const found = [...world.jobs.values()]
    .filter((job) => job.region === region && job.knownTo.includes('2018-03-30'))
    .filter((job) => matches(job, parameters))
    .map((job) => rawJob(job, now, world.planted))
  const sign = parameters.OrderSeq === 'ASC' ? 1 : -1
  const ordered = found.toSorted(
    (a, b) =>
      sign * compare(keyOf(a, parameters.Order), keyOf(b, parameters.Order)) ||
      compare(a.JobId, b.JobId),
  )
  const { Offset, Limit } = parameters
  return { TotalCount: found.length, JobList: ordered.slice(Offset, Offset + Limit) }
}

// Undocumented whether a name must match in full; a partial match catches a careless caller.
function matches(job: Job, { JobId, JobName }: Parameters): boolean {
  if (JobId !== undefined && JobId !== job.id) return false
  return JobName === undefined || job.name.includes(JobName)
}

function keyOf(job: RawJob, order: Parameters['Order']): string | number {
  switch (order) {
    case 'MigrateType':
    case 'RunMode':
      return job.MigrateOption[order]
    case 'JobId':
    case 'Status':
    case 'JobName':
    case 'CreateTime':
      return job[order]
  }
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
