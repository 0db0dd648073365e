import type { Context } from '../context.ts'
import { each } from './each.ts'
import type { Followed } from './followed.ts'
import { countPages } from './list.ts'
import type { Looking, Run } from './look.ts'
import { lookEvery } from './often.ts'
import { createReading } from './reading.ts'

/** Follows jobs of one account, region and version in one run. Milliseconds until there is more to do. */
export type Follow = (all: Followed[], run: Run) => Promise<number>

/** By their list where it has fewer pages than there are jobs, else one by one. */
export function createFollow(context: Context, looking: Looking): Follow {
  const { clock, watchEvery } = context
  const reading = createReading(context, looking)
  let countedAt = -Infinity

  const isCheaper = async (all: Followed[], run: Run): Promise<boolean> => {
    const [first] = all
    if (!first || all.length <= 2) return false
    const isKnown = reading.pages < all.length
    if (isKnown || clock.monotonic() < countedAt + watchEvery) return isKnown
    countedAt = clock.monotonic()
    reading.pages = (await countPages(context, first, run)) ?? Infinity
    return reading.pages < all.length
  }

  const oneByOne: Follow = async (all, run) => {
    const dueAt = (one: Followed): number =>
      one.isFresh ? -Infinity : one.lookedAt + lookEvery(one, clock.now(), watchEvery)
    const now = clock.monotonic()
    const due = all.filter((one) => dueAt(one) <= now)
    await each(due, AT_ONCE, (one) => looking.lookAt(one, run, 'background'), run.goesOn)
    return Math.min(...all.map(dueAt)) - clock.monotonic()
  }

  const lookAtUnshown = (all: Followed[], run: Run): Promise<void> => {
    const unshown = reading.unshown(all)
    return each(unshown, AT_ONCE, (one) => looking.lookAt(one, run, 'steady'), run.goesOn)
  }

  const byList: Follow = async (all, run) => {
    const jobs = [() => reading.goOn(all, run), () => lookAtUnshown(all, run)]
    await each(
      jobs,
      jobs.length,
      (work) => work(),
      () => true,
    )
    await lookAtUnshown(all, run)
    return reading.unshown(all).length > 0 ? 0 : reading.wait()
  }

  return async (all, run) => {
    if (await isCheaper(all, run)) return byList(all, run)
    reading.stop()
    return oneByOne(all, run)
  }
}

/** Looks at single jobs. */
const AT_ONCE = 50
