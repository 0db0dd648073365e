import { printable } from './printable.ts'
import type { HistoryRecord } from './record.ts'

/** For people: a line for each entry, and below it what does not fit. */
export function table(records: HistoryRecord[]): string {
  const rows = records.map((record) => COLUMNS.map(([, of]) => printable(of(record))))
  const head = COLUMNS.map(([name]) => name)
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => lengthAt(row, at))))
  const line = (row: string[]): string =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  const shown = new Map<string, string>()
  const lines = records.flatMap((record, at) => [line(rows[at] ?? []), ...below(record, shown)])
  return [line(head), ...lines].map((text) => `${text}\n`).join('')
}

type Column = [name: string, of: (record: HistoryRecord) => string]

const COLUMNS: Column[] = [
  ['Time (UTC)', ({ at }) => at.slice(0, 19).replace('T', ' ')],
  ['Job', ({ job }) => job],
  ['Request', ({ request, operation }) => (request ? `${request} ${operation}` : '')],
  ['Who', ({ by }) => by ?? ''],
  ['What happened', ({ what }) => what],
]

function lengthAt(row: string[], at: number): number {
  return row[at]?.length ?? 0
}

/** `shown`: what the last entry of each migration that shows it says was seen. */
function below(record: HistoryRecord, shown: Map<string, string>): string[] {
  const { reason, requestId, errorCode, migration } = record
  const saw = sawIn(record)
  const isSame = saw.length > 0 && shown.get(migration) === saw.join('\n')
  if (saw.length > 0) shown.set(migration, saw.join('\n'))
  const all: [label: string, text: string | undefined][] = [
    ['why', reason],
    ['RequestId', requestId],
    ['error', errorCode],
    ...(isSame ? [['saw', 'the same'] satisfies [string, string]] : saw),
  ]
  return all.flatMap(([label, text]) => (text ? [`    ${label}: ${printable(text)}`] : []))
}

function sawIn({ saw, region, account, migration }: HistoryRecord): [string, string][] {
  if (!saw) return []
  return [
    ['migration', `${migration} (${region}, account ${account})`],
    ['saw', `${saw.name}, digest ${saw.digest}`],
    ['from', saw.from],
    ['to', saw.to],
    ['facts', saw.facts.join('; ')],
    ['warnings', saw.warnings.join(' ')],
    ['changed', saw.changed?.join('; ') ?? ''],
  ]
}
