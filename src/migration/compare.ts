/**
 * A comparison of both ends. It changes nothing at either, so nobody approves it; it costs load, so
 * there is one at a time.
 */
import type { Compare } from '../dts/api.ts'
import { allows } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import type { Event, Next, Rules, Step } from './event.ts'
import type { CompareState, Comparison } from './comparison.ts'
import type { Migration, Watch, Watched } from './migration.ts'
import { isWatched, openRequest, stageOf } from './migration.ts'
import { isClosed } from './offers.ts'
import { after, between, earlier } from './times.ts'

type Seen = Extract<Event, { type: 'compareSeen' }>
type Progress =
  | Seen
  | Extract<
      Event,
      { type: 'compareSending' | 'compareCreated' | 'compareDenied' | 'compareUnseen' }
    >
type Followed = Comparison & { state: Extract<CompareState, { at: 'running' }> }

/** Whether people may ask for one: also while they decide about a cutover, to know before they do. */
export function canCompare(m: Migration): boolean {
  if (!isWatched(m) || isClosed(m.watch) || isComparing(m.watch)) return false
  const { look } = m.watch
  const isTheirTurn = stageOf(m) === 'watching' || openRequest(m)?.operation === 'cutOver'
  return isTheirTurn && look !== undefined && allows({ look }, 'compare')
}

/** Whether one is on its way, or known to run. */
export function isComparing({ compare }: Watch): boolean {
  return compare !== undefined && !isSettled(compare)
}

/** A person asks for a comparison. */
export function askToCompare(m: Migration, by: string, now: string): Next {
  if (m.ended) return { refusal: { no: 'tooLate', stage: 'ended' } }
  const { compare, look } = m.watch ?? {}
  if (compare && !isSettled(compare)) {
    return compare.by === by ? 'ignored' : { refusal: { no: 'comparing', by: compare.by } }
  }
  if (!isWatched(m) || !canCompare(m)) return { refusal: { no: 'notComparable', look } }
  return {
    to: keep(m, { by, since: now, state: { at: 'asked' } }),
    todo: [{ queue: 'compare' }],
  }
}

/** How a comparison goes on, whoever asked for it. */
export function compareGoesOn(m: Migration, event: Progress, now: string, rules: Rules): Next {
  if (!isWatched(m)) return 'ignored'
  const { compare } = m.watch
  switch (event.type) {
    case 'compareSending':
      if (compare?.state.at !== 'asked') return 'ignored'
      return { to: keep(m, { ...compare, state: { at: 'sending' } }), todo: [] }
    case 'compareCreated': {
      if (compare?.state.at !== 'sending') return 'ignored'
      const state = { at: 'running', id: event.compareId, seen: now } as const
      return { to: keep(m, { ...compare, state }), todo: [] }
    }
    case 'compareDenied': {
      const { compareId: id, trouble } = event
      if (!compare || isSettled(compare) || idOf(compare) !== id) return 'ignored'
      return over(m, compare, { at: 'over', id, result: 'notBegun', when: now, trouble })
    }
    case 'compareSeen':
      return seen(m, event, now, rules)
    case 'compareUnseen':
      return unseen(m, event.final ? 0 : rules.patience, now, event.trouble)
  }
}

/**
 * The one to be shown, out of all that DTS lists: the one that is followed as long as it is, else the
 * newest that was begun.
 */
export function compareToShow(all: Compare[], known?: Comparison): Compare | undefined {
  const followed = known && isFollowed(known) ? known.state.id : undefined
  if (followed) return all.find(({ id }) => id === followed)
  const begun = all.filter(({ status }) => status !== 'created' && status !== 'unknown')
  return begun.toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1)).at(0)
}

/** Whether DTS is at it, or about to be. */
export function isUnderWay({ status }: Compare): boolean {
  return status === 'readyRun' || status === 'running' || status === 'stopping'
}

