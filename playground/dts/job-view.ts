import { lifeAt } from './job-life.ts'
import type { Job } from './job.ts'
import type { Life } from './life.ts'

/** A job as tests and the page see it. */
export type JobView = Life & {
  id: string
  name: string
  region: string
  /** The kinds of database, as the API spells them. */
  from: string
  to: string
  /** Clock milliseconds of a timed job. */
  expectAt: number | null
  overridesRoot: boolean
  starts: number
}

export function viewJob(job: Job, now: number): JobView {
  const { id, name, region, source, target, expectAt, starts } = job
  const kinds = { from: source.database, to: target.database }
  const settings = { id, name, region, ...kinds, expectAt, overridesRoot: job.overrideRoot }
  return { ...settings, starts, ...lifeAt(job, now) }
}
