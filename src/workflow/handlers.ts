import { isComparing } from '../migration/compare.ts'
import { isWatched, openRequest } from '../migration/migration.ts'
import type { Handlers, Store } from '../store/store.ts'
import { compare } from './compare.ts'
import type { Context, Dispatch } from './context.ts'
import { parseExpiryKey } from './dispatch.ts'
import { publish } from './publish.ts'
import { send } from './send.ts'
import { createWatch } from './watch.ts'

/** One handler for each queue. Each may run twice, so each looks before it acts. */
export function handlers(context: Context, dispatch: Dispatch): Handlers {
  return {
    publish: (id) => publish(context, dispatch, id),
    send: (id) => send(context, dispatch, id),
    watch: createWatch(context, dispatch),
    compare: (id) => compare(context, dispatch, id),
    expire: async (key) => {
      const { id, request } = parseExpiryKey(key)
      await dispatch(id, { type: 'expired', request })
    },
  }
}

/** Begins to work, in one life of a bot, and logs what there is to do. */
export async function beginWork(context: Context, dispatch: Dispatch): Promise<void> {
  const { store, log } = context
  await store.work(handlers(context, dispatch))
  // An alarm of an earlier run may be lost in a future that its clock made up.
  await wake(store).catch((err: unknown) => log.error({ err }, 'watcher not woken'))
  await logResumed(context).catch((err: unknown) => log.error({ err }, 'open work not counted'))
}

async function wake(store: Store): Promise<void> {
  const live = (await store.live()).map((row) => row.migration)
  const comparing = live.filter((m) => isWatched(m) && isComparing(m.watch))
  await store.transact(async (tx) => {
    await tx.send({ queue: 'watch', key: 'all' })
    for (const { id } of comparing) await tx.send({ queue: 'compare', key: id })
  })
}

async function logResumed({ store, log }: Context): Promise<void> {
  const live = (await store.live()).map((row) => row.migration)
  const requests = live.filter((m) => openRequest(m)).length
  const orders = live.filter((m) => m.order).length
  const watched = live.filter(isWatched).length
  log.info({ requests, orders, watched }, 'work resumed')
}
