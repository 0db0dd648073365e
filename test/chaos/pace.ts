/** How long something goes on, and whether the next time has to wait. */
export type Pace = { over: () => boolean; isTooEarly: () => boolean }

/** How many there were of how many. */
export type Count = () => [done: number, all: number]

/** Whether `count` is ahead of `other`, so that both reach their number at about the same time. */
export function isAhead(count: Count, other: Count): boolean {
  const [done, all] = count()
  const [otherDone, others] = other()
  return all > 0 && others > 0 && done / all > (otherDone + 1) / others
}
