import { performance } from 'node:perf_hooks'

/** Milliseconds since 1970, in whatever world the clock belongs to. */
export type Clock = { now(): number }

/** A clock that starts at the real time and can be hurried. Speed 0 stands still until `skip`. */
export type PretendClock = Clock & {
  readonly speed: number
  setSpeed(speed: number): void
  skip(ms: number): void
}

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
      restartAt(now())
      factor = next
    },
    skip(ms) {
      restartAt(now() + ms)
    },
  }
}
