import { randomUUID } from 'node:crypto'
import { type Transport, Unacknowledged } from './delivery.ts'
import { actorOf, exchangeName } from './exchange-name.ts'
import type { Delivery } from './records.ts'
import type { Json, Workspace } from './workspace.ts'

/** Sends a payload to the app and records the outcome. `again` is an earlier delivery of it. */
export type Deliver = (
  kind: Delivery['kind'],
  payload: Json,
  again?: Pick<Delivery, 'id' | 'retry'>,
) => Promise<Delivery>

/** Keeps a copy of the payload, since people go on typing. */
export function deliverer(ws: Workspace, send: Transport['send']): Deliver {
  return async (kind, said, again) => {
    const payload = structuredClone(said)
    const began = performance.now()
    const id = again?.id ?? randomUUID()
    const retry = again?.retry ? { retry: again.retry } : {}
    const delivery: Delivery = {
      id,
      kind,
      at: ws.now(),
      payload,
      ok: false,
      ms: 0,
      response: undefined,
      ...retry,
    }
    ws.deliveries.push(delivery)
    const name = exchangeName(kind, payload)
    const user = actorOf(payload)
    const end = ws.exchanges.begin({ from: 'slack', name, user, request: payload })
    try {
      delivery.response = await send(delivery)
      delivery.ok = true
    } catch (error) {
      if (!(error instanceof Unacknowledged)) throw error
      delivery.error = error.message
      delivery.reason = error.reason
    }
    delivery.ms = performance.now() - began
    end(delivery)
    return delivery
  }
}
