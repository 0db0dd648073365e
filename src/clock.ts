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
