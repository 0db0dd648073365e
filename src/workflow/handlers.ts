import type { Handlers } from '../store/store.ts'
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
    expire: async (key) => {
      const { id, request } = parseExpiryKey(key)
      await dispatch(id, { type: 'expired', request })
    },
  }
}

/** Begins to work, in one life of a bot. */
export async function beginWork(context: Context, dispatch: Dispatch): Promise<void> {
  const { store, log } = context
  await store.work(handlers(context, dispatch))
  // An alarm of an earlier run may be lost in a future that its clock made up.
  await store
    .transact((tx) => tx.send({ queue: 'watch', key: 'all' }))
    .catch((err: unknown) => log.error({ err }, 'watcher not woken'))
}
