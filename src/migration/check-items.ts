/** What the items of a check say. */
import type { Check, CheckItem } from '../dts/api.ts'
import type { CheckOutcome, Skip } from './migration.ts'

const MOST_ITEMS = 20

export function outcomeOf({ state, message, items = [] }: Check): CheckOutcome {
  const result = state === 'passed' || state === 'notPassed' ? state : 'unclear'
  const ranked = [isFailed, isWarning, isSkipped].flatMap((isOne) => items.filter(isOne))
  return {
    result,
    ...(message && result === 'notPassed' ? { message } : {}),
    items: result === 'unclear' ? [] : ranked.slice(0, MOST_ITEMS),
  }
}

export function isFailed({ outcome, skipped }: CheckItem): boolean {
  return outcome === 'failed' && !skipped
}

export function isWarning({ outcome, skipped }: CheckItem): boolean {
  return outcome === 'warning' && !skipped
}

export function isSkipped({ skipped }: CheckItem): boolean {
  return skipped
}

/** It failed, and people may ask to skip it: DTS says what that risks. */
export function isSkippable(item: CheckItem): boolean {
  return isFailed(item) && item.skippable
}

/** The names of those that cannot be skipped any more, by the check as it is now. */
export function lapsed({ items }: Skip, { state, items: shown = [] }: Check): string[] {
  const open = state === 'notPassed' ? shown.filter(isSkippable).map(({ id }) => id) : []
  return items.filter(({ id }) => !open.includes(id)).map(({ name }) => name)
}
