import { z } from 'zod'

import { parseInput } from './bad-input.ts'
import { VERSIONS } from './version.ts'

/**
 * How calls fail, which calls and how often. With `after: true` the call takes effect first. Only calls
 * with a good signature count.
 */
export type FaultInput = z.input<typeof faultSchema>
export type Fault = z.output<typeof faultSchema>

/** Faults that wait for their calls. */
export type FaultQueue = {
  /** Throws BadInput. */
  add(fault: FaultInput): void
  /** The oldest fault for this call; uses it up once. */
  take(call: Aimed): Fault | undefined
  /** All, or those meant for this job alone. */
  clear(jobId?: string): void
  list(): readonly Fault[]
}

type Aimed = { version: string; action: string; jobId: string | null }

export function faultQueue(): FaultQueue {
  let waiting: Fault[] = []

  return {
    add(fault) {
      waiting.push(parseInput(faultSchema, fault))
    },
    take(call) {
      const fault = waiting.find((one) => isFor(one, call))
      if (fault) fault.times -= 1
      waiting = waiting.filter(({ times }) => times > 0)
      return fault
    },
    clear(jobId) {
      waiting = jobId === undefined ? [] : waiting.filter((one) => one.jobId !== jobId)
    },
    list: () => waiting,
  }
}

function isFor(fault: Fault, call: Aimed): boolean {
  return (['version', 'action', 'jobId'] as const).every(
    (aspect) => fault[aspect] === undefined || fault[aspect] === call[aspect],
  )
}

/** For which calls; a `jobId` does not match a listing that names no job. */
const aim = {
  version: z.enum(VERSIONS).optional(),
  action: z.string().optional(),
  jobId: z.string().optional(),
  times: z.int().min(1).default(1),
}
const after = { after: z.boolean().default(false) }
const ms = { ms: z.number().min(0).max(600_000) }

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    code: z.string().min(1),
    message: z.string().optional(),
    ...after,
    ...aim,
  }),
  /** The connection is held open until the caller gives up. */
  z.strictObject({ kind: z.literal('timeoutBefore'), ...aim }),
  z.strictObject({ kind: z.literal('timeoutAfter'), ...aim }),
  z.strictObject({ kind: z.literal('resetBefore'), ...aim }),
  z.strictObject({ kind: z.literal('resetAfter'), ...aim }),
  /** Something in between answers: a page with a status of its own. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.union([z.literal(500), z.literal(502)]),
    html: z.string().default('<html><body><h1>Bad Gateway</h1></body></html>'),
    ...after,
    ...aim,
  }),
  z.strictObject({ kind: z.literal('html200'), ...after, ...aim }),
  /** Half of the JSON, in a complete HTTP message. */
  z.strictObject({ kind: z.literal('truncated'), ...after, ...aim }),
  z.strictObject({ kind: z.literal('empty'), ...after, ...aim }),
  /** The answer's fields with texts for numbers, numbers for texts, and so on. */
  z.strictObject({ kind: z.literal('wrongTypes'), ...after, ...aim }),
  /** A well-formed answer that is far too long. */
  z.strictObject({
    kind: z.literal('huge'),
    bytes: z
      .int()
      .min(1)
      .max(1e9)
      .default(64 * 1024 * 1024),
    ...after,
    ...aim,
  }),
  /** The honest answer, a byte at a time over so many real milliseconds. */
  z.strictObject({ kind: z.literal('slowDrip'), ...ms, ...aim }),
  /** The honest answer so many real milliseconds late. The call is made even if nobody waits. */
  z.strictObject({ kind: z.literal('delay'), ...ms, ...after, ...aim }),
])
