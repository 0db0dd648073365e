const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const SECOND = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' })
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' })

/** Slack's `ts` are seconds with a fraction. */
export function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000)
}

export const clock = (at: Date | number): string => CLOCK.format(at)
export const second = (at: number): string => SECOND.format(at)
export const day = (at: Date | number): string => DAY.format(at)
export const full = (at: Date | number): string => FULL.format(at)

/** `4 s`, `3 min`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
