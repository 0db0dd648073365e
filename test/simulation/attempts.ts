import type { Store } from '../../src/store/store.ts'
import type { WrittenLooks } from './looks.ts'
import type { Machine } from './machine.ts'

/** What a bot wrote down before a call: for which request, and when, truly and by its clock. */
export type Attempt = { migration: string; request: number; at: number; monotonic: number }

/**
 * The store, which notes what a bot writes down: attempts, by the id of their job, and looks.
 */
export function notingWrites(
  store: Store,
  { clock, trueNow }: Machine,
  attempts: Map<string, Attempt>,
  looks: WrittenLooks,
): Store {
  return {
    ...store,
    transact: (work) =>
      store.transact((tx) =>
        work({
          ...tx,
          append: (after, at, event, news) => {
            if (event.type === 'attempted') {
              const request = after.order?.request ?? 0
              const when = { at: trueNow(), monotonic: clock.monotonic() }
              attempts.set(after.job.id, { migration: after.id, request, ...when })
            }
            return tx.append(after, at, event, news)
          },
          save: (m, at) => {
            looks.note(m, trueNow())
            return tx.save(m, at)
          },
        }),
      ),
  }
}
