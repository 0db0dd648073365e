import { pino } from 'pino'
import { expect, test } from 'vitest'
import { logEvent } from '../../src/workflow/log-event.ts'
import { everyNews } from '../support/every-news.ts'

const ALLOWED =
  'result comparison level time msg migration job region account request operation requester by attempt requestId ' +
  'errorCode ending status tookEffect alarm expiresAt replaces why'
/** These are codes, as DTS or Slack gave them. */
const CODES = ['job', 'region', 'account', 'requestId', 'errorCode']

test('every piece of news is a line of ids and codes, and no text of people or DTS', () => {
  const told = everyNews((what) => `[${what}] not-a-real-secret`)
  expect(told.length).toBeGreaterThan(200)
  for (const { news, event, after } of told) {
    const lines: string[] = []
    const log = pino({ base: null }, { write: (line: string) => lines.push(line) })
    logEvent(log, { to: after, todo: [], news }, event)
    expect([news, lines.length]).toEqual([news, lines.length === 2 && after.ended ? 2 : 1])
    for (const line of lines) {
      const values = Object.entries(JSON.parse(line) as Record<string, unknown>)
      expect(values.filter(([name]) => !ALLOWED.split(' ').includes(name))).toEqual([])
      const words = values.filter(([name]) => !CODES.includes(name))
      expect(JSON.stringify(words)).not.toContain('not-a-real-secret')
    }
  }
})

test('a look without news is no line', () => {
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line: string) => lines.push(line) })
  const [first] = everyNews((what) => what).filter(({ after }) => !after.ended)
  if (!first) throw new Error('no news')
  logEvent(log, { to: first.after, todo: [] }, { type: 'missing' })
  expect(lines).toEqual([])
})
