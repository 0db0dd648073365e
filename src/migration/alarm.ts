/** What people are told when a job that is watched needs somebody: once, until it is over. */
import { type JobStatus, type Look, isRetriable } from '../dts/job.ts'
import type { Alarm, Watch } from './migration.ts'
import { between } from './times.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Milliseconds without any progress. */
const STALLED = 30 * MINUTE
/** Seconds of lag: an alarm begins at the first, if it doubled, and is over below the second. */
const LAGGING = 300
const CAUGHT_UP = 60
/** Milliseconds before a timed job runs: late enough to know, early enough to do something. */
const SOON = 10 * MINUTE
const WAITING: JobStatus[] = ['checkPass', 'readyRun']

/**
 * The alarm that a look raises; undefined where nothing new is to be said. `isChanged`: the job is not
 * what people approved.
 */
export function raised(watch: Watch, look: Look, isChanged: boolean): Alarm | undefined {
  const is = isChanged && isAboutToRun(watch, look) ? 'changed' : begins(watch, look)
  const { alarm } = watch
  return is && (is !== alarm?.is || isDue(alarm, look)) ? { is, at: look.at } : undefined
}

/** DTS accepted the start of a timed job, and its time is near. */
export function isAboutToRun(
  { accepted }: Pick<Watch, 'accepted'>,
  { status, expectedAt, at }: Look,
): boolean {
  if (accepted?.operation !== 'start' || !WAITING.includes(status) || !expectedAt) return false
  return between(at, expectedAt) <= SOON
}

function begins({ movedAt, statusSince, pace }: Watch, look: Look): Alarm['is'] | undefined {
  const { status, secondsBehind = 0, at } = look
  const before = pace?.[0]?.secondsBehind
  const isRising = before !== undefined && secondsBehind >= LAGGING && secondsBehind >= 2 * before
  if (isBroken(look)) return 'broken'
  if (status !== 'running' && status !== 'readyComplete') return undefined
  if (isRising) return 'lagging'
  if (status === 'running')
    return movedAt && between(movedAt, at) >= STALLED ? 'stalled' : undefined
  return statusSince && between(statusSince, at) >= DAY ? 'waiting' : undefined
}

function isBroken(look: Look): boolean {
  return look.status === 'error' || look.status === 'resumableError' || isRetriable(look)
}

/** A job that waits for its cutover costs money: people hear so every day. */
function isDue({ is, at }: Alarm, look: Look): boolean {
  return is === 'waiting' && between(at, look.at) >= DAY
}

/** Whether what people were told is still so. */
export function lasts({ is }: Alarm, { movedAt }: Watch, look: Look): boolean {
  switch (is) {
    case 'stalled':
      return look.status === 'running' && movedAt !== look.at
    case 'lagging':
      return (look.secondsBehind ?? 0) >= CAUGHT_UP
    case 'broken':
      return isBroken(look)
    case 'changed':
      return WAITING.includes(look.status)
    case 'waiting':
      return look.status === 'readyComplete'
  }
}
