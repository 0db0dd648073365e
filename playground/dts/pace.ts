/**
 * How a run advances: a list of legs, each with a speed of its own. What is done is a fraction of
 * the run, above 1 while it only follows its source; times are clock milliseconds.
 */
export type Pace = readonly Leg[]

/** From this moment on, with so much done, the whole run would take `durationMs`. */
type Leg = { from: number; done: number; durationMs: number }

/** A pace that never changes. */
export function steady(from: number, durationMs: number): Pace {
  return [{ from, done: 0, durationMs }]
}

/** The same up to now, and another speed from now on. */
export function changePace(pace: Pace, durationMs: number, now: number): Pace {
  const [first] = pace
  if (first && now <= first.from) return steady(first.from, durationMs)
  return [...pace, { from: now, done: doneAt(pace, now), durationMs }]
}

/** What is done at that moment; negative before the run has begun. */
export function doneAt(pace: Pace, now: number): number {
  const leg = pace.findLast(({ from }) => from <= now) ?? pace[0]
  return leg ? leg.done + (now - leg.from) / leg.durationMs : 0
}

/** When so much was or will be done, not rounded. */
export function momentOf(pace: Pace, done: number): number {
  const leg = pace.findLast((one) => one.done <= done) ?? pace[0]
  return leg ? leg.from + (done - leg.done) * leg.durationMs : 0
}
