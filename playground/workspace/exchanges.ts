import type { Exchange, FullExchange } from '../page/world.ts'
import { mask } from './mask.ts'

type Begun = Pick<Exchange, 'from' | 'name' | 'user'> & { request: unknown }
type Ended = { ok: boolean; error?: string | undefined; response: unknown }

const KEPT = 300

/** What went over the wire last, secrets masked, for people to look at. */
export type Exchanges = {
  /** Call the answer when the exchange is over. */
  begin(what: Begun): (how: Ended) => void
  find(id: number): FullExchange | undefined
  /** The newest last. */
  list(): Exchange[]
}

export function createExchanges(changed: () => void): Exchanges {
  const kept: { shown: Exchange; request: unknown; response: unknown }[] = []
  let lastId = 0
  return {
    begin({ request, ...what }) {
      const began = performance.now()
      const shown: Exchange = { id: ++lastId, at: Date.now(), ...what }
      const one = { shown, request: mask(request), response: undefined as unknown }
      kept.push(one)
      if (kept.length > KEPT) kept.shift()
      changed()
      return ({ ok, error, response }) => {
        Object.assign(shown, { ok, ms: Math.round(performance.now() - began) })
        if (error) shown.error = error
        one.response = mask(response)
        changed()
      }
    },
    find(id) {
      const one = kept.find(({ shown }) => shown.id === id)
      return one && { ...one.shown, request: one.request, response: one.response }
    },
    list: () => kept.map(({ shown }) => shown),
  }
}
