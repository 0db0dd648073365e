import { BadInput } from './bad-input.ts'
import { checkAt, lastRunAt, lifeAt } from './job-life.ts'
import { type Job, type JobSpec, withSettings } from './job.ts'
import { changePace, doneAt } from './pace.ts'
import { placeAt } from './place-at.ts'

/**
 * The job after its owner changed something. What has happened stays as it was, unless the change
 * names a status. Throws BadInput, and the given job is left alone.
 */
export function changed(job: Job, change: JobSpec, now: number): Job {
  const after = withSettings(settled(job, now), change, now)
  if (change.status !== undefined) {
    after.ranAt = lastRunAt(job, now)
    placeAt(after, change.status, now)
    return after
  }
  const { turn } = after
  if (!('run' in turn)) return after

  const { pace } = turn.run
  const done = doneAt(pace, now)
  if (done >= 0 && after.migrateType !== job.migrateType) {
    throw new BadInput('migrateType: cannot change while the job runs.')
  }
  if (change.fails && change.fails.at <= done) {
    throw new BadInput(`fails.at: the run is past ${change.fails.at} already.`)
  }
  if (after.durationMs === job.durationMs) return after
  const run = { ...turn.run, pace: changePace(pace, after.durationMs, now) }
  return { ...after, turn: { ...turn, run } }
}

/** The same job, with what is over written down: it no longer follows from the settings. */
function settled(job: Job, now: number): Job {
  const life = lifeAt(job, now)
  const checked = job.turn.kind === 'check' && life.status !== 3
  if (!checked && life.endedAt === null) return job
  return { ...job, checkFlag: checkAt(job, now).flag, turn: { kind: 'over', life } }
}
