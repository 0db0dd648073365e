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
