import type { Context } from '../context.ts'
import { each } from './each.ts'
import type { Followed } from './followed.ts'
import { readPage } from './list.ts'
import type { Looking, Run } from './look.ts'

export type Reading = {
  /** How many the list has; Infinity: not known. */
  pages: number
  /** Reads on, for as long as the run goes on. A page that DTS does not give is left out. */
  goOn(all: Followed[], run: Run): Promise<void>
  /** Those to be asked for by themselves: not shown whole by the last reading, or just changed. */
  unshown(all: Followed[]): Followed[]
  /** Milliseconds until there is more to read. */
  wait(): number
  /** What was begun is not to be ended. */
  stop(): void
}

/**
 * Reads a list again and again, from its end down to its beginning, some pages at once. The list is
 * ordered by age, so that a job which is removed moves others towards the beginning, where they are
 * still to be read. One that slips through between two pages is not shown, and so is asked for.
 */
export function createReading(context: Context, looking: Looking): Reading {
  const { clock, watchEvery } = context
  /** `left`: the pages that are still to be read, the next one last. */
  let current = { number: 0, began: -Infinity, left: [] as number[] }
  let through = current

  const begin = (pages: number, isFresh: boolean): void => {
    const now = clock.monotonic()
    const isTime = now >= current.began + watchEvery || (isFresh && pages <= FEW_PAGES)
    if (current.left.length > 0 || !isTime) return
    const left = Array.from({ length: pages }, (_, page) => page)
    current = { number: current.number + 1, began: now, left }
  }

  return {
    pages: Infinity,
    async goOn(all, run) {
      const [first] = all
      begin(
        this.pages,
        all.some(({ isFresh }) => isFresh),
      )
      const { number, left } = current
      const byJob = new Map(all.map((one) => [one.job.id, one]))
      const read = async (page: number): Promise<void> => {
        const found = first && (await readPage(context, first, page, run))
        if (!found) return
        this.pages = found.pages
        for (const job of found.jobs) {
          const followed = byJob.get(job.ref.id)
          if (!followed) continue
          followed.shownIn = number
          await looking.shown(followed, job, run)
        }
      }
      await each(popped(left), AT_ONCE, read, run.goesOn)
      if (left.length === 0) through = current
    },
    unshown(all) {
      const isMissed = ({ since, shownIn, lookedAt }: Followed): boolean =>
        since <= through.began && shownIn < through.number && lookedAt < through.began
      const fresh = this.pages <= FEW_PAGES ? [] : all.filter(({ isFresh }) => isFresh)
      // After a start all are, and the list will show them.
      const first = fresh.length <= MOST_FRESH ? fresh : []
      const missed = all.filter((one) => one.isWanted || isMissed(one))
      missed.sort((a, b) => a.lookedAt - b.lookedAt)
      return [...new Set([...first, ...missed])]
    },
    wait: () => (current.left.length > 0 ? 0 : current.began + watchEvery - clock.monotonic()),
    stop() {
      current = { ...current, left: [] }
    },
  }
}

/** Pages. More than an answer takes at the whole rate, unless DTS is slow. */
const AT_ONCE = 8
/** A list of no more is read at once when a job has changed. */
const FEW_PAGES = 3
const MOST_FRESH = 20

function* popped<Item>(items: Item[]): Generator<Item> {
  for (let item = items.pop(); item !== undefined; item = items.pop()) yield item
}
