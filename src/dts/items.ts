import { z } from 'zod'
import { UnexpectedShapeError } from './api.ts'
import type { Fields, Page } from './api.ts'
import { amount } from './lenient.ts'

/** DTS has no more on a page. */
export const LARGEST_PAGE = 100

/** The part of a page that every list takes. */
export function pageParams({ offset, limit }: Page) {
  return {
    Offset: Math.max(0, Math.trunc(offset)),
    Limit: Math.min(LARGEST_PAGE, Math.max(1, Math.trunc(limit))),
  }
}

const total = z.object({ TotalCount: amount })

/** The items of a list, unread, and how many there are in all. Throws UnexpectedShapeError. */
export function itemsIn(response: Fields, name: string): { total: number; items: unknown[] } {
  const raw = z.array(z.unknown()).nullish().safeParse(response[name])
  if (!raw.success) throw new UnexpectedShapeError()

  const items = raw.data ?? []
  const { TotalCount = items.length } = total.parse(response)
  if (!raw.data && TotalCount > 0) throw new UnexpectedShapeError()
  return { total: TotalCount, items }
}
