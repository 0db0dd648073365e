import type { Format } from './arguments.ts'
import { csv } from './csv.ts'
import { printableJson } from './printable.ts'
import type { HistoryRecord } from './record.ts'
import { table } from './table.ts'

/** What is printed, whole; each ends with a line break. */
export const FORMATS: Record<Format, (records: HistoryRecord[]) => string> = {
  table,
  csv,
  /** One object a line. */
  json: (records) => records.map((one) => `${printableJson(JSON.stringify(one))}\n`).join(''),
}
