import { lifeAt } from './job-life.ts'
import type { Job } from './job.ts'
import type { Life } from './life.ts'
import { isStartHidden } from './turns.ts'

/** A job as those who steer the simulator see it. */
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
  /** A start was accepted that does not show yet. */
  startHidden: boolean
  starts: number
}

export function viewJob(job: Job, now: number): JobView {
  const { id, name, region, source, target, expectAt, starts } = job
  const kinds = { from: source.database, to: target.database }
  const startHidden = isStartHidden(job, now)
  const settings = { id, name, region, ...kinds, expectAt, overridesRoot: job.overrideRoot }
  return { ...settings, startHidden, starts, ...lifeAt(job, now) }
}
