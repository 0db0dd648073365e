import type { Entry, Marked, Row, Store } from '../../src/store/store.ts'

/** What was read, until somebody writes: reading it again would give the same. For all bots. */
export class Reads {
  readonly #rows = new Map<string, Row | undefined>()
  readonly #entries = new Map<string, Entry[]>()
  #watched: Marked[] | undefined
  #writes = 0

  /** The store, which reads only what may have changed. */
  of(store: Store): Store {
    const writes = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
      this.#wrote(id)
      const result = await work()
      this.#wrote(id)
      return result
    }
    return {
      ...store,
      row: (id) => this.#read(this.#rows, id, () => store.row(id)),
      undelivered: (id) => this.#read(this.#entries, id, () => store.undelivered(id)),
      watched: async (since) => {
        if (this.#watched && since === undefined) return this.#watched
        const before = this.#writes
        const watched = await store.watched(since)
        if (since !== undefined) return watched
        if (before === this.#writes) this.#watched = watched
        return watched
      },
      posting: (id, ...rest) => writes(id, () => store.posting(id, ...rest)),
      delivered: (id, ...rest) => writes(id, () => store.delivered(id, ...rest)),
      saveCard: (id, card) => writes(id, () => store.saveCard(id, card)),
      drawing: (id, ...rest) => writes(id, () => store.drawing(id, ...rest)),
      drawn: (id, hash) => writes(id, () => store.drawn(id, hash)),
      transact: async (work) => {
        const ids: string[] = []
        const result = await store.transact((tx) =>
          work({
            ...tx,
            insert: (m, ...rest) => {
              ids.push(m.id)
              return tx.insert(m, ...rest)
            },
            save: (m, at) => {
              ids.push(m.id)
              return tx.save(m, at)
            },
          }),
        )
        for (const id of ids) this.#wrote(id)
        return result
      },
    }
  }

  async #read<T>(known: Map<string, T>, id: string, read: () => Promise<T>): Promise<T> {
    const found = known.get(id)
    if (found !== undefined) return found
    const before = this.#writes
    const value = await read()
    if (before === this.#writes) known.set(id, value)
    return value
  }

  #wrote(id: string): void {
    this.#writes++
    this.#rows.delete(id)
    this.#entries.delete(id)
    this.#watched = undefined
  }
}
