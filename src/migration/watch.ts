/** What looks at a job, and people who looked themselves, say about it. */
import { STATUSES, type Look } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import { end, fail } from './ending.ts'
import type { Event, News, Next, Rules } from './event.ts'
import type { Blind, Migration, Order, Unknown, Watch, Watched } from './migration.ts'
import { isWatched, stageOf } from './migration.ts'
import { OPERATIONS } from './operations.ts'
import { accept, after, deadlineOf, later } from './order.ts'
import { isNews } from './snapshot.ts'

/** A look showed the job. One that was asked before the newest we have is ignored. */
export function observe(m: Migration, look: Look, now: string, rules: Rules): Next {
  if (!isWatched(m) || look.at <= (m.watch.look?.at ?? '')) return 'ignored'
  const { order } = m
  if (order?.state.at !== 'unknown') return follow(m, look, now, rules)
  return look.at < order.state.since ? 'ignored' : judge(m, order, order.state, look, now, rules)
}

/** Whether the look tells how an order came out whose answer was lost. */
function judge(
  m: Watched,
  order: Order,
  state: Unknown,
  look: Look,
  now: string,
  rules: Rules,
): Next {
  const effect = OPERATIONS[order.operation].tookEffect(look, state.before)
  if (effect) return follow(accept(m, order, state.since), look, now, rules, 'tookEffect')
  if (STATUSES[look.status].final) return follow({ ...m, order: undefined }, look, now, rules)

  const deadline = deadlineOf(order.operation, state.since, m.snapshot, rules, look)
  if (look.at < deadline) {
    return remember(m, { ...seeing(m, look), order: { ...order, state: { ...state, deadline } } })
  }
  const { since, trouble } = state
  if (effect === undefined) {
    return goBlind(m, { since, statusCode: look.statusCode }, seeing(m, look))
  }
  return fail({ ...m, watch: { ...m.watch, blind: undefined } }, now, { how: 'noEffect', trouble })
}

/** Follows the job: to its end, or to what people want to know meanwhile. */
function follow(m: Watched, look: Look, now: string, rules: Rules, news?: News): Next {
  const to = seeing(m, look)
  const { status, statusCode, errors, requestId } = look
  if (status === 'success') return end(to, now, { how: 'done' })
  if (status === 'failed') {
    const isOurs = m.watch.accepted?.operation === 'stop'
    return end(to, now, isOurs ? { how: 'stopped' } : { how: 'failed', errors, requestId })
  }
  if (stageOf(m) === 'watching' && isIdleTooLong(to, look, rules)) {
    return end(to, now, { how: 'notRunning', status, statusCode })
  }
  return remember(m, to, news)
}

function seeing(m: Watched, look: Look): Watched {
  const idleSince = isIdle(look) ? (m.watch.idleSince ?? look.at) : undefined
  return { ...m, watch: { ...m.watch, look, idleSince, blind: undefined } }
}

/** Without news the row changes only if people would see a difference. */
function remember(m: Watched, to: Watched, news?: News): Next {
  const { look, idleSince, blind } = m.watch
  const isReady = to.watch.look?.status === 'readyComplete' && look?.status !== 'readyComplete'
  if (isReady || news) return { to, todo: [], news: isReady ? 'ready' : news }
  const isSame =
    look !== undefined &&
    to.watch.look !== undefined &&
    !isNews(look, to.watch.look) &&
    blind === undefined &&
    idleSince === to.watch.idleSince &&
    deadlineIn(m) === deadlineIn(to)
  return isSame ? 'ignored' : { to, todo: [] }
}

function deadlineIn({ order }: Migration): string | undefined {
  return order?.state.at === 'unknown' ? order.state.deadline : undefined
}

function isIdle({ status }: Look): boolean {
  return !STATUSES[status].atWork && status !== 'unknown'
}

/** A job that is to run would show it, also one whose time was set anew in the console. */
function isIdleTooLong({ watch, snapshot }: Watched, look: Look, rules: Rules): boolean {
  if (!watch.idleSince) return false
  const due = deadlineOf('start', watch.accepted?.since ?? watch.since, snapshot, rules, look)
  return look.at >= later(due, after(watch.idleSince, rules.grace))
}

/** A look did not show the job, although DTS answered. */
export function miss(m: Migration, now: string, rules: Rules): Next {
  if (!isWatched(m) || now < after(lastKnown(m.watch), rules.grace)) return 'ignored'
  return end(m, now, { how: 'gone' })
}

/** DTS did not let the bot look. */
export function unseen(m: Migration, trouble: Trouble, now: string, rules: Rules): Next {
  if (!isWatched(m)) return 'ignored'
  const since = lastKnown(m.watch)
  const due = deadlineIn(m) ?? after(since, rules.grace)
  return now < due ? 'ignored' : goBlind(m, { since, trouble })
}

function lastKnown({ look, since }: Watch): string {
  return look?.at ?? since
}

/** Said once; another reason for the same is only remembered. */
function goBlind(m: Watched, blind: Blind, seen = m): Next {
  const known = m.watch.blind
  if (known && reasonOf(known) === reasonOf(blind)) return 'ignored'
  const to: Migration = { ...seen, watch: { ...seen.watch, blind } }
  if (known) return { to, todo: [] }
  return { to, todo: [], news: m.order?.state.at === 'unknown' ? 'cannotTell' : 'outOfSight' }
}

function reasonOf(blind: Blind): string {
  if (!('trouble' in blind)) return blind.statusCode
  return blind.trouble.kind === 'error' ? blind.trouble.code : blind.trouble.kind
}

/** A person looked where the bot cannot, and says whether the order took effect. */
export function settle(
  m: Migration,
  { request, by, tookEffect }: Extract<Event, { type: 'settled' }>,
  now: string,
): Next {
  const { order } = m
  if (!order || order.state.at !== 'unknown' || order.request !== request || !m.watch?.blind) {
    return { refusal: { no: 'tooLate', stage: stageOf(m) } }
  }
  const { since, trouble } = order.state
  if (!tookEffect) return fail(m, now, { how: 'noEffect', trouble, by })
  return { to: accept(m, order, since), todo: [{ queue: 'watch' }], news: 'tookEffect' }
}

/** A person ends a watch that may lead nowhere. */
export function stopWatching(m: Migration, by: string, now: string): Next {
  if (!mayStopWatching(m)) return { refusal: { no: 'tooLate', stage: stageOf(m) } }
  return end(m, now, { how: 'watchStopped', by })
}

/** Whether looks tell nothing, so that following the job may be of no use. */
export function mayStopWatching(m: Migration): boolean {
  const { watch } = m
  if (stageOf(m) !== 'watching' || !watch) return false
  return watch.blind !== undefined || watch.look?.status === 'unknown'
}
