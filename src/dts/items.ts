import { UnexpectedShapeError } from './api.ts'
import type { Fields, Page } from './api.ts'
import { amount, itemsOf, objectOf } from './lenient.ts'

/** DTS has no more on a page. */
export const LARGEST_PAGE = 100

/** The part of a page that every list takes. */
export function pageParams({ offset, limit }: Page) {
  return {
    Offset: Math.max(0, Math.trunc(offset)),
    Limit: Math.min(LARGEST_PAGE, Math.max(1, Math.trunc(limit))),
  }
}

/** The items of a list, unread, and how many there are in all. Throws UnexpectedShapeError. */
export function itemsIn(response: Fields, name: string): { total: number; items: unknown[] } {
  const isList = Array.isArray(response[name])
  const items = itemsOf(response[name])
  const total = amount(response['TotalCount']) ?? items.length
  const isNothing = (response[name] ?? undefined) === undefined && total === 0
  if (!isList && !isNothing) throw new UnexpectedShapeError()
  return { total, items }
}

/** Without reading the job. Undefined for an item without an id. */
export function jobIdOf(item: unknown): string | undefined {
  const id = objectOf(item)?.['JobId']
  return typeof id === 'string' && id !== '' ? id : undefined
}
