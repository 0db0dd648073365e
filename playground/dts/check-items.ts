import type { CheckItem } from './check-steps.ts'
import type { Job } from './job.ts'

/** How a check that begins now will end, as CheckFlag says it: 0 failed, 1 passed. */
export function verdictOf(job: Job): 0 | 1 {
  return blocking(job).length > 0 ? 0 : 1
}

/** What a failed check says. */
export function checkError(job: Job): string {
  const failed = job.checkItems.filter(isFailed)
  const [first, ...others] = blocking(job).length > 0 ? blocking(job) : failed
  if (!first) return 'CheckError: a check item did not pass'
  return [first, ...others].map(({ message }) => message).join('; ')
}

function blocking(job: Job): CheckItem[] {
  return job.checkItems.filter((item) => isFailed(item) && !job.skipped.includes(item.step))
}

function isFailed({ result }: CheckItem): boolean {
  return result === 'failed'
}
