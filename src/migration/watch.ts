/** What looks at a job say about it. */
import { STATUSES, type Look, allows, isRetriable } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import { raised } from './alarm.ts'
import { end, fail } from './ending.ts'
import type { Event, News, Next, Rules } from './event.ts'
import type { Blind, Migration, Order, Sending, Unknown, Watched } from './migration.ts'
import { followsCheck, isWatched, stageOf } from './migration.ts'
import type { OperationName } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { inTime } from './in-time.ts'
import { accept, deadlineOf } from './order.ts'
import { seeing } from './seen.ts'
import { isNews } from './snapshot.ts'
import { after, earlier, isOlder, later } from './times.ts'

/** `isChanged`: the job is not what people approved. */
type Seen = { look: Look; isChanged?: boolean }
type Observed = Omit<Extract<Event, { type: 'observed' }>, 'type'>

/** A look showed the job. One that was asked before the newest we have is ignored. */
export function observe(m: Migration, event: Observed, now: string, rules: Rules): Next {
  const { look, waited = Infinity, digest = m.snapshot.digest } = event
  if (!isWatched(m) || followsCheck(m)) return 'ignored'
  if (isOlder(look.at, m.watch.look?.at, now)) return 'ignored'
  const { state } = m.order ?? {}
  const isInDoubt = state?.at === 'unknown' || (state?.at === 'sending' && isOver(look))
  if (isInDoubt && isOlder(look.at, state.since, now)) return 'ignored'
  return inTime(m, now, rules, (timely) => {
    const { order } = timely
    if (order?.state.at === 'unknown') {
      return judge(timely, order, order.state, { look, waited }, now, rules)
    }
    if (order?.state.at === 'sending' && isOver(look)) {
      const proof = proven(timely, order, order.state, look, now, rules)
      if (proof) return proof
    }
    return follow(timely, { look, isChanged: digest !== m.snapshot.digest }, now, rules)
  })
}

/** Whether the look tells how an order came out whose answer was lost. */
function judge(
  m: Watched,
  order: Order,
  state: Unknown,
  { look, waited }: { look: Look; waited: number },
  now: string,
  rules: Rules,
): Next {
  const proof = proven(m, order, state, look, now, rules)
  if (proof) return proof
  const effect = OPERATIONS[order.operation].tookEffect(look, state.before)
  const { since } = state
  const asked: Blind = { since, statusCode: look.statusCode }
  // A bot that has just begun to look does not take back what people were asked.
  if (effect === undefined && isBlindBy(m, asked)) return goBlind(m, asked, seeing(m, look))
  const deadline = deadlineOf(order.operation, since, m.snapshot, rules, look)
  // Bots' clocks differ, and are set: the deadline alone may be reached too early.
  if (look.at < deadline || waited < rules.grace) {
    const waiting = { ...seeing(m, look), order: { ...order, state: { ...state, deadline } } }
    // A timed job may wait for days, and holds the job: people who know may say how it came out.
    return look.at < deadline && look.at >= after(since, rules.patience)
      ? goBlind(m, { since, until: deadline }, waiting)
      : remember(m, waiting)
  }
  const { trouble } = state
  if (effect === undefined) return goBlind(m, asked, seeing(m, look))
  const watch = { ...m.watch, blind: undefined, missed: undefined }
  return fail({ ...m, watch }, now, { how: 'noEffect', trouble })
}

/** What a look proves about a call without an answer; undefined: nothing yet. */
function proven(
  m: Watched,
  order: Order,
  { before, since }: Sending | Unknown,
  look: Look,
  now: string,
  rules: Rules,
): Next | undefined {
  const effect = OPERATIONS[order.operation].tookEffect(look, before)
  if (effect) return follow(accept(m, order, since), { look }, now, rules, 'tookEffect')
  if (!isOver(look)) return undefined
  if (look.status === 'failed' && order.operation === 'stop' && !m.watch.lateStop) {
    const { errors, requestId } = look
    return end(seeing(m, look), now, { how: 'failed', errors, requestId, stopLost: true })
  }
  return follow({ ...m, order: undefined }, { look }, now, rules)
}

function isOver(look: Look): boolean {
  return STATUSES[look.status].final && !isRetriable(look)
}

/** Follows the job: to its end, or to what people want to know meanwhile. */
function follow(m: Watched, seen: Seen, now: string, rules: Rules, news?: News): Next {
  const { look, isChanged = false } = seen
  const to = settled(overtaken(seeing(m, look), m.watch.look, look), look, news)
  const { status, statusCode, errors, requestId } = look
  if (status === 'success') return end(to, now, { how: 'done' })
  const isOurs = m.watch.accepted?.operation === 'stop' || m.watch.lateStop
  if (status === 'failed' && (isOurs || !isRetriable(look))) {
    return end(to, now, isOurs ? { how: 'stopped' } : { how: 'failed', errors, requestId })
  }
  if (status === 'canceled') {
    return end(to, now, isOurs ? { how: 'stopped' } : { how: 'notRunning', status, statusCode })
  }
  if (stageOf(m) === 'watching' && isIdleTooLong(to, look, rules)) {
    return end(to, now, { how: 'notRunning', status, statusCode })
  }
  if (!becomesReady(m, to) && isNotDone(to, look, rules)) {
    const lateStop = to.watch.lateStop || to.watch.accepted?.operation === 'stop' || undefined
    const watch = { ...to.watch, accepted: undefined, lateStop }
    return { to: { ...to, watch }, todo: [], news: 'notDone' }
  }
  // One piece of news at a time: the next look raises it again.
  const alarm = news || becomesReady(m, to) ? undefined : raised(to.watch, look, isChanged)
  return alarm
    ? remember(m, { ...to, watch: { ...to.watch, alarm } }, 'alarm')
    : remember(m, to, news)
}

