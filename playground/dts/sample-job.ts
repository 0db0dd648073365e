import { z } from 'zod'

import { parseInput } from './bad-input.ts'
import type { JobSpec } from './job.ts'
import { VERSIONS } from './version.ts'

/** A kind of job that shows a certain story. */
export type Sample = z.infer<typeof sample>

const sample = z.strictObject({
  database: z.enum(['mysql', 'redis', 'mongodb', 'postgresql']),
  story: z.enum([
    'immediate',
    'timed',
    'running',
    'notChecked',
    'failsCheck',
    'skippableCheck',
    'failsHalfWay',
    'resumableHalfWay',
    'paused',
    'differs',
  ]),
  knownTo: z.array(z.enum(VERSIONS)).min(1).optional(),
})

const MINUTE = 60_000

/** A job of that database for that story; throws BadInput. */
export function sampleJob(input: unknown): JobSpec {
  const { database, story, knownTo } = parseInput(sample, input)
  return {
    name: `${database}-${NAMES[story]}`,
    source: { database },
    target: { database },
    durationMs: 3 * MINUTE,
    ...(knownTo && { knownTo }),
    ...specOf(story),
  }
}

const NAMES: Record<Sample['story'], string> = {
  immediate: 'at-once',
  timed: 'in-a-quarter-of-an-hour',
  running: 'under-way',
  notChecked: 'not-checked-yet',
  failsCheck: 'will-fail-its-check',
  skippableCheck: 'has-a-check-item-to-skip',
  failsHalfWay: 'will-fail-half-way',
  resumableHalfWay: 'will-break-half-way',
  paused: 'is-paused',
  differs: 'differs-from-its-source',
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
    case 'skippableCheck':
      return { status: 1, checkItems: SOME_CHECK_ITEMS }
    case 'failsHalfWay':
      return { fails: FULL_DISK }
    case 'resumableHalfWay':
      return { fails: { ...FULL_DISK, resumable: true } }
    case 'paused':
      return { status: 'manualPaused' }
    case 'differs':
      return { status: 8, compare: { ends: 'different' } }
  }
}

const FULL_DISK = { at: 0.5, code: 'ImportError', message: "the target's disk is full" }

const SOME_CHECK_ITEMS: JobSpec['checkItems'] = [
  {
    step: 'SrcPrivilegeCheck',
    result: 'warning',
    message: 'the account may do more than it needs',
  },
  { step: 'OptimizeCheck', message: 'no slow query log on the source', skippable: true },
]
