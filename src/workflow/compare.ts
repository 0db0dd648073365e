import type { Call } from '../dts/client.ts'
import { deadlineIn } from '../dts/deadline.ts'
import { DtsError, classify } from '../dts/errors.ts'
import type { JobRef } from '../dts/job.ts'
import { type Trouble, troubleOf } from '../dts/trouble.ts'
import { compareToShow, isUnderWay } from '../migration/compare.ts'
import type { Event } from '../migration/event.ts'
import type { Comparison } from '../migration/comparison.ts'
import { isWatched } from '../migration/migration.ts'
import { RUN_MS } from '../store/store.ts'
import type { Context, Dispatch } from './context.ts'
import { verdict } from './send.ts'

/** Milliseconds for one call; a run makes three at most. */
const CALL_MS = RUN_MS / 4

/** Takes the comparison of a migration one step further, and runs again until it is over. */
export async function compare(
  context: Context,
  dispatch: Dispatch,
  id: string,
): Promise<number | void> {
  const m = (await context.store.row(id))?.migration
  if (!m || !isWatched(m) || !m.watch.compare) return
  const { job } = m
  switch (m.watch.compare.state.at) {
    case 'asked':
      await begin(context, dispatch, id, job)
      return context.watchEvery
    case 'sending':
      // Another run was interrupted. What it created, if it did, was not started.
      await dispatch(id, { type: 'compareDenied', trouble: { kind: 'interrupted' } })
      return
    case 'running':
      await dispatch(id, await look(context, job, m.watch.compare))
      return context.watchEvery
    case 'none':
    case 'over':
      return
  }
}

/** How the comparisons of a job are now. Throws what is no trouble with DTS. */
export async function look(
  { dts, clock, log }: Pick<Context, 'dts' | 'clock' | 'log'>,
  job: JobRef,
  known: Comparison | undefined,
  call: Call = {},
): Promise<Extract<Event, { type: 'compareSeen' | 'compareUnseen' }>> {
  const at = new Date(clock.now()).toISOString()
  try {
    const { compares } = await dts.describeCompares(job, NEWEST, {
      signal: AbortSignal.timeout(CALL_MS),
      ...call,
    })
    return { type: 'compareSeen', at, compare: compareToShow(compares, known) }
  } catch (error) {
    log.warn({ err: error, job: job.id }, 'comparisons unreadable')
    const final = error instanceof DtsError && classify(error.code, error.action).retry === 'never'
    return { type: 'compareUnseen', trouble: troubleOf(error), final }
  }
}

/** DTS does not document an order, so as many as it gives. */
const NEWEST = { offset: 0, limit: 100 }

/** Has DTS create a comparison and start it, each at most once, unless one is under way. */
async function begin(context: Context, dispatch: Dispatch, id: string, job: JobRef): Promise<void> {
  const { dts } = context
  const found = await look(context, job, undefined, { priority: 'person' })
  if (found.type === 'compareUnseen') {
    await dispatch(id, { type: 'compareDenied', trouble: found.trouble })
    return
  }
  if (found.compare && isUnderWay(found.compare)) {
    await dispatch(id, found)
    return
  }
  const sendBy = deadlineIn(context.rules.sendWithin, context.clock)
  if (!(await dispatch(id, { type: 'compareSending' }))) return
  const created = await tried(context, () => dts.createCompare(job, undefined, callBy(sendBy)))
  if ('trouble' in created) {
    await dispatch(id, { type: 'compareDenied', trouble: created.trouble })
    return
  }
  const { compareId } = created.value
  const startBy = deadlineIn(context.rules.sendWithin, context.clock)
  if (!(await dispatch(id, { type: 'compareCreated', compareId }))) return
  const started = await tried(context, () => dts.startCompare(job, compareId, callBy(startBy)))
  // Whether DTS has begun although its answer was lost, the comparison itself shows.
  if ('trouble' in started && !started.lost) {
    await dispatch(id, { type: 'compareDenied', compareId, trouble: started.trouble })
  }
}

function callBy(sendBy: ReturnType<typeof deadlineIn>) {
  return { priority: 'person', signal: AbortSignal.timeout(CALL_MS), sendBy } as const
}

async function tried<T>(
  { log }: Context,
  call: () => Promise<T>,
): Promise<{ value: T } | { trouble: Trouble; lost: boolean }> {
  try {
    return { value: await call() }
  } catch (error) {
    log.warn({ err: error }, 'DTS call failed')
    return { trouble: troubleOf(error), lost: verdict(error) === 'lost' }
  }
}
