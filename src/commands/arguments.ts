import { isJobId } from '../dts/job.ts'
import { isRegionId } from '../dts/regions.ts'
import { RefusedError } from '../migration/refusal.ts'

/**
 * What follows the verb: a job id, a region, either or none, as people paste them: in capitals, in
 * backticks, at the end of a sentence. Throws RefusedError for anything else.
 */
export function jobAndRegion(given: string[]): {
  jobId: string | undefined
  region: string | undefined
} {
  const [job, place] = given.map((typed) => ({ typed, is: bare(typed) })).filter(({ is }) => is)
  if (job && !isJobId(job.is)) throw new RefusedError({ no: 'badJobId', text: job.typed })
  if (place && !isRegionId(place.is)) throw new RefusedError({ no: 'badRegion', text: place.typed })
  return { jobId: job?.is, region: place?.is }
}

function bare(word: string): string {
  return word.replace(/^[`'"“‘(]+|[`'"”’).,;:!?]+$/g, '').toLowerCase()
}

/** The same for a command that is about one job. Throws RefusedError where none is named, too. */
export function namedJob(given: string[]): { jobId: string; region: string | undefined } {
  const { jobId, region } = jobAndRegion(given)
  if (!jobId) throw new RefusedError({ no: 'badJobId', text: '' })
  return { jobId, region }
}
