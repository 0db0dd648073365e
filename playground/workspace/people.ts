import type { Transport } from './delivery.ts'
import { type Elsewhere, elsewhere } from './people-elsewhere.ts'
import { deliverer } from './deliver.ts'
import { type InForms, inForms } from './people-forms.ts'
import { type InChannels, inChannels } from './people-channels.ts'
import type { Delivery } from './records.ts'
import type { World } from './world.ts'

/**
 * What people do. Each resolves when the bot acknowledged it or ran out of time; each throws for what
 * Slack's own client would not let a person do.
 */
export type People = InChannels &
  InForms &
  Elsewhere & {
    /** Delivers the same payload again; the bot's answer has no effect. */
    redeliver(delivery: Pick<Delivery, 'id' | 'kind' | 'payload' | 'retry'>): Promise<Delivery>
  }

export function createPeople(world: World, send: Transport['send']): People {
  const deliver = deliverer(world.ws, send)
  return {
    ...inChannels(world, deliver),
    ...inForms(world, deliver),
    ...elsewhere(world, deliver),
    redeliver: ({ id, kind, payload, retry }) => {
      const next = { num: (retry?.num ?? 0) + 1, reason: 'http_timeout' }
      return deliver(kind, payload, { id, ...(kind === 'events_api' ? { retry: next } : {}) })
    },
  }
}
