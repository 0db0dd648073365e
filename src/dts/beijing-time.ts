/**
 * Reads `yyyy-mm-dd hh:mm:ss` as Beijing time (UTC+8). The 2018 documents name no zone, those of 2021
 * name this one. Undefined for any other form and for days that do not exist, such as `0000-00-00`.
 */
export function beijingTime(text: string): Date | undefined {
  if (!FORM.test(text)) return undefined

  const [year, month, day] = [100 * two(text, 0) + two(text, 2), two(text, 5), two(text, 8)]
  const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const asUtc = new Date(Date.UTC(LEAP_YEAR, month - 1, day, hour, minute, second))
  asUtc.setUTCFullYear(year)
  // JavaScript reads the 31st of June as the first of July.
  const exists = asUtc.getUTCMonth() === month - 1 && asUtc.getUTCDate() === day
  return exists ? new Date(asUtc.getTime() - EIGHT_HOURS) : undefined
}

/** The same as ISO 8601 in UTC. */
export function beijingIso(text: string): string | undefined {
  const [month, day, hour] = [two(text, 5), two(text, 8), two(text, 11)]
  // Most times: the same day in UTC, and one that every month has.
  const isPlain = FORM.test(text) && month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!isPlain || hour < 8 || hour > 23 || two(text, 14) > 59 || two(text, 17) > 59) {
    return beijingTime(text)?.toISOString()
  }
  return `${text.slice(0, 10)}T${hour < 18 ? '0' : ''}${hour - 8}${text.slice(13)}.000Z`
}

function two(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO
}

const ZERO = 0x30
/** A year below 100 would be read as one of the last century. */
const LEAP_YEAR = 2000

const FORM = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** As `beijingTime` reads it; '' where the year has no four digits. */
export function inBeijing(date: Date): string {
  const text = new Date(date.getTime() + EIGHT_HOURS).toISOString()
  return text.length === 24 ? text.slice(0, 19).replace('T', ' ') : ''
}
