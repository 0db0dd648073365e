/** Everything that can happen to a migration, decided: pure, total, no clock, no network. */
import type { Happening, Migration, Next, Rules, State } from './migration.ts'
import { end, lost, miss, observe, started, toldByPerson, unseen } from './outcome.ts'

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
    case 'unseen':
      return unseen(m, h.trouble, now, rules)
    case 'settled':
    case 'letGo':
      return toldByPerson(m, h, now)
    case 'unshown':
      if (m.state.at !== 'asking') return 'ignored'
      return end(m, now, { how: 'unshown', error: h.error, ...(h.lost ? { lost: true } : {}) })
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
      const { earlierStart } = h
      const state: State = { at: 'starting', by, attempts: attempts + 1, since: now, earlierStart }
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
      return lost(m, state, h.trouble, now, rules)
  }
}
