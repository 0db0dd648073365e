const BEIJING_OFFSET_MS = 8 * 3_600_000

/** What the service prints for a time that has not come. */
export const ZERO_TIME = '0000-00-00 00:00:00'

/** `yyyy-mm-dd hh:mm:ss` in Beijing time (UTC+8); null becomes the zero time. */
export function toBeijing(ms: number | null): string {
  if (ms === null) return ZERO_TIME
  return new Date(ms + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** Reads what `toBeijing` prints; null when the text is no such time. */
export function fromBeijing(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  return Number.isNaN(ms) || toBeijing(ms) !== text ? null : ms
}
