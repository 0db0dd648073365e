/**
 * The noun. A migration is our record of one attempt to take a DTS job from "please" to its end.
 * `next` decides everything that can happen to it: pure, total, no clock, no network.
 * All times are ISO 8601 in UTC unless a name says otherwise.
 */
import { type Change, type JobFacts, type Seen, isNews } from './job-facts.ts'
import type { Refusal } from './refusal.ts'

export type Migration = {
  id: string
  requester: string
  channel: string
  reason: string
  job: JobFacts
  ask: Ask
  state: State
}

/** A decision that people owe. A job that changed is asked again under the next number. */
export type Ask = { number: number; expiresAt: string; changes: Change[] }

export type State =
  | { at: 'asking' }
  /** Nothing is in flight. `trouble`: why the start has not been sent, or was sent back. */
  | { at: 'approved'; by: string; since: string; attempts: number; trouble: Trouble | undefined }
  | { at: 'starting'; by: string; attempts: number; since: string }
  | { at: 'unknown'; since: string; trouble: Trouble }
  | { at: 'started'; since: string; requestId: string | undefined; seen: Seen | undefined }
  | { at: 'ended'; when: string; since: string | undefined; ending: Ending }

export type Ending =
  | { how: 'done' }
  | { how: 'failed'; errors: string[]; requestId: string | undefined }
  | { how: 'rejected'; by: string; reason: string }
  | { how: 'expired' }
  | { how: 'blocked'; status: string }
  | { how: 'denied'; trouble: Trouble }
  | { how: 'didNotStart'; trouble: Trouble }
  | { how: 'gone' }
  | { how: 'unshown'; error: string }

/** What went wrong with a call to DTS: an error code, or a kind of silence. Never a raw body. */
export type Trouble = {
  code: string | undefined
  reason: string
  requestId: string | undefined
  traceId: string | undefined
}

export type Happening =
  | { type: 'asked' }
  | { type: 'approved'; ask: number; by: string }
  | { type: 'rejected'; ask: number; by: string; reason: string }
  | { type: 'expired'; ask: number }
  | { type: 'changed'; job: JobFacts; changes: Change[]; expiresAt: string }
  | { type: 'blocked'; status: string }
  | { type: 'delayed'; trouble: Trouble }
  | { type: 'attempted' }
  | { type: 'accepted'; requestId: string }
  | { type: 'throttled'; trouble: Trouble }
  | { type: 'denied'; trouble: Trouble }
  | { type: 'lost'; trouble: Trouble }
  | { type: 'observed'; seen: Seen }
  | { type: 'missing'; at: string }
  | { type: 'unshown'; error: string }

/**
 * How patient the rules are. Milliseconds, except `sends`: how often a throttled start is sent.
 * `grace`: how long a start may take to show in the status. `patience`: how long to go on trying
 * to look at a job before the start.
 */
export type Rules = { grace: number; patience: number; sends: number }

export type Next =
  /** `quiet`: worth remembering on the row, not worth a line in the history. */
  { to: Migration; todo: Todo[]; quiet?: true } | { refusal: Refusal } | 'ignored'

/** What must follow, in the same transaction. Delays are milliseconds from now. */
export type Todo = { queue: 'start' | 'watch'; delay?: number } | { queue: 'expire'; at: string }

/** What becomes of a migration when something happens to it at `now` (ISO, UTC). */
export function next(m: Migration, h: Happening, now: string, rules: Rules): Next {
  switch (h.type) {
    case 'asked':
      return 'ignored'
    case 'approved':
      return decide(m, h.ask, now, () => {
        if (h.by === m.requester) return { refusal: { no: 'selfApproval' } }
        const state: State = {
          at: 'approved',
          by: h.by,
          since: now,
          attempts: 0,
          trouble: undefined,
        }
        return { to: { ...m, state }, todo: [{ queue: 'start' }] }
      })
    case 'rejected':
      return decide(m, h.ask, now, () =>
        end(m, now, { how: 'rejected', by: h.by, reason: h.reason }),
      )
    case 'expired':
      if (m.state.at !== 'asking' || h.ask !== m.ask.number) return 'ignored'
      return end(m, now, { how: 'expired' })
    case 'observed':
      return observe(m, h.seen, now, rules)
    case 'missing':
      return miss(m, now, rules)
    case 'unshown':
      return m.state.at === 'asking' ? end(m, now, { how: 'unshown', error: h.error }) : 'ignored'
    case 'changed':
    case 'blocked':
    case 'delayed':
    case 'attempted':
      return m.state.at === 'approved' ? beforeTheCall(m, m.state, h, now, rules) : 'ignored'
    case 'denied':
      if (m.state.at !== 'approved' && m.state.at !== 'starting') return 'ignored'
      return end(m, now, { how: 'denied', trouble: h.trouble })
    case 'accepted':
    case 'throttled':
    case 'lost':
      return afterTheCall(m, h, now, rules)
  }
}

/** Whether DTS may still be working on the job for us, so that the watcher must look at it. */
export function isWatched(m: Migration): boolean {
  return m.state.at === 'unknown' || m.state.at === 'started'
}

