import { expect, test } from 'vitest'
import { UsageError, parseArguments } from '../../src/history/arguments.ts'
import { JOB } from '../support/world.ts'

const NOW = Date.parse('2029-01-31T12:00:00.000Z')
const MIGRATION = '5f0c2b1e-0000-4000-8000-00000000000a'

test.each([
  [JOB, { job: JOB, since: undefined }],
  [MIGRATION, { migration: MIGRATION, since: undefined }],
  [`${JOB} --since 7d`, { job: JOB, since: '2029-01-24T12:00:00.000Z' }],
  ['--since 36h', { since: '2029-01-30T00:00:00.000Z' }],
  ['--since 2028-11-01', { since: '2028-11-01T00:00:00.000Z' }],
  ['--since=2028-11-01T08:30', { since: '2028-11-01T08:30:00.000Z' }],
  ['--since 2028-11-01T08:30:15+08:00', { since: '2028-11-01T00:30:15.000Z' }],
])('%s', (typed, wanted) => {
  expect(parseArguments(typed.split(' '), NOW)).toEqual({ wanted, format: 'table' })
})

test.each(['json', 'csv'] as const)('--%s', (format) => {
  expect(parseArguments([JOB, `--${format}`], NOW).format).toBe(format)
})

test.each([
  ['', /^No job and no time is named: /],
  ['--json', /^No job and no time is named: /],
  ['orders', /^That is neither a job nor a migration: /],
  [`${JOB} ${JOB}`, /^More than one job is named: /],
  [`${JOB} --yaml`, /^An option is unknown or lacks its value: /],
  ['--since', /^An option is unknown or lacks its value: /],
  [`${JOB} --json --csv`, /^--json and --csv exclude each other: /],
  ...['7', '7w', 'yesterday', '2029-02-30', '2029-13-01', '2029-01-01T25:00', '1.5d', '-7d'].map(
    (time): [string, RegExp] => [`--since=${time}`, /^--since is no time: /],
  ),
])('"%s" is refused in one sentence', (typed, sentence) => {
  const parse = () => parseArguments(typed.split(' ').filter(Boolean), NOW)
  expect(parse).toThrow(UsageError)
  expect(parse).toThrow(sentence)
  expect(parse).toThrow(/: npm run history -- <job or migration> .*\[--json \| --csv\]$/)
})
