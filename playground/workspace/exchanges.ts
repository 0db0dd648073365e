import { mask } from './mask.ts'

/** Something sent to the bot and its acknowledgement, or a call of the bot and its answer. */
export type Exchange = {
  id: number
  /** Milliseconds since 1970. */
  at: number
  from: 'slack' | 'bot'
  name: string
  user?: string
  /** Absent while it is under way. */
  ms?: number
  ok?: boolean
  error?: string
  request: unknown
  response?: unknown
}

type Begun = Pick<Exchange, 'from' | 'name' | 'request'> & { user?: string }
type Ended = { ok: boolean; error?: string | undefined; response: unknown }

const KEPT = 300

/** What went over the wire last, secrets masked, for people to look at. */
export type Exchanges = {
  /** Call the answer when the exchange is over. */
  begin(what: Begun): (how: Ended) => void
  find(id: number): Exchange | undefined
  /** The newest last. */
  list(): readonly Exchange[]
}

export function createExchanges(changed: () => void): Exchanges {
  const kept: Exchange[] = []
  let lastId = 0
  return {
    begin(what) {
      const began = performance.now()
      const exchange: Exchange = {
        id: ++lastId,
        at: Date.now(),
        ...what,
        request: mask(what.request),
      }
      kept.push(exchange)
      if (kept.length > KEPT) kept.shift()
      changed()
      return ({ ok, error, response }) => {
        exchange.ms = Math.round(performance.now() - began)
        exchange.ok = ok
        if (error) exchange.error = error
        exchange.response = mask(response)
        changed()
      }
    },
    find: (id) => kept.find((one) => one.id === id),
    list: () => kept,
  }
}
