import { isJobId } from '../dts/job.ts'
import { isRegionId } from '../dts/regions.ts'
import { Refused } from '../refusal.ts'

/** What follows the verb: a job id, a region, either or none. Throws `Refused` for anything else. */
export function jobAndRegion(words: string[]): {
  jobId: string | undefined
  region: string | undefined
} {
  const [jobId, region] = words
  if (jobId !== undefined && !isJobId(jobId)) throw new Refused({ no: 'badJobId', text: jobId })
  if (region !== undefined && !isRegionId(region))
    throw new Refused({ no: 'badRegion', text: region })
  return { jobId, region }
}
