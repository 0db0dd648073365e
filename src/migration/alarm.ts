/** What people are told when a job that is watched needs somebody: once, until it is over. */
import type { Look } from '../dts/job.ts'
import type { Alarm, Watch } from './migration.ts'
import { between } from './times.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Milliseconds without any progress. */
const STALLED = 30 * MINUTE
/** Seconds of lag: an alarm begins at the first, if it doubled, and is over below the second. */
const LAGGING = 300
const CAUGHT_UP = 60

/** The alarm that a look raises; undefined where nothing new is to be said. */
export function raised(watch: Watch, look: Look): Alarm | undefined {
  const is = begins(watch, look)
  const { alarm } = watch
  return is && (is !== alarm?.is || isDue(alarm, look)) ? { is, at: look.at } : undefined
}

function begins({ movedAt, statusSince, pace }: Watch, look: Look): Alarm['is'] | undefined {
  const { status, secondsBehind = 0, at } = look
  const before = pace?.[0]?.secondsBehind
  const isRising = before !== undefined && secondsBehind >= LAGGING && secondsBehind >= 2 * before
  if (status !== 'running' && status !== 'readyComplete') return undefined
  if (isRising) return 'lagging'
  if (status === 'running')
    return movedAt && between(movedAt, at) >= STALLED ? 'stalled' : undefined
  return statusSince && between(statusSince, at) >= DAY ? 'waiting' : undefined
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
    case 'waiting':
      return look.status === 'readyComplete'
  }
}
