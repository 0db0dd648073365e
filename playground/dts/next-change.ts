import { compareEnd } from './compare-task.ts'
import { PAUSING_MS } from './holds.ts'
import { lifeAt } from './job-life.ts'
import type { Job, Run } from './job.ts'
import { momentOf } from './run.ts'
import { stepsOf } from './steps.ts'

/**
 * When the status or the step of a job changes next or a comparison ends, if nobody does anything;
 * clock milliseconds.
 */
export function nextChange(job: Job, now: number): number | undefined {
  const ends = job.compareTasks.flatMap((task) => compareEnd(task, job.compare) ?? [])
  const moments = [nextOfLife(job, now) ?? Infinity, ...ends.filter((end) => end > now)]
  const next = Math.min(...moments)
  return next === Infinity ? undefined : next
}

function nextOfLife(job: Job, now: number): number | undefined {
  const { status, step } = lifeAt(job, now)
  return turningPoints(job)
    .filter((moment) => moment < Infinity)
    .flatMap((moment) => [Math.ceil(moment), Math.ceil(moment) + 1]) // for what fractions lose
    .filter((moment) => moment > now)
    .toSorted((a, b) => a - b)
    .find((moment) => {
      const then = lifeAt(job, moment)
      return then.status !== status || then.step !== step
    })
}

/** Moments at which something may change, past ones too, in no order. */
function turningPoints(job: Job): number[] {
  const { turn } = job
  switch (turn.kind) {
    case 'rest':
      return []
    case 'check':
      return [turn.at + job.checkMs]
    case 'start':
      return runsThrough(job, turn.run)
    case 'stop':
      return [turn.endsAt]
    case 'complete':
      return [...runsThrough(job, turn.run), turn.endsAt]
  }
}

function runsThrough({ migrateType, fails }: Job, run: Run): number[] {
  const steps = stepsOf(migrateType).map(({ begins }) => begins)
  const end = fails ? [1, fails.at] : [1]
  const held = run.holds.flatMap(({ at, until }) => [at, at + PAUSING_MS, until])
  return [run.shows, ...held, ...[...steps, ...end].map((done) => momentOf(run, done))]
}
