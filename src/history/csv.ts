import { printable } from './printable.ts'
import type { HistoryRecord } from './record.ts'

/** RFC 4180, with a header; one line for each entry. */
export function csv(records: HistoryRecord[]): string {
  const rows = records.map((record) => COLUMNS.map(([, of]) => cell(of(record))))
  return [COLUMNS.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

type Column = [name: string, of: (record: HistoryRecord) => string | number | undefined]

const COLUMNS: Column[] = [
  ['at_utc', ({ at }) => at],
  ['job', ({ job }) => job],
  ['region', ({ region }) => region],
  ['account', ({ account }) => account],
  ['migration', ({ migration }) => migration],
  ['request', ({ request }) => request],
  ['operation', ({ operation }) => operation],
  ['what', ({ what }) => what],
  ['by', ({ by }) => by],
  ['reason', ({ reason }) => reason],
  ['request_id', ({ requestId }) => requestId],
  ['error_code', ({ errorCode }) => errorCode],
  ['saw_digest', ({ saw }) => saw?.digest],
  ['saw_name', ({ saw }) => saw?.name],
  ['saw_from', ({ saw }) => saw?.from],
  ['saw_to', ({ saw }) => saw?.to],
  ['saw_facts', ({ saw }) => saw?.facts.join(' | ')],
  ['saw_warnings', ({ saw }) => saw?.warnings.join(' | ')],
  ['saw_changed', ({ saw }) => saw?.changed?.join(' | ')],
]

function cell(value: string | number | undefined): string {
  const text = String(value ?? '')
  const safe = `${FORMULA.test(text) ? "'" : ''}${printable(text)}`
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A spreadsheet would carry it out, or what is left once it has cut the blanks. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u
