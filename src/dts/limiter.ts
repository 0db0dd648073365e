import PQueue from 'p-queue'
import { DtsUnreachable } from './errors.ts'
import type { Trace } from './errors.ts'

/** Somebody who waits for a turn. A person comes before anything in the background. */
export type Waiter = Trace & {
  perSecond: number
  priority: 'person' | 'background'
  signal: AbortSignal
}

export type Limiter = {
  /** Resolves when the call may be made. Rejects with DtsUnreachable, `sent` false, on abort. */
  turn(waiter: Waiter): Promise<void>
  /** Turns everybody away who still waits. */
  close(): void
}

/** Keeps each action within its documented requests a second. */
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
          ? new DtsUnreachable(waiter, { kind: 'timeout', sent: false })
          : new DtsUnreachable(waiter, { kind: 'connection', sent: false, detail: 'closed' })
      }
    },

    close() {
      for (const queue of queues.values()) queue.clear()
    },
  }
}

/** Milliseconds. More than a second, because requests bunch on their way to the server. */
const WINDOW = 1050