/** DTS was at it when an error came: that is told, and what was accepted is over. */
function overtaken(m: Watched, was: Look | undefined, look: Look): Watched {
  const { accepted, lateStop } = m.watch
  if (!accepted || !was || OPERATIONS[accepted.operation].begins || !isBroken(look)) return m
  if (OPERATIONS[accepted.operation].tookEffect(was, {}) !== true) return m
  const isStop = lateStop || accepted.operation === 'stop' || undefined
  return { ...m, watch: { ...m.watch, accepted: undefined, lateStop: isStop } }
}

/** A pause, or its end, is over once it is carried out. The others say how the job ends. */
function settled(m: Watched, look: Look, news: News | undefined): Watched {
  const { operation } = m.watch.accepted ?? {}
  if (news || !operation || !PASSING.includes(operation)) return m
  if (OPERATIONS[operation].tookEffect(look, {}) !== true) return m
  return { ...m, watch: { ...m.watch, accepted: undefined } }
}

const PASSING: OperationName[] = ['pause', 'continue', 'retry']

/** DTS accepted something and does not carry it out: people may ask again. */
function isNotDone({ watch: { accepted } }: Watched, look: Look, rules: Rules): boolean {
  if (!accepted || OPERATIONS[accepted.operation].begins) return false
  const { action } = OPERATIONS[accepted.operation]
  // An error may have come first: then DTS will not do it, nor allow it again.
  const isOpen = allows({ look }, action) || isBroken(look)
  return isOpen && look.at >= after(accepted.since, rules.patience)
}

function isBroken({ status }: Look): boolean {
  return status === 'error' || status === 'resumableError'
}

/** Without news the row changes only if people would see a difference. */
function remember(m: Watched, to: Watched, news?: News): Next {
  const { look, idleSince, blind, missed, alarm } = m.watch
  const isReady = becomesReady(m, to)
  if (isReady || news) return { to, todo: [], news: news ?? 'ready' }
  const isSame =
    look !== undefined &&
    to.watch.look !== undefined &&
    !isNews(look, to.watch.look) &&
    blind === to.watch.blind &&
    missed === undefined &&
    alarm === to.watch.alarm &&
    idleSince === to.watch.idleSince &&
    deadlineIn(m) === deadlineIn(to)
  return isSame ? 'ignored' : { to, todo: [] }
}

function becomesReady(m: Watched, to: Watched): boolean {
  const isReady = ({ watch }: Watched): boolean => watch.look?.status === 'readyComplete'
  return isReady(to) && !isReady(m)
}

/** By when looks tell how an order came out whose answer was lost, or people are asked. */
function dueToTell({ order, snapshot, watch }: Watched, rules: Rules): string | undefined {
  if (order?.state.at !== 'unknown') return undefined
  const { since } = order.state
  const deadline = deadlineOf(order.operation, since, snapshot, rules, watch.look)
  return earlier(deadline, after(since, rules.patience))
}

function deadlineIn({ order }: Migration): string | undefined {
  return order?.state.at === 'unknown' ? order.state.deadline : undefined
}

/** A job that is to run would show it, also one whose time was set anew in the console. */
function isIdleTooLong({ watch, snapshot }: Watched, look: Look, rules: Rules): boolean {
  if (!watch.idleSince) return false
  const since = watch.accepted?.since ?? watch.since
  const due = deadlineOf('start', since, snapshot, rules, look)
  return look.at >= later(due, after(watch.idleSince, rules.grace))
}

/** A look did not show the job, although DTS answered. Only many such looks in a row prove something. */
export function miss(m: Migration, now: string, rules: Rules): Next {
  if (!isWatched(m)) return 'ignored'
  const { missed } = m.watch
  const isInARow = missed && missed.last <= now && now <= after(missed.last, rules.grace)
  const first = isInARow ? missed.first : now
  if (now >= after(first, rules.grace)) return end(m, now, { how: 'gone' })
  return { to: { ...m, watch: { ...m.watch, missed: { first, last: now } } }, todo: [] }
}

/** DTS did not let the bot look. */
export function unseen(m: Migration, trouble: Trouble, now: string, rules: Rules): Next {
  if (!isWatched(m)) return 'ignored'
  return inTime(m, now, rules, (timely) => {
    const since = timely.watch.look?.at ?? timely.watch.since
    const due = dueToTell(timely, rules) ?? after(since, rules.grace)
    return now < due ? 'ignored' : goBlind(timely, { since, trouble })
  })
}

/** Said once; another reason for the same is only remembered. */
export function goBlind(m: Watched, blind: Blind, seen = m): Next {
  const known = m.watch.blind
  if (known && isBlindBy(m, blind)) {
    return seen === m ? 'ignored' : remember(m, { ...seen, watch: { ...seen.watch, blind: known } })
  }
  const to: Migration = { ...seen, watch: { ...seen.watch, blind } }
  if (known) return { to, todo: [] }
  return { to, todo: [], news: m.order?.state.at === 'unknown' ? 'cannotTell' : 'outOfSight' }
}

function isBlindBy({ watch: { blind: known } }: Watched, blind: Blind): boolean {
  return known !== undefined && reasonOf(known) === reasonOf(blind)
}

function reasonOf(blind: Blind): string {
  if ('until' in blind) return blind.until
  if ('statusCode' in blind) return blind.statusCode
  if ('unclear' in blind) return blind.unclear
  return blind.trouble.kind === 'error' ? blind.trouble.code : blind.trouble.kind
}
