import type { JobStatus } from '../../dts/job.ts'
import type { Followed } from './followed.ts'

const MINUTE = 60_000

type Moments = Pick<
  Followed,
  'isDelicate' | 'status' | 'begunAt' | 'movedAt' | 'statusSince' | 'expectedAt'
>

/**
 * Milliseconds between two looks at a job that is asked for by itself, where `base` is the rule: half
 * of it near an end and after an operation, more where nothing moved for long.
 */
export function lookEvery(followed: Moments, now: number, base: number): number {
  if (isBusy(followed, now)) return base / 2
  return now - followed.movedAt >= LONG ? Math.max(base, Math.min(SLOW * base, MINUTE)) : base
}

const SLOW = 4
const LONG = 30 * MINUTE
const SOON = 5 * MINUTE

function isBusy(followed: Moments, now: number): boolean {
  const { isDelicate, status, begunAt, statusSince, expectedAt } = followed
  if (isDelicate || (status && PASSING.includes(status))) return true
  if (status === 'readyComplete' && now - statusSince < SOON) return true
  return now - begunAt < SOON || Math.abs(expectedAt - now) < SOON
}

/** These are over within minutes. */
const PASSING: JobStatus[] = ['completing', 'stopping', 'pausing', 'resuming']
