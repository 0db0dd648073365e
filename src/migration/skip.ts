/** What becomes of a skip that was sent. The check shows it; the job's status alone never does. */
import type { Check } from '../dts/api.ts'
import { type Look, allows } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import { isFailed, outcomeOf } from './check-items.ts'
import { end, fail } from './ending.ts'
import type { Next, Rules } from './event.ts'
import type { Accepted, AskedCheck, Migration, Order, Skip, Unknown, Watched } from './migration.ts'
import { isWatched } from './migration.ts'
import { accept } from './order.ts'
import { seeing } from './seen.ts'
import { isNews } from './snapshot.ts'
import { after, isOlder } from './times.ts'
import { goBlind } from './watch.ts'

type Seen = { look: Look; check: Check; waited?: number | undefined }

/** A skip that DTS accepted, or may have. */
export function followSkip(m: Watched, seen: Seen, now: string, rules: Rules): Next {
  const skip = m.request?.skip
  const state = m.order?.state
  if (m.order && skip && state?.at === 'unknown') {
    return isOlder(seen.look.at, state.since, now)
      ? 'ignored'
      : judge(m, m.order, state, { skip, ...seen }, now, rules)
  }
  if (passesBySkip(m, seen)) return over(m, seen, now)
  const since = isFollowed(m)?.since
  return skip && since ? follow(m, { since, skip, ...seen }, now, rules) : 'ignored'
}

/** Whether the check tells how a skip came out whose answer was lost. */
function judge(
  m: Watched,
  order: Order,
  { since, deadline, trouble }: Unknown,
  { skip, look, check, waited = Infinity }: Seen & { skip: Skip },
  now: string,
  rules: Rules,
): Next {
  const effect = shows(check, skip)
  if (effect) return { to: accept(m, order, since), todo: [{ queue: 'watch' }], news: 'tookEffect' }
  // A bot that has just begun to look does not take back what people were asked.
  const { blind } = m.watch
  const isAsked = effect === undefined && blind !== undefined && 'unclear' in blind
  const isEarly = look.at < deadline || waited < rules.grace
  if (isEarly && !isAsked) return remember(m, look)
  if (effect === undefined) return goBlind(m, { since, unclear: 'check' }, seeing(m, look))
  return fail(seeing(m, look), now, { how: 'noEffect', trouble })
}

/** Undocumented: whether the check passes by a skip, or DTS has to check the job again. */
function follow(
  m: Watched,
  { since, skip, look, check }: Seen & { since: string; skip: Skip },
  now: string,
  { patience }: Rules,
): Next {
  const to = seeing(m, look)
  if (isRunning(look, check)) return begin(to, { since, requestId: '', seen: look.at })
  if (shows(check, skip) && failsElse(check)) return over(m, { look, check }, now)
  const isLate = look.at >= after(since, patience)
  return isLate ? end(to, now, { how: 'checked', result: 'unclear', items: [] }) : remember(m, look)
}

function over(m: Watched, { look, check }: Seen, now: string): Next {
  return end(seeing(m, look), now, { how: 'checked', ...outcomeOf(check) })
}

/**
 * Whether the bot has DTS check the job again: the skip shows, or has had the time to, and the check did
 * not pass by it. A check changes nothing at either end.
 */
export function isToCheckAgain(m: Migration, { look, check }: Seen, { grace }: Rules): boolean {
  const skip = m.request?.skip
  const since = isFollowed(m)?.since
  if (!skip || !since || !allows({ look }, 'check')) return false
  if (isRunning(look, check) || isPassed(look, check)) return false
  return shows(check, skip) ? !failsElse(check) : look.at >= after(since, grace)
}

/**
 * Whether the check passed after a skip. Before it neither the check nor the job had, so this is no
 * result from then, however soon it comes.
 */
export function passesBySkip({ watch }: Watched, { look, check }: Seen): boolean {
  return watch.accepted?.operation === 'skip' && isPassed(look, check)
}

/** DTS checks the job again, because the bot asked for it. */
export function checkBegun(m: Migration, { requestId }: { requestId: string }, now: string): Next {
  if (!isWatched(m) || !isFollowed(m)) return 'ignored'
  const { to } = begin(m, { since: now, requestId })
  return { to, todo: [{ queue: 'watch' }], news: 'checkBegun' }
}

/** DTS did not take that: it is tried again, but not for ever. */
export function checkDenied(
  m: Migration,
  { trouble, isFinal }: { trouble: Trouble; isFinal: boolean },
  now: string,
  { patience }: Rules,
): Next {
  const since = isFollowed(m)?.since
  if (!since || (!isFinal && now < after(since, patience))) return 'ignored'
  return end(m, now, { how: 'checked', result: 'unclear', items: [], trouble })
}

/** A skip that DTS accepted, and no check since. */
function isFollowed({ watch, order, ended }: Migration): Accepted | undefined {
  const isOpen = !ended && !order && !watch?.check && watch?.accepted?.operation === 'skip'
  return isOpen ? watch.accepted : undefined
}

function begin(m: Watched, check: AskedCheck): { to: Migration; todo: [] } {
  return { to: { ...m, watch: { ...m.watch, check, blind: undefined } }, todo: [] }
}

/** Whether DTS shows all of them as skipped; undefined where it shows some, or no result. */
function shows({ state, items = [] }: Check, skip: Skip): boolean | undefined {
  if (state === 'running' || state === 'notStarted') return undefined
  const found = skip.items.map(({ id }) => items.find((item) => item.id === id)?.skipped)
  if (found.every((skipped) => skipped === true)) return true
  return found.every((skipped) => skipped === false) ? false : undefined
}

function isRunning({ status }: Look, { state }: Check): boolean {
  return status === 'checking' || state === 'running'
}

function isPassed({ status }: Look, { state }: Check): boolean {
  return status === 'checkPass' && state === 'passed'
}

function failsElse({ items = [] }: Check): boolean {
  return items.some(isFailed)
}

/** The row changes only if people would see a difference. */
function remember(m: Watched, look: Look): Next {
  const { look: was, blind, missed } = m.watch
  const isSame = was !== undefined && !isNews(was, look) && !blind && !missed
  return isSame ? 'ignored' : { to: seeing(m, look), todo: [] }
}
