import type { Call, Dts } from './client.ts'
import { DtsError } from './errors.ts'
import type { ListedJob, Place } from './job.ts'

/**
 * The newest jobs of each version, in turn, each job once: at most `limit`, which is 1 to 100. A
 * version that gives no list does not hide the jobs of another; without any job, rejects with the
 * reason.
 */
export async function newestJobs(
  dts: Dts,
  { account, region }: Place,
  limit: number,
  call: Call,
): Promise<ListedJob[]> {
  const page = { offset: 0, limit, order: 'newestFirst' } as const
  const asked = dts.versions.map((version) =>
    dts.describeJobs({ account, region }, version, page, call),
  )
  const results = await Promise.allSettled(asked)
  const lists = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.jobs] : []))
  const jobs = inTurn(lists, limit)
  if (jobs.length === 0) throwReason(results)
  return jobs
}

/** A job that several lists have is the first one's. */
function inTurn(lists: ListedJob[][], limit: number): ListedJob[] {
  const byId = new Map<string, ListedJob>()
  for (const job of lists.toReversed().flat()) byId.set(job.ref.id, job)
  const ranked = Array.from({ length: limit }, (_, rank) =>
    lists.flatMap((list) => list[rank]?.ref.id ?? []),
  )
  return [...new Set(ranked.flat())].slice(0, limit).flatMap((id) => byId.get(id) ?? [])
}

/** A version that is retired is a reason only where no other gives a list. */
function throwReason(results: PromiseSettledResult<unknown>[]): void {
  const reasons: unknown[] = results.flatMap((one) =>
    one.status === 'rejected' ? [one.reason] : [],
  )
  const reason = reasons.find((one) => !(one instanceof DtsError && one.retired))
  if (reason !== undefined) throw reason
  if (reasons.length === results.length) throw reasons[0]
}
