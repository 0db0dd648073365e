/** What happens at a moment. `false`: nothing did, so nobody has anything to go on with. */
type Happening = () => boolean | void

type Entry = { time: number; order: number; run: Happening }

/** Nothing here waits for the real world, so all promises are settled between two immediates. */
const AT_ONCE = 500

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/**
 * Virtual time, in milliseconds since 1970. One thing happens after the other, and everything that
 * waits for it goes on before the next one does. What happens at the same moment keeps its order.
 */
export class Scheduler {
  now = Date.UTC(2026, 0, 5, 9)
  readonly #heap: Entry[] = []
  #order = 0

  after(delay: number, run: Happening): void {
    const entry = { time: this.now + Math.max(0, Math.floor(delay)), order: this.#order++, run }
    let at = this.#heap.push(entry) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = this.#heap[above]
      if (!parent || isBefore(parent, entry)) break
      this.#heap[at] = parent
      at = above
    }
    this.#heap[at] = entry
  }

  sleep(delay: number): Promise<void> {
    return new Promise((resolve) => this.after(delay, () => resolve()))
  }

  async runFor(duration: number): Promise<void> {
    const until = this.now + duration
    while (await this.#turns(until)) continue
    this.now = until
  }

  /** Many turns of the event loop at once, which costs less. Whether there is more to come. */
  #turns(until: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      let isMore = true
      const turn = (): void => {
        try {
          isMore &&= this.#turn(until)
        } catch (error) {
          reject(error)
        }
      }
      for (let n = 0; n < AT_ONCE; n++) setImmediate(turn)
      setImmediate(() => resolve(isMore))
    })
  }

  /** Runs until something has happened: then others go on before the next turn. */
  #turn(until: number): boolean {
    for (let next = this.#heap[0]; next && next.time <= until; next = this.#heap[0]) {
      this.#pop()
      this.now = next.time
      if (next.run() !== false) return true
    }
    return false
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (!last || this.#heap.length === 0) return
    let at = 0
    for (;;) {
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]]
      if (!left) break
      const child = right && isBefore(right, left) ? right : left
      if (isBefore(last, child)) break
      this.#heap[at] = child
      at = child === left ? 2 * at + 1 : 2 * at + 2
    }
    this.#heap[at] = last
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order)
}
