type Day = { year: string; month: string; day: number; weekday: string; iso: string }

/**
 * A moment as the tokens of `format` say, in the reader's time zone unless `zone` names another.
 * `timestamp` is in seconds. Undefined if there is no such moment. What is no token stays.
 */
export function dateText(
  timestamp: number,
  format: string,
  now: Date = new Date(),
  zone?: string,
): string | undefined {
  const at = new Date(timestamp * 1000)
  if (Number.isNaN(at.getTime())) return undefined
  return format.replace(/\{(\w+)\}/g, (token, name: string) => said(name, at, now, zone) ?? token)
}

function said(name: string, at: Date, now: Date, zone?: string): string | undefined {
  const day = dayOf(at, zone)
  const near = nearby(day, dayOf(now, zone))
  switch (name) {
    case 'date_num':
      return day.iso
    case 'date_slash':
      return day.iso.replace(/^(.*)-(\d\d)-(\d\d)$/, '$2/$3/$1')
    case 'date':
      return long(day)
    case 'date_pretty':
      return near ?? long(day)
    case 'date_short':
      return short(day)
    case 'date_short_pretty':
      return near ?? short(day)
    case 'date_long':
      return `${day.weekday}, ${long(day)}`
    case 'date_long_pretty':
    case 'day_divider_pretty':
      return near ?? `${day.weekday}, ${long(day)}`
    case 'time':
      return time(at, {}, zone)
    case 'time_secs':
      return time(at, { second: '2-digit' }, zone)
    case 'ago':
      return ago(at.getTime() - now.getTime())
    default:
      return undefined
  }
}

function dayOf(at: Date, zone?: string): Day {
  const written = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { ...options, ...(zone ? { timeZone: zone } : {}) }).format(at)
  const year = written({ year: 'numeric' })
  const day = written({ day: '2-digit' })
  return {
    year,
    month: written({ month: 'long' }),
    day: Number(day),
    weekday: written({ weekday: 'long' }),
    iso: `${year}-${written({ month: '2-digit' })}-${day}`,
  }
}

function long({ month, day, year }: Day): string {
  return `${month} ${day}${ordinal(day)}, ${year}`
}

function short({ month, day, year }: Day): string {
  return `${month.slice(0, 3)} ${day}, ${year}`
}

function ordinal(day: number): string {
  if (day > 10 && day < 14) return 'th'
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'
}

function nearby(day: Day, today: Day): string | undefined {
  const days = (Date.parse(day.iso) - Date.parse(today.iso)) / 86_400_000
  return ({ '-1': 'yesterday', 0: 'today', 1: 'tomorrow' } as Record<string, string>)[days]
}

function time(at: Date, more: Intl.DateTimeFormatOptions, zone?: string): string {
  const shape = { hour: 'numeric', minute: '2-digit', hour12: true, ...more } as const
  return new Intl.DateTimeFormat('en-US', { ...shape, ...(zone ? { timeZone: zone } : {}) })
    .format(at)
    .replace('\u202F', ' ')
}

function ago(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const said = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return said.format(seconds, 'second')
  if (size < 3600) return said.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return said.format(Math.round(seconds / 3600), 'hour')
  return said.format(Math.round(seconds / 86_400), 'day')
}
