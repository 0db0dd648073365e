import type { Json } from './workspace.ts'

/** How the next calls of a method fail. */
export type Fault = {
  /** An `ok: false` answer with this error. */
  error?: string | undefined
  /** An HTTP status instead of an answer. */
  status?: 429 | 500 | undefined
  /** An `ok: true` answer with this in it and nothing else. */
  answer?: Json
  /** Seconds, with status 429. */
  retryAfter?: number | undefined
  delayMs?: number | undefined
  /** `after`: the call takes effect and its answer is lost. */
  when?: 'before' | 'after' | undefined
  /** Never answer. */
  hang?: boolean | undefined
  /** Only calls with this argument, such as a channel or a person. */
  about?: string
  times: number
}

export type Faults = {
  /** `*` is any method. */
  add(method: string, fault: Fault): void
  /** All, or those about this alone. */
  clear(about?: string): void
  next(method: string, args: Record<string, unknown>): Fault | undefined
  /** How many calls will still fail. */
  waiting(): number
}

export function createFaults(): Faults {
  const faults = new Map<string, Fault[]>()
  return {
    add: (method, fault) => void faults.set(method, [...(faults.get(method) ?? []), { ...fault }]),
    clear(about) {
      for (const [method, waiting] of faults) {
        faults.set(method, about === undefined ? [] : waiting.filter((one) => one.about !== about))
      }
    },
    next(method, args) {
      const given = Object.values(args)
      const meant = [...(faults.get(method) ?? []), ...(faults.get('*') ?? [])]
      const fault = meant.find(
        ({ times, about }) => times > 0 && (about === undefined || given.includes(about)),
      )
      if (fault) fault.times -= 1
      return fault
    },
    waiting: () => [...faults.values()].flat().reduce((sum, { times }) => sum + times, 0),
  }
}
