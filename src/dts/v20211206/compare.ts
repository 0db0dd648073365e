/** Reads the answers of DTS API 2021-12-06 about comparisons of both ends. */
import { UnexpectedShapeError } from '../api.ts'
import type { Compare, CompareList, Context, Fields } from '../api.ts'
import { LARGEST_PAGE, itemsIn } from '../items.ts'
import { fields, objectOf, percent, text, time } from '../lenient.ts'
import { isoOf } from './times.ts'

/** Throws UnexpectedShapeError without an id: the comparison may have been created all the same. */
export function readCreated(response: Fields): { compareId: string } {
  const compareId = compareIdOf(response)
  if (compareId === undefined) throw new UnexpectedShapeError()
  return { compareId }
}

/** Such as `dts-8yv4w2i1-cmp-37skmii9`. */
export function isCompareId(id: string): boolean {
  return /^dts-[a-z0-9]{4,32}-cmp-[a-z0-9]{4,32}$/.test(id)
}

function compareIdOf(item: unknown): string | undefined {
  const id = objectOf(item)?.['CompareTaskId']
  return typeof id === 'string' && isCompareId(id) ? id : undefined
}

export function readCompares(response: Fields, context: Context): CompareList {
  const { total, items } = itemsIn(response, 'Items')
  const page = items.slice(0, LARGEST_PAGE)
  return { total, compares: page.flatMap((item) => readCompare(item, context) ?? []) }
}

const compareProcess = fields((raw) => ({ Percent: percent(raw.Percent) }))

const rawCompare = fields((raw) => ({
  TaskName: text(raw.TaskName),
  Status: text(raw.Status),
  Conclusion: text(raw.Conclusion),
  CompareProcess: compareProcess(raw.CompareProcess),
  Message: text(raw.Message),
  CreatedAt: time(raw.CreatedAt),
  StartedAt: time(raw.StartedAt),
  FinishedAt: time(raw.FinishedAt),
}))

function readCompare(item: unknown, { scrub }: Context): Compare | undefined {
  const id = compareIdOf(item)
  if (id === undefined) return undefined
  const raw = rawCompare(item)
  return {
    id,
    name: scrub.text(raw.TaskName ?? ''),
    status: STATUSES.find((status) => status === raw.Status) ?? 'unknown',
    conclusion: CONCLUSIONS.get(raw.Conclusion),
    percent: raw.CompareProcess.Percent,
    message: raw.Message && scrub.text(raw.Message),
    createdAt: isoOf(raw.CreatedAt),
    startedAt: isoOf(raw.StartedAt),
    finishedAt: isoOf(raw.FinishedAt),
  }
}

const STATUSES = [
  'created',
  'readyRun',
  'running',
  'success',
  'stopping',
  'failed',
  'canceled',
] as const

const CONCLUSIONS = new Map<string | undefined, Compare['conclusion']>([
  ['same', 'same'],
  ['different', 'different'],
  ['skipAll', 'skipped'],
])
