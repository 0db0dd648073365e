import { isJobId } from '../dts/job.ts'
import { Refused } from '../refusal.ts'

/** What follows the verb: a job id, a region, either or none. Throws `Refused` for anything else. */
export function jobAndRegion(words: string[]): {
  jobId: string | undefined
  region: string | undefined
} {
  const [jobId, region] = words
  if (jobId !== undefined && !isJobId(jobId)) throw new Refused({ no: 'badJobId', text: jobId })
  if (region !== undefined && !isRegion(region))
    throw new Refused({ no: 'badRegion', text: region })
  return { jobId, region }
}

/** The form of a region id. Whether DTS is offered there, DTS says: its list grows. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2}(-[a-z0-9]+){1,3}$/.test(text) && text.length <= 32
}
