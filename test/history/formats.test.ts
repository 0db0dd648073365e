import { expect, test } from 'vitest'
import { FORMATS } from '../../src/history/formats.ts'
import { type HistoryRecord, recordOf } from '../../src/history/record.ts'
import { everyNews } from '../support/every-news.ts'
import { sampleMigration } from '../support/sample-migration.ts'

/* Everything that can happen, with every text from outside hostile. */

const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  ' \u200b=1',
  '\r\n=1',
  '＝1',
  'a"b,c\r\nd',
  '\u001b[2J\u009b31m\u202egnp.exe\u2066\u2028\ud800',
]

test.each(HOSTILE)('%j is harmless in every format', (text) => {
  const records = everyNews((what) => `${text}${what}`).map(({ news, event, after }, seq) => {
    const { account, region, id } = after.job
    const at = '2029-01-01T00:00:00.000Z'
    const job = { account, region, id }
    return recordOf({ at, migration: after.id, seq, job, is: { event, news, after } })
  })
  expect(records.length).toBeGreaterThan(200)

  const table = FORMATS.table(records)
  expect(table).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)

  const csv = FORMATS.csv(records)
  expect(csv).not.toMatch(/[^\P{Cc}\r\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  const rows = csv.trimEnd().split('\r\n').map(cellsOf)
  expect(rows).toHaveLength(records.length + 1)
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([19]))
  expect(rows.flat().filter((cell) => /^\s*[=+\-@＝\t\r]/.test(cell))).toEqual([])

  const json = FORMATS.json(records)
  expect(json).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
  const back = json
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryRecord)
  expect(back).toEqual(JSON.parse(JSON.stringify(records)))
  for (const { what } of records) expect(what).not.toBe('')
})

test('an entry that cannot be read is named', () => {
  const { job, id: migration } = sampleMigration()
  const record = recordOf({ at: '2029-01-01T00:00:00.000Z', migration, seq: 4, job })
  expect(record.what).toBe('entry 4 of this migration cannot be read by this release')
  expect(FORMATS.table([record])).toMatch(/entry 4 of this migration cannot be read/)
})

/** RFC 4180, one line. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