function decide(m: Migration, ask: number, now: string, yes: () => Next): Next {
  if (m.state.at !== 'asking') return { refusal: { no: 'alreadyDecided', state: m.state.at } }
  if (ask !== m.ask.number) return { refusal: { no: 'askReplaced' } }
  if (now >= m.ask.expiresAt) return { refusal: { no: 'askExpired', jobId: m.job.id } }
  return yes()
}

type Approved = Extract<State, { at: 'approved' }>

function beforeTheCall(
  m: Migration,
  approved: Approved,
  h: Extract<Happening, { type: 'changed' | 'blocked' | 'delayed' | 'attempted' }>,
  now: string,
  rules: Rules,
): Next {
  switch (h.type) {
    case 'blocked':
      return end(m, now, { how: 'blocked', status: h.status })
    case 'changed': {
      const ask = { number: m.ask.number + 1, expiresAt: h.expiresAt, changes: h.changes }
      return {
        to: { ...m, job: h.job, ask, state: { at: 'asking' } },
        todo: [{ queue: 'expire', at: ask.expiresAt }],
      }
    }
    case 'delayed': {
      const patience = Date.parse(approved.since) + rules.patience
      if (Date.parse(now) > patience) return end(m, now, { how: 'denied', trouble: h.trouble })
      return { to: { ...m, state: { ...approved, trouble: h.trouble } }, todo: [], quiet: true }
    }
    case 'attempted': {
      const { by, attempts } = approved
      const state: State = { at: 'starting', by, attempts: attempts + 1, since: now }
      return { to: { ...m, state }, todo: [] }
    }
  }
}

function afterTheCall(
  m: Migration,
  h: Extract<Happening, { type: 'accepted' | 'throttled' | 'lost' }>,
  now: string,
  rules: Rules,
): Next {
  const { state } = m
  if (state.at === 'unknown' && h.type === 'accepted') return started(m, state.since, h.requestId)
  if (state.at !== 'starting') return 'ignored'
  switch (h.type) {
    case 'accepted':
      return started(m, state.since, h.requestId)
    case 'throttled': {
      const { by, attempts } = state
      if (attempts >= rules.sends) return end(m, now, { how: 'denied', trouble: h.trouble })
      return {
        to: { ...m, state: { at: 'approved', by, since: now, attempts, trouble: h.trouble } },
        todo: [{ queue: 'start', delay: 1000 * 2 ** (attempts - 1) }],
      }
    }
    case 'lost':
      return {
        to: { ...m, state: { at: 'unknown', since: state.since, trouble: h.trouble } },
        todo: [{ queue: 'watch' }],
      }
  }
}

function started(m: Migration, since: string, requestId: string | undefined, seen?: Seen): Next {
  return {
    to: { ...m, state: { at: 'started', since, requestId, seen } },
    todo: [{ queue: 'watch' }],
  }
}

const UNDER_WAY = ['readyRun', 'running', 'readyComplete', 'completing', 'stopping']

function observe(m: Migration, seen: Seen, now: string, rules: Rules): Next {
  const { state } = m
  if (state.at !== 'unknown' && state.at !== 'started') return 'ignored'
  if (seen.status === 'success') return end(m, now, { how: 'done' })
  if (seen.status === 'failed') {
    return end(m, now, { how: 'failed', errors: seen.errors, requestId: seen.requestId })
  }
  if (state.at === 'started') {
    if (state.seen && !isNews(state.seen, seen)) return 'ignored'
    const to: Migration = { ...m, state: { ...state, seen } }
    const milestone = seen.status === 'readyComplete' && state.seen?.status !== 'readyComplete'
    return milestone ? { to, todo: [] } : { to, todo: [], quiet: true }
  }
  if (UNDER_WAY.includes(seen.status)) return started(m, state.since, undefined, seen)
  if (seen.status === 'unknown' || seen.at < toldBy(m, state.since, rules)) return 'ignored'
  return end(m, now, { how: 'didNotStart', trouble: state.trouble })
}

/** The moment (ISO, UTC) after which a start that took effect would show in the job's status. */
export function toldBy(m: Migration, since: string, rules: Rules): string {
  const expected = m.job.runMode === 'timed' ? m.job.expectedAt : undefined
  return new Date(Date.parse(later(since, expected ?? since)) + rules.grace).toISOString()
}

function later(a: string, b: string): string {
  return a > b ? a : b
}

function miss(m: Migration, now: string, rules: Rules): Next {
  const { state } = m
  if (state.at !== 'unknown' && state.at !== 'started') return 'ignored'
  const lastSeen = state.at === 'started' ? (state.seen?.at ?? state.since) : state.since
  const patience = Date.parse(lastSeen) + rules.grace
  return Date.parse(now) < patience ? 'ignored' : end(m, now, { how: 'gone' })
}

function end(m: Migration, when: string, ending: Ending): Next {
  const since = m.state.at === 'started' || m.state.at === 'unknown' ? m.state.since : undefined
  return { to: { ...m, state: { at: 'ended', when, since, ending } }, todo: [] }
}
