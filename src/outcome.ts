/** How a start came out and how its job ends: what looks, and people who looked, say about it. */
import { type Seen, isNews } from './job-facts.ts'
import type { Blind, Ending, Happening, Migration, Next, Rules } from './migration.ts'
import type { Started, Starting, State, Trouble, Unknown } from './migration.ts'

/** Nobody knows whether the start took effect: found out by looking, never by calling again. */
export function lost(
  m: Migration,
  { since, earlierStart }: Starting,
  trouble: Trouble,
  now: string,
  rules: Rules,
): Next {
  const knownBy = later(toldBy(m, since, rules), now)
  const state: Unknown = { at: 'unknown', since, trouble, knownBy, earlierStart }
  return { to: { ...m, state }, todo: [{ queue: 'watch' }] }
}

/** A look showed the job. */
export function observe(m: Migration, seen: Seen, now: string, rules: Rules): Next {
  const { state } = m
  if (state.at !== 'unknown' && state.at !== 'started') return 'ignored'
  if (seen.status === 'success') return end(m, now, { how: 'done' })
  if (seen.status === 'failed') {
    return end(m, now, { how: 'failed', errors: seen.errors, requestId: seen.requestId })
  }
  return state.at === 'started'
    ? progress(m, state, seen, now, rules)
    : settle(m, state, seen, now, rules)
}

function progress(m: Migration, state: Started, seen: Seen, now: string, rules: Rules): Next {
  const idleSince = isIdle(seen) ? (state.idleSince ?? seen.at) : undefined
  if (idleSince && seen.at >= later(toldBy(m, state.since, rules, seen), after(idleSince, rules))) {
    const { status, statusCode } = seen
    return end(m, now, { how: 'notRunning', status, statusCode })
  }
  const same = state.seen && !isNews(state.seen, seen)
  if (same && !state.blind && state.idleSince === idleSince) return 'ignored'
  const to: Migration = { ...m, state: { ...state, seen, idleSince, blind: undefined } }
  const milestone = seen.status === 'readyComplete' && state.seen?.status !== 'readyComplete'
  return milestone ? { to, todo: [] } : { to, todo: [], quiet: true }
}

function settle(m: Migration, state: Unknown, seen: Seen, now: string, rules: Rules): Next {
  if (isAtWork(seen.status) || hasRunSince(state, seen)) {
    return started(m, state.since, undefined, seen)
  }
  const knownBy = toldBy(m, state.since, rules, seen)
  if (seen.at < knownBy) {
    if (state.knownBy === knownBy) return 'ignored'
    return { to: { ...m, state: { ...state, knownBy, blind: undefined } }, todo: [], quiet: true }
  }
  if (seen.status === 'unknown') {
    return blinded(m, state, { since: state.since, statusCode: seen.statusCode })
  }
  return end(m, now, { how: 'didNotStart', trouble: state.trouble })
}

/** Whether DTS is at work on a job of this status. */
export function isAtWork(status: string): boolean {
  return ['readyRun', 'running', 'readyComplete', 'completing', 'stopping'].includes(status)
}

function isIdle({ status }: Seen): boolean {
  return !isAtWork(status) && status !== 'unknown'
}

/**
 * DTS names a later run than before our start. Both times are its own: our clock may differ, and a
 * job that ran before keeps the time of that run.
 */
function hasRunSince({ earlierStart }: Unknown, { startedAt }: Seen): boolean {
  return earlierStart !== undefined && startedAt !== undefined && startedAt > earlierStart
}

/** A look did not show the job, although DTS answered. */
export function miss(m: Migration, now: string, rules: Rules): Next {
  const { state } = m
  if (state.at !== 'unknown' && state.at !== 'started') return 'ignored'
  return now < after(lastKnown(state), rules) ? 'ignored' : end(m, now, { how: 'gone' })
}

/** DTS did not let us look. */
export function unseen(m: Migration, trouble: Trouble, now: string, rules: Rules): Next {
  const { state } = m
  if (state.at !== 'unknown' && state.at !== 'started') return 'ignored'
  const since = lastKnown(state)
  const due =
    state.at === 'unknown' ? (state.knownBy ?? toldBy(m, since, rules)) : after(since, rules)
  return now < due ? 'ignored' : blinded(m, state, { since, trouble })
}

/** Told once; another reason for the same is only remembered. */
function blinded(m: Migration, state: Unknown | Started, blind: Blind): Next {
  if (state.blind && reason(state.blind) === reason(blind)) return 'ignored'
  const to: Migration = { ...m, state: { ...state, blind } }
  return state.blind ? { to, todo: [], quiet: true } : { to, todo: [] }
}

function reason(blind: Blind): string | undefined {
  return 'trouble' in blind ? (blind.trouble.code ?? blind.trouble.reason) : blind.statusCode
}

/** A person looked where the bot cannot: whether the job started, or that watching is of no use. */
export function toldByPerson(
  m: Migration,
  h: Extract<Happening, { type: 'settled' | 'letGo' }>,
  now: string,
): Next {
  const { state } = m
  if (h.type === 'letGo') {
    return mayLetGo(state) ? end(m, now, { how: 'letGo', by: h.by }) : tooLate(m)
  }
  if (state.at !== 'unknown' || !state.blind) return tooLate(m)
  if (h.started) return started(m, state.since, undefined)
  return end(m, now, { how: 'didNotStart', trouble: state.trouble, by: h.by })
}

/** Whether the watch may lead nowhere, so that people may end it. */
export function mayLetGo(state: State): boolean {
  if (state.at !== 'started') return false
  return state.blind !== undefined || state.seen?.status === 'unknown'
}

/** The moment (ISO, UTC) after which a start that took effect would show in the job's status. */
export function toldBy(m: Migration, since: string, rules: Rules, seen?: Seen): string {
  const expected = m.job.runMode === 'timed' ? (seen?.expectedAt ?? m.job.expectedAt) : undefined
  return after(later(since, expected ?? since), rules)
}

function lastKnown(state: Unknown | Started): string {
  return state.at === 'started' ? (state.seen?.at ?? state.since) : state.since
}

function after(iso: string, rules: Rules): string {
  return new Date(Date.parse(iso) + rules.grace).toISOString()
}

function later(a: string, b: string): string {
  return a > b ? a : b
}

function tooLate(m: Migration): Next {
  return { refusal: { no: 'alreadyDecided', state: m.state.at } }
}

/** DTS is at work on it, or will be. `since`: when the start was sent. */
export function started(
  m: Migration,
  since: string,
  requestId: string | undefined,
  seen?: Seen,
): Next {
  const idleSince = seen && isIdle(seen) ? seen.at : undefined
  return {
    to: { ...m, state: { at: 'started', since, requestId, seen, idleSince } },
    todo: [{ queue: 'watch' }],
  }
}

export function end(m: Migration, when: string, ending: Ending): Next {
  const since = m.state.at === 'started' || m.state.at === 'unknown' ? m.state.since : undefined
  return { to: { ...m, state: { at: 'ended', when, since, ending } }, todo: [] }
}
