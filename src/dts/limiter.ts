import { systemClock } from '../clock.ts'
import { DtsUnreachableError } from './errors.ts'
import type { Trace } from './errors.ts'

/**
 * Who goes first: a person, then the background. `steady` is for what never ends: it goes last, evenly
 * spread over nine tenths of the rate.
 */
export type Priority = 'person' | 'background' | 'steady'

/** A call that waits for its turn. */
export type Waiter = Trace & { perSecond: number; priority: Priority; signal: AbortSignal }

export type Limiter = {
  /** Resolves when the call may be sent. Rejects with DtsUnreachableError, `sent` false, on abort. */
  turn(waiter: Waiter): Promise<void>
  /** Rejects every call that still waits, and every later one. */
  close(): void
}

/** Keeps each action within its documented rate limit. */
export function createLimiter(): Limiter {
  const lines = new Map<string, Line>()
  let isClosed = false
  return {
    turn(waiter) {
      if (isClosed) return Promise.reject(closed(waiter))
      const { action, perSecond } = waiter
      const line = lines.get(action) ?? new Line(perSecond)
      lines.set(action, line)
      return line.turn(waiter)
    },
    close() {
      isClosed = true
      for (const line of lines.values()) line.close()
    },
  }
}

/** Milliseconds. More than a second, because requests can bunch up on their way to the server. */
const WINDOW = 1050
const STEADY_SHARE = 0.9

type Waiting = { waiter: Waiter; go: () => void; fail: (error: DtsUnreachableError) => void }

/** The calls of one action. */
class Line {
  readonly #perSecond: number
  readonly #waiting: Record<Priority, Set<Waiting>> = {
    person: new Set(),
    background: new Set(),
    steady: new Set(),
  }
  /** When the last `perSecond` calls went, oldest first. */
  readonly #gone: number[] = []
  /** When the next steady call may go. */
  #steadyAt = 0
  #timer: NodeJS.Timeout | undefined

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  turn(waiter: Waiter): Promise<void> {
    const { signal, priority } = waiter
    if (signal.aborted) return Promise.reject(timeout(waiter))
    if (this.#isNext(priority) && this.#wait(priority) <= 0) {
      this.#leave(priority)
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const line = this.#waiting[priority]
      const giveUp = (): void => leave(() => reject(timeout(waiter)))
      const leave = (settle: () => void): void => {
        line.delete(waiting)
        signal.removeEventListener('abort', giveUp)
        settle()
      }
      const fail = (error: DtsUnreachableError): void => leave(() => reject(error))
      const waiting = { waiter, go: () => leave(resolve), fail }
      line.add(waiting)
      signal.addEventListener('abort', giveUp)
      this.#setTimer()
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const line of Object.values(this.#waiting)) {
      for (const { waiter, fail } of line) fail(closed(waiter))
    }
  }

  /** Whether a call of that kind would be the next to go. */
  #isNext(priority: Priority): boolean {
    const { person, background, steady } = this.#waiting
    if (person.size > 0 || (priority !== 'person' && background.size > 0)) return false
    return priority !== 'steady' || steady.size === 0
  }

  /** Milliseconds until a call of that kind may go. */
  #wait(priority: Priority): number {
    const now = systemClock.monotonic()
    const [oldest] = this.#gone
    const isFull = oldest !== undefined && this.#gone.length === this.#perSecond
    const wait = isFull ? oldest + WINDOW - now : 0
    return priority === 'steady' ? Math.max(wait, this.#steadyAt - now) : wait
  }

  #leave(priority: Priority): void {
    const now = systemClock.monotonic()
    if (this.#gone.push(now) > this.#perSecond) this.#gone.shift()
    if (priority !== 'steady') return
    const gap = WINDOW / (this.#perSecond * STEADY_SHARE)
    // A timer rings late now and then: at most one gap is made up for.
    this.#steadyAt = Math.max(this.#steadyAt, now - gap) + gap
  }

  #next(): Waiting | undefined {
    for (const line of Object.values(this.#waiting)) for (const waiting of line) return waiting
    return undefined
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    const priority = this.#next()?.waiter.priority
    if (!priority) return
    this.#timer = setTimeout(() => this.#letGo(), Math.max(0, Math.ceil(this.#wait(priority))))
  }

  #letGo(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const { priority } = next.waiter
      if (this.#wait(priority) > 0) break
      this.#leave(priority)
      next.go()
    }
    this.#setTimer()
  }
}

function timeout(waiter: Waiter): DtsUnreachableError {
  return new DtsUnreachableError(waiter, { kind: 'timeout', sent: false })
}

function closed(waiter: Waiter): DtsUnreachableError {
  return new DtsUnreachableError(waiter, { kind: 'connection', sent: false, detail: 'closed' })
}
