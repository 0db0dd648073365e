import type { Store } from '../../src/store/store.ts'
import type { Machine } from './machine.ts'

/** What a bot wrote down before a call: for which request, and when, truly and by its clock. */
export type Attempt = { migration: string; request: number; at: number; monotonic: number }

/** The store, which notes the attempts that a bot writes down, by the id of their job. */
export function notingAttempts(
  store: Store,
  { clock, trueNow }: Machine,
  attempts: Map<string, Attempt>,
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
        }),
      ),
  }
}
