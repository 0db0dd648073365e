/** How fast a job goes, from one look a minute of the last half hour. */
import type { Look } from '../dts/job.ts'
import type { Sample } from './migration.ts'
import { between } from './times.ts'

const MINUTE = 60_000
const WINDOW = 30 * MINUTE

/** The samples after a look, oldest first. */
export function paced(samples: Sample[] | undefined, look: Look): Sample[] {
  const { at, percent, secondsBehind } = look
  const past = (samples ?? []).filter((one) => one.at < at && between(one.at, at) <= WINDOW)
  const last = past.at(-1)
  if (last && between(last.at, at) < MINUTE) return past
  return [...past, { at, percent, secondsBehind }]
}

/** Milliseconds: how long the rest takes at the speed of the last `over`. */
export type Estimate = { left: number; over: number }

const LEAST_TIME = 10 * MINUTE
const LEAST_PERCENT = 3
/** By how much the two halves of the window may differ in speed. */
const STEADY = 2

/** Undefined unless it can be defended: enough was seen, and the job went at about one speed. */
export function estimate(samples: Sample[] | undefined, look: Look): Estimate | undefined {
  const { status, percent, at } = look
  const [first] = samples ?? []
  if (status !== 'running' || percent === undefined || first?.percent === undefined)
    return undefined
  const over = between(first.at, at)
  const done = percent - first.percent
  if (over < LEAST_TIME || done < LEAST_PERCENT) return undefined
  const middle = samples?.findLast((one) => between(first.at, one.at) <= over / 2)
  if (middle?.percent === undefined) return undefined
  const firstHalf = (middle.percent - first.percent) / Math.max(1, between(first.at, middle.at))
  const secondHalf = (percent - middle.percent) / Math.max(1, between(middle.at, at))
  if (firstHalf > STEADY * secondHalf || secondHalf > STEADY * firstHalf) return undefined
  return { left: ((100 - percent) / done) * over, over }
}

export type Trend = 'rising' | 'falling' | 'steady'

/** Seconds of lag that are no trend yet. */
const NOISE = 5

/** How the lag changed within the window; undefined where too little is known. */
export function trendOf(samples: Sample[] | undefined, look: Look): Trend | undefined {
  const [first] = samples ?? []
  const [was, is] = [first?.secondsBehind, look.secondsBehind]
  if (!first || was === undefined || is === undefined) return undefined
  if (between(first.at, look.at) < 2 * MINUTE) return undefined
  if (Math.abs(is - was) < Math.max(NOISE, was / 10)) return 'steady'
  return is > was ? 'rising' : 'falling'
}
