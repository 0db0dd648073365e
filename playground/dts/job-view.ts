import { lifeAt } from './job-life.ts'
import type { Job } from './job.ts'
import type { Life } from './run.ts'

/** A job as those who steer the simulator see it. */
export type JobView = Life & { id: string; name: string; region: string; starts: number }

export function viewJob(job: Job, now: number): JobView {
  const { id, name, region, starts } = job
  return { id, name, region, starts, ...lifeAt(job, now) }
}
