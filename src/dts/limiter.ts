import PQueue from 'p-queue'
import { DtsUnreachableError } from './errors.ts'
import type { Trace } from './errors.ts'

/** A call that waits for its turn. A person's calls go first. */
export type Waiter = Trace & {
  perSecond: number
  priority: 'person' | 'background'
  signal: AbortSignal
}

export type Limiter = {
  /** Resolves when the call may be sent. Rejects with DtsUnreachableError, `sent` false, on abort. */
  turn(waiter: Waiter): Promise<void>
  /** Rejects every call that still waits. */
  close(): void
}

/** Keeps each action within its documented rate limit. */
export function createLimiter(): Limiter {
  const queues = new Map<string, PQueue>()

  function queueFor({ action, perSecond }: Waiter): PQueue {
    const known = queues.get(action)
    if (known) return known

    const queue = new PQueue({ interval: WINDOW, intervalCap: perSecond, strict: true })
    queues.set(action, queue)
    return queue
  }

  return {
    async turn(waiter) {
      const priority = waiter.priority === 'person' ? 1 : 0
      try {
        await queueFor(waiter).add(() => {}, { priority, signal: waiter.signal })
      } catch {
        throw waiter.signal.aborted
          ? new DtsUnreachableError(waiter, { kind: 'timeout', sent: false })
          : new DtsUnreachableError(waiter, { kind: 'connection', sent: false, detail: 'closed' })
      }
    },

    close() {
      for (const queue of queues.values()) queue.clear()
    },
  }
}

/** Milliseconds. More than a second, because requests can bunch up on their way to the server. */
const WINDOW = 1050
