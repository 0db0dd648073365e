import type { Job } from '../dts/job.ts'
import type { Answered, Dts } from '../dts/client.ts'
import type { Migration } from '../migration.ts'
import { seen } from './facts.ts'
import { troubleOf } from './trouble.ts'
import type { Tell, World } from './world.ts'

/**
 * Looks at every job that DTS may be working on for us, and says what it saw. Runs again as long
 * as there is one; `tell` wakes it when there is a new one.
 */
export async function watch(world: World, tell: Tell): Promise<Date | void> {
  const watched = (await world.store.watched()).map((row) => row.migration)
  if (watched.length === 0) return
  for (const [region, migrations] of Map.groupBy(watched, (m) => m.job.region)) {
    try {
      await lookAt(world, tell, region, migrations)
    } catch (error) {
      world.log.warn({ err: error, region }, 'could not look at the jobs of a region')
      const trouble = troubleOf(error)
      for (const m of migrations) await tell(m.id, { type: 'unseen', trouble })
    }
  }
  return new Date(Date.now() + world.watchEvery)
}

async function lookAt(
  { dts, pass }: World,
  tell: Tell,
  region: string,
  migrations: Migration[],
): Promise<void> {
  const jobs = await readJobs(
    dts,
    region,
    migrations.map((m) => m.job.id),
  )
  const at = new Date().toISOString()
  pass('watched')
  for (const m of migrations) {
    const job = jobs.get(m.job.id)
    await tell(m.id, job ? { type: 'observed', seen: seen(job, at) } : { type: 'missing', at })
  }
}

type Look = Job & Answered

const PAGE = 100

/**
 * The jobs with these ids, those that DTS knows. One call each while that is cheaper than reading
 * the whole list; else the list in pages, oldest first, from its end down to its beginning: the
 * one order in which a list that shifts while it is read loses nothing.
 */
async function readJobs(dts: Dts, region: string, ids: string[]): Promise<Map<string, Look>> {
  const found = new Map<string, Look>()
  const wanted = new Set(ids)
  if (ids.length > 2) {
    const { total } = await dts.describeJobs(region, { offset: 0, limit: 1 })
    const pages = Math.ceil(total / PAGE)
    if (pages < ids.length) {
      for (let page = pages - 1; page >= 0; page--) {
        const read = { offset: page * PAGE, limit: PAGE, order: 'oldestFirst' as const }
        for (const job of (await dts.describeJobs(region, read)).jobs) {
          if (wanted.has(job.id)) found.set(job.id, job)
        }
      }
    }
  }
  const left = ids.filter((id) => !found.has(id))
  const jobs = await Promise.all(left.map((id) => dts.describeJob(region, id)))
  for (const job of jobs) if (job) found.set(job.id, job)
  return found
}
