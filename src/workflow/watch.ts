import type { Dts } from '../dts/client.ts'
import { deadlineIn, isPast } from '../dts/deadline.ts'
import type { ListedJob, Place } from '../dts/job.ts'
import { troubleOf } from '../dts/trouble.ts'
import { isAboutToRun } from '../migration/alarm.ts'
import type { Event } from '../migration/event.ts'
import { type Migration, followsCheck } from '../migration/migration.ts'
import { RUN_MS } from '../store/store.ts'
import type { Context, Dispatch } from './context.ts'
import { lookAtCheck } from './look-at-check.ts'
import { logIds } from './log-event.ts'

/**
 * Looks at every job that is watched, and says what it saw. Runs again as long as there is one;
 * `dispatch` wakes it when there is a new one.
 */
export function createWatch(context: Context, dispatch: Dispatch): () => Promise<number | void> {
  const { store, clock, watchEvery } = context
  const waited = createWaited(clock)
  return async () => {
    const watched = (await store.watched()).map((row) => row.migration)
    if (watched.length === 0) return
    const known = waited(watched)
    const byList = Map.groupBy(watched, ({ job }) => {
      return `${job.account} ${job.region} ${job.apiVersion}`
    })
    const signal = AbortSignal.timeout(RUN_MS / 2)
    const fresh = deadlineIn(RUN_MS, clock)
    const found = await Promise.all(
      [...byList.values()].map((migrations) => lookAt(context, migrations, signal)),
    )
    for (const [id, event] of found.flat()) {
      if (isPast(fresh, clock)) return 0
      const isWaiting = event.type === 'observed' || event.type === 'checked'
      const seen = isWaiting ? { ...event, waited: known.get(id) } : event
      await dispatch(id, seen, fresh)
    }
    return watchEvery
  }
}

/** For how long this bot has been looking for each outcome that is unknown, or each check, by migration. */
function createWaited({ monotonic }: Context['clock']) {
  let began = new Map<string, number>()
  return (watched: Migration[]): Map<string, number> => {
    const attempts = watched.flatMap(({ id, order, watch }) => {
      if (watch?.check) return [{ id, token: id }]
      return order?.state.at === 'unknown' ? [{ id, token: order.state.token }] : []
    })
    const now = monotonic()
    began = new Map(attempts.map(({ token }) => [token, began.get(token) ?? now]))
    return new Map(attempts.map(({ id, token }) => [id, now - (began.get(token) ?? now)]))
  }
}

/**
 * What the look at each of them found; all are in one list. One unreadable job never hides the rest,
 * and neither does a list that DTS does not give.
 */
async function lookAt(
  context: Context,
  migrations: Migration[],
  signal: AbortSignal,
): Promise<[id: string, Event][]> {
  const { dts, log } = context
  const listed = readList(dts, migrations, signal).catch((error: unknown) => {
    log.warn({ err: error, region: migrations[0]?.job.region }, 'job list unreadable')
    return new Map<string, ListedJob>()
  })
  return Promise.all(
    migrations.map(async (m): Promise<[string, Event]> => {
      const { id, job, watch } = m
      try {
        const shown = (await listed).get(job.id)
        if (followsCheck(m)) return [id, await lookAtCheck(context, m, shown, signal)]
        // Whether it is what people approved, a list does not tell.
        if (shown && !(watch && isAboutToRun(watch, shown.look))) {
          return [id, { type: 'observed', look: shown.look }]
        }
        const found = await dts.describeJob(job, { signal })
        if (!found) return [id, { type: 'missing' }]
        return [id, { type: 'observed', look: found.look, digest: found.snapshot.digest }]
      } catch (error) {
        log.warn({ err: error, ...logIds(m) }, 'job unreadable')
        return [id, { type: 'unseen', trouble: troubleOf(error) }]
      }
    }),
  )
}

const PAGE = 100

/**
 * Those of the jobs that the list shows whole, where reading it is cheaper than one call for each. In
 * pages, oldest first, from its end down to its beginning: the one order in which a list that shifts
 * while it is read loses nothing.
 */
async function readList(
  dts: Dts,
  migrations: Migration[],
  signal: AbortSignal,
): Promise<Map<string, ListedJob>> {
  const found = new Map<string, ListedJob>()
  const [first] = migrations
  if (!first || migrations.length <= 2) return found
  const { apiVersion, account, region } = first.job
  const place: Place = { account, region }
  const wanted = new Set(migrations.map(({ job }) => job.id))
  const least = { offset: 0, limit: 1 }
  const { total } = await dts.describeJobs(place, apiVersion, least, { signal })
  const pages = Math.ceil(total / PAGE)
  if (pages >= migrations.length) return found
  for (let page = pages - 1; page >= 0; page--) {
    const read = { offset: page * PAGE, limit: PAGE, order: 'oldestFirst' as const }
    const { jobs } = await dts.describeJobs(place, apiVersion, read, { signal })
    for (const job of jobs) {
      if (wanted.has(job.ref.id) && !job.isPartial) found.set(job.ref.id, job)
    }
  }
  return found
}
