/**
 * Reads `yyyy-mm-dd hh:mm:ss` as Beijing time (UTC+8). The 2018 documents name no zone, those of 2021
 * name this one. Undefined for any other form and for days that do not exist, such as `0000-00-00`.
 */
export function beijingTime(text: string): Date | undefined {
  if (!FORM.test(text)) return undefined

  const asUtc = new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`)
  const exists = !Number.isNaN(asUtc.getTime()) && isDay(text, asUtc)
  return exists ? new Date(asUtc.getTime() - EIGHT_HOURS) : undefined
}

const FORM = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** JavaScript reads the 31st of June as the first of July, and 24 o'clock as the next day. */
function isDay(text: string, asUtc: Date): boolean {
  return asUtc.getUTCDate() === Number(text.slice(8, 10))
}

/** As `beijingTime` reads it; '' where the year has no four digits. */
export function inBeijing(date: Date): string {
  const text = new Date(date.getTime() + EIGHT_HOURS).toISOString()
  return text.length === 24 ? text.slice(0, 19).replace('T', ' ') : ''
}
