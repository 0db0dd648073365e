import { isJobId } from '../dts/job.ts'
import { isRegionId } from '../dts/regions.ts'
import { RefusedError } from '../migration/refusal.ts'

/** What follows the verb: a job id, a region, either or none. Throws RefusedError for anything else. */
export function jobAndRegion(given: string[]): {
  jobId: string | undefined
  region: string | undefined
} {
  const [jobId, region] = given
  if (jobId !== undefined && !isJobId(jobId)) {
    throw new RefusedError({ no: 'badJobId', text: jobId })
  }
  if (region !== undefined && !isRegionId(region)) {
    throw new RefusedError({ no: 'badRegion', text: region })
  }
  return { jobId, region }
}

/** The same for a command that is about one job. Throws RefusedError where none is named, too. */
export function namedJob(given: string[]): { jobId: string; region: string | undefined } {
  const { jobId, region } = jobAndRegion(given)
  if (!jobId) throw new RefusedError({ no: 'badJobId', text: '' })
  return { jobId, region }
}
