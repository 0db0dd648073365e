import type { Job } from '../dts/job.ts'
import type { Answered, Dts } from '../dts/client.ts'
import type { Happening, Migration } from '../migration.ts'
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
    const found = await lookAt(world, region, migrations)
    world.pass('watched')
    for (const [id, happening] of found) await tell(id, happening)
  }
  return new Date(Date.now() + world.watchEvery)
}

/**
 * What the look at each of them found. A job that DTS does not show us hides no other, and a list
 * that it does not give us hides none.
 */
async function lookAt(
  { dts, log }: World,
  region: string,
  migrations: Migration[],
): Promise<[id: string, Happening][]> {
  const ids = migrations.map((m) => m.job.id)
  const listed = readList(dts, region, ids).catch((error: unknown) => {
    log.warn({ err: error, region }, 'could not list the jobs; each is looked at by itself')
    return new Map<string, Job & Answered>()
  })
  return Promise.all(
    migrations.map(async ({ id, job }): Promise<[string, Happening]> => {
      try {
        const look = (await listed).get(job.id) ?? (await dts.describeJob(region, job.id))
        const at = new Date().toISOString()
        return [id, look ? { type: 'observed', seen: seen(look, at) } : { type: 'missing', at }]
      } catch (error) {
        log.warn({ err: error, region, job: job.id }, 'could not look at a job')
        return [id, { type: 'unseen', trouble: troubleOf(error) }]
      }
    }),
  )
}

const PAGE = 100

/**
 * Those of the jobs with these ids that the list shows, where reading it is cheaper than one call
 * for each. In pages, oldest first, from its end down to its beginning: the one order in which a
 * list that shifts while it is read loses nothing.
 */
async function readList(
  dts: Dts,
  region: string,
  ids: string[],
): Promise<Map<string, Job & Answered>> {
  const found = new Map<string, Job & Answered>()
  if (ids.length <= 2) return found
  const wanted = new Set(ids)
  const { total } = await dts.describeJobs(region, { offset: 0, limit: 1 })
  const pages = Math.ceil(total / PAGE)
  if (pages >= ids.length) return found
  for (let page = pages - 1; page >= 0; page--) {
    const read = { offset: page * PAGE, limit: PAGE, order: 'oldestFirst' as const }
    for (const job of (await dts.describeJobs(region, read)).jobs) {
      if (wanted.has(job.id)) found.set(job.id, job)
    }
  }
  return found
}
