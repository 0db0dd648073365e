import type { Json } from './workspace.ts'

/** What goes wrong with the next calls of a method. */
export type Fault = {
  /** An `ok: false` answer with this error. */
  error?: string
  /** An HTTP status instead of an answer. */
  status?: 429 | 500
  /** An `ok: true` answer with this in it and nothing else. */
  answer?: Json
  /** Seconds, with status 429. */
  retryAfter?: number
  delayMs?: number
  /** `after`: the call takes effect and its answer is lost. */
  when?: 'before' | 'after'
  /** Never answer. */
  hang?: boolean
  times: number
}

export type Faults = {
  add(method: string, fault: Fault): void
  clear(): void
  next(method: string): Fault | undefined
}

export function createFaults(): Faults {
  const faults = new Map<string, Fault[]>()
  return {
    add: (method, fault) => void faults.set(method, [...(faults.get(method) ?? []), { ...fault }]),
    clear: () => faults.clear(),
    next(method) {
      const fault = faults.get(method)?.find(({ times }) => times > 0)
      if (fault) fault.times -= 1
      return fault
    },
  }
}
