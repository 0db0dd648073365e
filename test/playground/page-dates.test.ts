import { expect, test } from 'vitest'
import { dateText } from '../../playground/page/browser/blocks/text/dates.ts'

const NEW_YEAR = Date.UTC(2029, 0, 1, 2, 14, 5) / 1000
const LONG_BEFORE = new Date('2028-06-01T00:00:00Z')

test.each([
  ['{date_num}', '2029-01-01'],
  ['{date_slash}', '01/01/2029'],
  ['{date}', 'January 1st, 2029'],
  ['{date_short}', 'Jan 1, 2029'],
  ['{date_long}', 'Monday, January 1st, 2029'],
  ['{date_short_pretty} {time}', 'Jan 1, 2029 2:14 AM'],
  ['{time_secs}', '2:14:05 AM'],
  ['from {date_num} to {nonsense} {', 'from 2029-01-01 to {nonsense} {'],
  ['{ago}', 'in 214 days'],
])('%s reads %s', (format, text) => {
  expect(dateText(NEW_YEAR, format, LONG_BEFORE, 'UTC')).toBe(text)
})

test('near days have names, and the time zone decides the day', () => {
  const said = (now: string, zone: string) =>
    dateText(NEW_YEAR, '{date_pretty}', new Date(now), zone)
  expect(said('2029-01-01T23:59:00Z', 'UTC')).toBe('today')
  expect(said('2029-01-02T00:00:00Z', 'UTC')).toBe('yesterday')
  expect(said('2028-12-31T00:00:00Z', 'UTC')).toBe('tomorrow')
  expect(said('2028-12-30T23:59:00Z', 'UTC')).toBe('January 1st, 2029')
  expect(said('2029-01-02T00:00:00Z', 'America/New_York')).toBe('yesterday')
  expect(dateText(NEW_YEAR, '{date_num} {time}', LONG_BEFORE, 'America/New_York')).toBe(
    '2028-12-31 9:14 PM',
  )
})

test('days have ordinals', () => {
  const day = (number: number) =>
    dateText(Date.UTC(2029, 0, number) / 1000, '{date}', LONG_BEFORE, 'UTC')
  const days = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30].map((number) =>
    day(number)?.replace(/^January (.*), 2029$/, '$1'),
  )
  expect(days.join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th')
})

test('an impossible moment has no text', () => {
  for (const timestamp of [Number.NaN, 1e18, Number.POSITIVE_INFINITY]) {
    expect(dateText(timestamp, '{date}')).toBeUndefined()
  }
})
