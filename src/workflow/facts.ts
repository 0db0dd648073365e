import type { Answered } from '../dts/client.ts'
import { type Job, beijingTime } from '../dts/job.ts'
import type { JobFacts, Seen } from '../job-facts.ts'

/** What we keep of a job when people are asked about it. */
export function facts(job: Job): JobFacts {
  return {
    id: job.id,
    region: job.region,
    name: job.name,
    source: job.source,
    target: job.target,
    runMode: job.runMode,
    ...expected(job),
    migrateType: job.migrateType,
    wholeInstance: job.wholeInstance,
    overridesRoot: job.overridesRoot,
    targetReadOnly: job.targetReadOnly,
    digest: job.digest,
  }
}

/** What we keep of a look at a running job. `at` is when we looked (ISO, UTC). */
export function seen(job: Job & Answered, at: string): Seen {
  return {
    at,
    status: job.status,
    statusCode: job.statusCode,
    ...job.progress,
    ...expected(job),
    startedAt: startedAt(job),
    errors: job.errors.map(({ log }) => log),
    requestId: job.requestId,
  }
}

/** When DTS says that it last began to run (ISO, UTC). */
export function startedAt({ startTime }: Job): string | undefined {
  return iso(startTime)
}

function expected({ expectTime }: Job): Pick<JobFacts, 'expectTime' | 'expectedAt'> {
  return { expectTime, expectedAt: iso(expectTime) }
}

function iso(time: string | undefined): string | undefined {
  return time ? beijingTime(time)?.toISOString() : undefined
}
