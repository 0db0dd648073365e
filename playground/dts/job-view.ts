import { lifeAt } from './job-life.ts'
import type { Job } from './job.ts'
import type { Life } from './run.ts'

/** A job as those who steer the simulator see it. */
export type JobView = Life & {
  id: string
  name: string
  region: string
  starts: number
  /** Kinds of database. */
  source: string
  target: string
  /** The moment that a timed job waits for, in clock milliseconds. */
  expectAt: number | null
}

export function viewJob(job: Job, now: number): JobView {
  const { id, name, region, starts, expectAt } = job
  const databases = { source: job.source.database, target: job.target.database }
  return { id, name, region, starts, expectAt, ...databases, ...lifeAt(job, now) }
}
