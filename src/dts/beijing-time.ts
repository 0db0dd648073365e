/**
 * Reads `yyyy-mm-dd hh:mm:ss` as Beijing time (UTC+8). The 2018 documents name no zone, those of 2021
 * name this one. Undefined for any other form and for days that do not exist, such as `0000-00-00`.
 */
export function beijingTime(text: string): Date | undefined {
  const form = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  if (!form) return undefined

  const asUtc = new Date(`${form[1]}T${form[2]}Z`)
  const exists =
    !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(`${form[1]}T${form[2]}`)
  return exists ? new Date(asUtc.getTime() - EIGHT_HOURS) : undefined
}

const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** As `beijingTime` reads it; '' where the year has no four digits. */
export function inBeijing(date: Date): string {
  const text = new Date(date.getTime() + EIGHT_HOURS).toISOString()
  return text.length === 24 ? text.slice(0, 19).replace('T', ' ') : ''
}
