/** A time in which a run stands still, clock milliseconds. A pause has no end until somebody sets it. */
export type Hold = { kind: 'pause' | 'retry'; at: number; until: number }

/** From the request to pause until it is paused. */
export const PAUSING_MS = 2000
/** From the request to retry until the run goes on. */
export const RESUMING_MS = 2000

/** The hold that the run is in. */
export function holdAt(holds: readonly Hold[], now: number): Hold | undefined {
  return holds.find(({ at, until }) => at <= now && now < until)
}

/** What a held run shows. */
export function heldStatus({ kind, at }: Hold, now: number) {
  if (kind === 'retry') return 'resuming'
  return now < at + PAUSING_MS ? 'pausing' : 'manualPaused'
}

/** How long a run stood still before that moment. */
export function heldMs(holds: readonly Hold[], now: number): number {
  return holds
    .filter(({ at }) => at < now)
    .reduce((sum, { at, until }) => sum + Math.min(until, now) - at, 0)
}

/** The moment of a run without holds, put off by them; Infinity while a pause is before it. */
export function putOff(holds: readonly Hold[], moment: number): number {
  return holds.reduce((then, { at, until }) => (then > at ? then + until - at : then), moment)
}
