import { z } from 'zod'

import { parseInput } from './bad-input.ts'
import type { JobSpec } from './job.ts'

/** A kind of job that shows a certain story. */
export type Sample = z.infer<typeof sample>

const sample = z.strictObject({
  database: z.enum(['mysql', 'redis', 'mongodb', 'postgresql']),
  story: z.enum(['immediate', 'timed', 'running', 'notChecked', 'failsCheck', 'failsHalfWay']),
})

const MINUTE = 60_000

/** A job of that database for that story; throws BadInput. */
export function sampleJob(input: unknown): JobSpec {
  const { database, story } = parseInput(sample, input)
  return {
    name: `${database}-${NAMES[story]}`,
    source: { database },
    target: { database },
    durationMs: 3 * MINUTE,
    ...specOf(story),
  }
}

const NAMES: Record<Sample['story'], string> = {
  immediate: 'at-once',
  timed: 'in-a-quarter-of-an-hour',
  running: 'under-way',
  notChecked: 'not-checked-yet',
  failsCheck: 'will-fail-its-check',
  failsHalfWay: 'will-fail-half-way',
}

function specOf(story: Sample['story']): JobSpec {
  switch (story) {
    case 'immediate':
      return {}
    case 'timed':
      return { expectInMs: 15 * MINUTE }
    case 'running':
      return { status: 7 }
    case 'notChecked':
      return { status: 1 }
    case 'failsCheck':
      return { status: 1, checkFails: { message: 'CheckPrivilege: a grant is missing' } }
    case 'failsHalfWay':
      return { fails: { at: 0.5, code: 'ImportError', message: "the target's disk is full" } }
  }
}
