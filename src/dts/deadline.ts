/**
 * The last moment at which a call may leave, on both clocks: the wall clock may be set back, and the
 * monotonic one may stand still while the machine sleeps. Whichever says so first ends it.
 */
export type Deadline = {
  /** Milliseconds since 1970. */
  wall: number
  /** As the clock's `monotonic` counts. */
  monotonic: number
}

type Clock = { now(): number; monotonic(): number }

export function deadlineIn(milliseconds: number, clock: Clock): Deadline {
  return { wall: clock.now() + milliseconds, monotonic: clock.monotonic() + milliseconds }
}

export function isPast({ wall, monotonic }: Deadline, clock: Clock): boolean {
  return clock.now() >= wall || clock.monotonic() >= monotonic
}
