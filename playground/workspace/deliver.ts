import { randomUUID } from 'node:crypto'
import type { Transport } from './delivery.ts'
import { actorOf, exchangeName } from './exchange-name.ts'
import type { Delivery, Json, Workspace } from './workspace.ts'

/** Sends something to the app and records how that ended. */
export type Deliver = (kind: Delivery['kind'], payload: Json) => Promise<Delivery>

export function deliverer(ws: Workspace, send: Transport['send']): Deliver {
  return async (kind, payload) => {
    const began = performance.now()
    const delivery: Delivery = { kind, payload, ok: false, ms: 0, response: undefined }
    ws.deliveries.push(delivery)
    const name = exchangeName(kind, payload)
    const user = actorOf(payload)
    const end = ws.exchanges.begin({ from: 'slack', name, user, request: payload })
    try {
      delivery.response = await send(kind, payload, randomUUID())
      delivery.ok = true
    } catch (error) {
      delivery.error = error instanceof Error ? error.message : String(error)
    }
    delivery.ms = performance.now() - began
    end(delivery)
    return delivery
  }
}
