import { deadlineIn, isPast } from '../dts/deadline.ts'
import { RUN_MS } from '../store/store.ts'
import type { Context, Dispatch } from './context.ts'
import { each } from './watch/each.ts'
import { type Followed, createFollowing } from './watch/followed.ts'
import { type Follow, createFollow } from './watch/follow.ts'
import { type Run, createLooking } from './watch/look.ts'
import { createWaited } from './watch/waited.ts'

/**
 * Looks at the jobs that are watched, and says what is news. One run takes a few seconds, then the next
 * goes on where it stopped; `dispatch` wakes it when there is a new job.
 */
export function createWatch(context: Context, dispatch: Dispatch): () => Promise<number | void> {
  const { clock } = context
  const following = createFollowing(context)
  const waited = createWaited(clock)
  const looking = createLooking(context, dispatch)
  let lists = new Map<string, Follow>()

  return async () => {
    const all = await following()
    if (all.length === 0) return
    const until = clock.monotonic() + SLICE
    const run: Run = {
      signal: AbortSignal.timeout(RUN_MS / 2),
      fresh: deadlineIn(RUN_MS, clock),
      goesOn: () => clock.monotonic() < until,
      waited: waited(all),
      count: all.length,
    }
    const byList = Map.groupBy(all, ({ job: { account, region, apiVersion } }) => {
      return `${account} ${region} ${apiVersion}`
    })
    const before = lists
    lists = new Map(
      [...byList.keys()].map((key) => {
        return [key, before.get(key) ?? createFollow(context, looking)]
      }),
    )
    const waits: number[] = []
    const follow = async ([key, followed]: [string, Followed[]]): Promise<void> => {
      waits.push((await lists.get(key)?.(followed, run)) ?? 0)
    }
    await each(byList, byList.size, follow, () => true)
    return isPast(run.fresh, clock) ? 0 : Math.max(0, Math.min(...waits))
  }
}

/** Milliseconds: what is new since a run began waits for the next. */
const SLICE = 2_000