function seen(m: Watched, { compare: shown, at }: Seen, now: string, rules: Rules): Next {
  const known = m.watch.compare
  if (known?.state.at === 'sending') return 'ignored'
  if (known?.state.at === 'asked') {
    return shown && isUnderWay(shown) ? follow(m, known, shown, at) : 'ignored'
  }
  if (known && isFollowed(known)) {
    if (shown?.id !== known.state.id) return unseen(m, rules.patience, now)
    if (shown.status === 'unknown') return unseen(m, rules.patience, now)
    if (shown.status === 'created') return waits(m, known, now, rules)
    return isUnderWay(shown) ? follow(m, known, shown, at) : over(m, known, outcome(shown, at))
  }
  if (!shown && !known) return { to: keep(m, { since: at, state: { at: 'none' } }), todo: [] }
  if (!shown || shown.status === 'created' || shown.status === 'unknown') return 'ignored'
  const compare = known && idOf(known) === shown.id ? known : { since: shown.createdAt ?? at }
  if (isUnderWay(shown)) return follow(m, { ...compare, state: { at: 'asked' } }, shown, at)
  const state = outcome(shown, at)
  if (known && idOf(known) === shown.id && isSameEnd(known.state, state)) return 'ignored'
  return { to: keep(m, { ...compare, state }), todo: [] }
}

/** The row changes only if people would see a difference, or a minute has passed. */
function follow(m: Watched, compare: Comparison, { id, percent }: Compare, at: string): Next {
  const { state } = compare
  const isKnown = state.at === 'running' && state.percent === percent
  if (isKnown && state.seen <= at && between(state.seen, at) < 60_000) return 'ignored'
  const to = keep(m, { ...compare, state: { at: 'running', id, seen: at, percent } })
  return { to, todo: state.at === 'running' ? [] : [{ queue: 'compare' }] }
}

/** DTS has it and has not begun: the answer to the start may have been lost. */
function waits(m: Watched, compare: Followed, now: string, rules: Rules): Next {
  const { id } = compare.state
  const since = earlier(compare.since, now)
  if (now >= after(since, rules.grace)) {
    return over(m, compare, { at: 'over', id, result: 'notBegun', when: now })
  }
  return since === compare.since ? 'ignored' : { to: keep(m, { ...compare, since }), todo: [] }
}

/** DTS did not show the one that is followed, or not so that it can be read. */
function unseen(m: Watched, patience: number, now: string, trouble?: Trouble): Next {
  const { compare } = m.watch
  if (!compare || !isFollowed(compare)) return 'ignored'
  const { state } = compare
  const last = earlier(state.seen, now)
  if (between(last, now) >= patience) {
    return over(m, compare, { at: 'over', id: state.id, result: 'unclear', when: now, trouble })
  }
  if (last === state.seen) return 'ignored'
  return { to: keep(m, { ...compare, state: { ...state, seen: last } }), todo: [] }
}

function over(m: Watched, compare: Comparison, state: CompareState): Step {
  const news = compare.by ? ('compared' as const) : undefined
  return { to: keep(m, { ...compare, state }), todo: [], news }
}

function outcome({ id, status, conclusion, message, finishedAt }: Compare, at: string) {
  const when = finishedAt ?? at
  const ended = { at: 'over', id, when } as const
  if (status === 'failed' || status === 'canceled') return { ...ended, result: status, message }
  return { ...ended, result: conclusion ?? 'unclear' } as const
}

/** Nothing is to follow. */
function isSettled({ state }: Comparison): boolean {
  return state.at === 'over' || state.at === 'none'
}

function isSameEnd(was: CompareState, is: CompareState): boolean {
  return was.at === 'over' && is.at === 'over' && was.result === is.result
}

function isFollowed(compare: Comparison): compare is Followed {
  return compare.state.at === 'running'
}

function idOf({ state }: Comparison): string | undefined {
  return 'id' in state ? state.id : undefined
}

function keep(m: Watched, compare: Comparison): Watched {
  return { ...m, watch: { ...m.watch, compare } }
}
