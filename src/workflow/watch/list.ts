import type { ListedJob } from '../../dts/job.ts'
import type { Context } from '../context.ts'
import type { Followed } from './followed.ts'
import type { Run } from './look.ts'

/** One page of the list that the job is in, oldest first. Undefined where DTS does not give it. */
export function readPage(
  context: Context,
  one: Followed,
  page: number,
  run: Run,
): Promise<{ pages: number; jobs: ListedJob[] } | undefined> {
  return read(context, one, { offset: page * PAGE, limit: PAGE, order: 'oldestFirst' }, run)
}

/** How many pages it has. */
export async function countPages(
  context: Context,
  one: Followed,
  run: Run,
): Promise<number | undefined> {
  return (await read(context, one, { offset: 0, limit: 1 }, run))?.pages
}

const PAGE = 100

async function read(
  { dts, log }: Context,
  { job: { account, region, apiVersion } }: Followed,
  page: Parameters<Context['dts']['describeJobs']>[2],
  { signal }: Run,
): Promise<{ pages: number; jobs: ListedJob[] } | undefined> {
  try {
    const call = { signal, priority: 'steady' } as const
    const { total, jobs } = await dts.describeJobs({ account, region }, apiVersion, page, call)
    return { pages: Math.ceil(total / PAGE), jobs }
  } catch (error) {
    log.warn({ err: error, region }, 'job list unreadable')
    return undefined
  }
}
