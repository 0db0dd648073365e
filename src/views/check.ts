import type { CheckItem } from '../dts/api.ts'
import { isFailed, isSkippable, isSkipped, isWarning } from '../migration/check-items.ts'
import type { AskedCheck, CheckOutcome, Migration } from '../migration/migration.ts'
import type { EndingText } from './failures.ts'
import { LIMITS } from './limits.ts'
import { type Line, lines } from './rich.ts'
import { troubleLines } from './trouble.ts'
import type { Standing } from './watch-standing.ts'
import type { Wording } from './wording/wording.ts'
import { jobInText } from './mrkdwn.ts'

/** A check that lasts. */
export function checkStanding(
  m: Migration,
  { percent, requestId, thenAsk }: AskedCheck,
  words: Wording,
): Standing {
  const title = words.check.checking(percent)
  return {
    mark: '⏳',
    title,
    text: words.card.text(title, jobInText(m)),
    says: requestId ? [words.trouble.requestId(requestId)] : [],
    next: thenAsk ? words.check.willAsk(thenAsk.rule.approvers) : words.check.willSay(),
  }
}

/** How a check came out. */
export function checkedText(
  m: Migration,
  outcome: CheckOutcome,
  words: Wording,
): Omit<EndingText, 'person'> {
  const { result } = outcome
  const { title, text } = words.check
  return {
    mark: MARKS[result],
    title: title(result),
    text: text(result, jobInText(m)),
    says: inShort(outcome, words),
    details: inFull(m, outcome, words),
    quotes: outcome.message ? [outcome.message] : [],
    next: nextOf(m, outcome, words),
  }
}

const MARKS = { passed: '✅', notPassed: '❌', unclear: '❓' }

function willAsk({ watch }: Migration): boolean {
  return watch?.check?.thenAsk !== undefined
}

function nextOf(m: Migration, { result, items }: CheckOutcome, words: Wording): Line {
  const { id, region } = m.job
  switch (result) {
    case 'passed':
      return words.check.askToStart(id, region)
    case 'notPassed':
      if (willAsk(m)) return words.check.askAgain(id, region)
      return (items.some(isSkippable) ? words.check.checkOrSkip : words.check.checkAgain)(
        id,
        region,
      )
    case 'unclear':
      return words.check.lookThenCheck(id, region)
  }
}

/** As much as a phone has room for. */
function inShort({ result, message, items, trouble }: CheckOutcome, words: Wording): Line[] {
  const { message: says, failedBecause, warnings, skips, moreFailed, details } = words.check
  const failed = items.filter(isFailed)
  const shown = failed.slice(0, LIMITS.checkItems)
  const more = failed.length - shown.length
  const warned = items.filter(isWarning).map(({ name }) => name)
  const skipped = items.filter(isSkipped).map(({ name }) => name)
  return [
    ...(result === 'unclear' ? noResult(trouble, words) : []),
    ...(message && failed.length === 0 ? [says(message)] : []),
    ...shown.flatMap((item) => [failedBecause(item.name, item.reason), advice(item, words)]),
    ...(more > 0 ? [moreFailed(more)] : []),
    ...(warned.length > 0 ? [warnings(warned)] : []),
    ...(skipped.length > 0 ? [skips(skipped)] : []),
    ...(items.length > 0 && more <= 0 ? [details()] : []),
  ]
}

/** All of the items, a block for each item, within what Slack takes. */
function inFull(m: Migration, { result, items, trouble }: CheckOutcome, words: Wording): Line[][] {
  const { more } = words.check
  const all = items.map((item) => itemLines(item, words))
  const sizes = all.map((one) => JSON.stringify(lines(...one)).length)
  const fits = all.filter((_, index) => {
    return sizes.slice(0, index + 1).reduce((sum, size) => sum + size) <= LIMITS.checkJson
  })
  const left = all.length - fits.length
  return [
    ...fits,
    ...(left > 0 ? [[more(left)]] : []),
    [...(result === 'unclear' ? noResult(trouble, words) : []), ...requestId(m, words)],
  ].filter((block) => block.length > 0)
}

/** Why there is none: DTS showed none for long, or did not check the job again after a skip. */
function noResult(trouble: CheckOutcome['trouble'], words: Wording): Line[] {
  if (!trouble) return [words.check.unclear()]
  return [words.skip.notBegun(), ...troubleLines(trouble, words)]
}

function itemLines(item: CheckItem, words: Wording): Line[] {
  const reason = item.reason ? words.check.reason(item.reason) : []
  return [title(item, words), reason, advice(item, words)]
}

function title(item: CheckItem, words: Wording): Line {
  const { failed, warned, skipped } = words.check
  if (isSkipped(item)) return skipped(item.name)
  return (isFailed(item) ? failed : warned)(item.name)
}

function advice({ solution, helpDoc }: CheckItem, words: Wording): Line {
  const url = helpDoc && isTencentPage(helpDoc) ? helpDoc : undefined
  return words.check.advice(solution, url)
}

function requestId({ watch }: Migration, words: Wording): Line[] {
  const id = watch?.check?.requestId
  return id ? [words.trouble.requestId(id)] : []
}

/** A link from an answer leads to Tencent Cloud's own pages, or is not drawn. */
function isTencentPage(url: string): boolean {
  return (
    url.length <= 500 &&
    /^https:\/\/([\w-]+\.)*(tencent|tencentcloud)\.com\/[\w./?=&%#-]*$/.test(url)
  )
}
