import type { Call } from '../../dts/client.ts'
import { type Deadline, isPast } from '../../dts/deadline.ts'
import type { ListedJob, Look } from '../../dts/job.ts'
import type { Priority } from '../../dts/limiter.ts'
import { troubleOf } from '../../dts/trouble.ts'
import { isAboutToRun } from '../../migration/alarm.ts'
import type { Event } from '../../migration/event.ts'
import { isWatched } from '../../migration/migration.ts'
import type { Context, Dispatch } from '../context.ts'
import { logIds } from '../log-event.ts'
import { lookAtCheck } from '../look-at-check.ts'
import type { Followed } from './followed.ts'
import { createIsNews } from './news.ts'

/** One run of the watcher. */
export type Run = {
  signal: AbortSignal
  /** What was seen in this run is old by then. */
  fresh: Deadline
  /** Whether there is time to begin something. */
  goesOn: () => boolean
  /** For how long the outcome of each attempt or check has been looked for, by migration. */
  waited: Map<string, number>
  /** How many jobs are followed. */
  count: number
}

export type Looking = {
  /** Asks for the job, and says what is news. One unreadable job never hides the rest. */
  lookAt(followed: Followed, run: Run, priority: Priority): Promise<void>
  /** A list showed the job. Where that does not say all, the job becomes `isWanted`. */
  shown(followed: Followed, listed: ListedJob, run: Run): Promise<void>
}

export function createLooking(context: Context, dispatch: Dispatch): Looking {
  const { clock } = context
  const isNews = createIsNews(clock)
  const inTurn = createTurns()

  const say = async (followed: Followed, event: Event, { fresh, waited }: Run): Promise<void> => {
    const { id } = followed
    const isWaiting = event.type === 'observed' || event.type === 'checked'
    const seen = isWaiting ? { ...event, waited: waited.get(id) } : event
    await inTurn(async () => {
      if (isPast(fresh, clock)) return
      const to = await dispatch(id, seen, fresh)
      if (to && !isWatched(to)) followed.isOver = true
    })
  }

  return {
    async lookAt(followed, run, priority) {
      followed.lookedAt = clock.monotonic()
      Object.assign(followed, { isFresh: false, isWanted: false })
      const event = await find(context, followed, { signal: run.signal, priority })
      const isWorthSaying =
        event.type !== 'observed' ||
        isAboutToRun(followed, event.look) ||
        isNews(followed, event.look, run.count)
      if (isWorthSaying) await say(followed, event, run)
    },
    async shown(followed, listed, run) {
      followed.isFresh = false
      const { look, isPartial } = listed
      const since = clock.monotonic() - followed.lookedAt
      // Whether it is what people approved, a list does not tell.
      if (followed.isCheck || isAboutToRun(followed, look)) followed.isWanted = true
      else if (isPartial) followed.isWanted ||= isPartNews(followed, look, since, run.count)
      else if (isNews(followed, look, run.count))
        await say(followed, { type: 'observed', look }, run)
    },
  }
}

/** What is missing in a list is worth a call when the status changed, or now and then. */
function isPartNews(followed: Followed, look: Look, since: number, count: number): boolean {
  const isSame = followed.status === look.status && followed.statusCode === look.statusCode
  return !isSame || followed.isDelicate || since >= count * PART_EVERY
}

/** What a look at the job finds. */
async function find(context: Context, { id, job, isCheck }: Followed, call: Call): Promise<Event> {
  const { dts, store, log } = context
  try {
    const m = isCheck ? (await store.row(id))?.migration : undefined
    if (m) return await lookAtCheck(context, m, call)
    const found = await dts.describeJob(job, call)
    if (!found) return { type: 'missing' }
    const { look, snapshot } = found
    return { type: 'observed', look, digest: snapshot.digest }
  } catch (error) {
    log.warn({ err: error, ...logIds({ id, job }) }, 'job unreadable')
    return { type: 'unseen', trouble: troubleOf(error) }
  }
}

/** Milliseconds, times the jobs that are followed: the rate is for lists, too. */
const PART_EVERY = 100

/** One after the other, so that what people do comes between. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}
