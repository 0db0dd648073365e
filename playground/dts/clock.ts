import { performance } from 'node:perf_hooks'

import { BadInput } from './bad-input.ts'

/** Milliseconds since 1970. */
export type Clock = { now(): number }

/** A clock that starts at the real time and can run faster. Speed 0 stands still until `skip`. */
export type PretendClock = Clock & {
  readonly speed: number
  /** 1 is real time, up to 10,000; throws BadInput. */
  setSpeed(speed: number): void
  /** Up to 1e11, some three years; throws BadInput. */
  skip(ms: number): void
}

const FASTEST = 10_000
const FARTHEST_MS = 1e11

/** Runs on the machine's monotonic timer, so a corrected wall clock never turns it back. */
export function pretendClock(): PretendClock {
  let base = Date.now()
  let since = performance.now()
  let factor = 1

  const now = () => Math.floor(base + (performance.now() - since) * factor)
  const restartAt = (ms: number) => {
    base = ms
    since = performance.now()
  }

  return {
    now,
    get speed() {
      return factor
    },
    setSpeed(next) {
      mustBeWithin('speed', next, FASTEST)
      restartAt(now())
      factor = next
    },
    skip(ms) {
      mustBeWithin('ms', ms, FARTHEST_MS)
      restartAt(now() + ms)
    },
  }
}

function mustBeWithin(name: string, value: number, most: number): void {
  if (value >= 0 && value <= most) return
  throw new BadInput(`${name}: must be a number from 0 to ${most}.`)
}
