import { lifeAt } from './job-life.ts'
import type { Job } from './job.ts'
import type { Life } from './life.ts'
import { numberOf, type State, stateOf } from './status.ts'
import type { Version } from './version.ts'

/** A job as tests and the page see it. */
export type JobView = Omit<Life, 'status'> & {
  /** As 2018-03-30 shows it. */
  status: number
  /** As 2021-12-06 shows it. */
  state: State
  knownTo: readonly Version[]
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
  const { id, name, region, knownTo, source, target, expectAt, starts } = job
  const kinds = { from: source.database, to: target.database }
  const options = { expectAt, overridesRoot: job.overrideRoot }
  const settings = { id, name, region, knownTo, ...kinds, ...options }
  const life = lifeAt(job, now)
  const { status } = life
  return { ...settings, starts, ...life, status: numberOf(status), state: stateOf(status) }
}
