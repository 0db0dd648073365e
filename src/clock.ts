/** The two clocks of a machine, in milliseconds. */
export type Clock = {
  /** Since 1970. Somebody may set it, back or ahead, at any moment. */
  now: () => number
  /** Since a moment of its own. Never goes back, but may stand still while the machine sleeps. */
  monotonic: () => number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

/** A wall clock that rings once, unless what `after` returned is called before. */
export type Timer = Pick<Clock, 'now'> & {
  after(milliseconds: number, ring: () => void): () => void
}

export const systemTimer: Timer = {
  now: systemClock.now,
  after(milliseconds, ring) {
    const timeout = setTimeout(ring, milliseconds)
    return () => clearTimeout(timeout)
  },
}
