import type { Snapshot } from '../../../dts/job.ts'
import { type Line, moment, outside } from '../../rich.ts'

/** `2 h 14 min`, `45 s`. Never negative. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** In the reader's time and in the words of DTS, which speaks Beijing time. */
export function atTime({ expectTime, expectedAt }: Expected): Line {
  if (!expectTime) return ['at a time that DTS does not report']
  const raw: Line = [outside(expectTime), ' Beijing time (UTC+8)']
  return expectedAt ? ['at ', moment(expectedAt), ' (', ...raw, ')'] : ['at ', ...raw]
}

/** When a timed job is to run, raw and as ISO in UTC. */
export type Expected = Pick<Snapshot, 'expectTime' | 'expectedAt'>
