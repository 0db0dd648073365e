import { expect, test } from 'vitest'
import { API_VERSIONS } from '../../src/dts/job.ts'
import { parseEvent, parseMigration, parseNews } from '../../src/store/stored.ts'
import { everyMigration } from '../support/every-state.ts'
import { everyEvent, everyNews } from '../support/every-news.ts'
import { sampleMigration } from '../support/sample-migration.ts'

const same = (what: string): string => what

test('every migration is read as it was stored', () => {
  for (const m of everyMigration(same)) {
    const json = JSON.stringify(m)
    expect(parseMigration(json, m.id)).toEqual(JSON.parse(json))
  }
})

test('a migration is read with the version of the API that its job belongs to', () => {
  const m = sampleMigration()
  for (const apiVersion of API_VERSIONS) {
    const job = { ...m.job, apiVersion }
    expect(parseMigration(JSON.stringify({ ...m, job }), m.id).job).toEqual(job)
  }
})

test('every event is read as it was stored, with the migration after it', () => {
  for (const { news, event, after } of everyNews(same)) {
    expect(parseEvent(JSON.stringify(event), 'e')).toEqual(JSON.parse(JSON.stringify(event)))
    expect(parseMigration(JSON.stringify(after), after.id)).toEqual(
      JSON.parse(JSON.stringify(after)),
    )
    expect(parseNews(news)).toBe(news)
  }
})

test('every event is read as it was stored, also one that is no news', () => {
  for (const event of everyEvent(same)) {
    expect(parseEvent(JSON.stringify(event), 'e')).toEqual(JSON.parse(JSON.stringify(event)))
  }
})

test('every field of a job and of a watch is among what is stored here', () => {
  const stored = JSON.stringify(everyMigration(same))
  const ofJob = ['databases', 'host', 'allowed', 'code', 'solution']
  const fields = [
    ...ofJob,
    'until',
    'missed',
    'idleSince',
    'changedFrom',
    'retired',
    'seen',
    'skipRisk',
    'foreignKeys',
    'unclear',
  ]
  expect(fields.filter((field) => !stored.includes(`"${field}"`))).toEqual([])
})

test.each([
  ['no JSON', '{'],
  ['nothing', 'null'],
  ['a status that nobody knows', JSON.stringify(sampleMigration()).replace('"start"', '"begin"')],
])('%s is refused, and the error names the row alone', (_, json) => {
  const read = (): unknown => parseMigration(json, 'm1')
  expect(read).toThrow('The stored migration m1 cannot be read')
})
