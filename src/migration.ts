/**
 * The noun. A migration is our record of one attempt to take a DTS job from "please" to its end.
 * What may happen to it is decided in next.ts. All times are ISO 8601 in UTC unless a name says
 * otherwise.
 */
import type { Change, JobFacts, Seen } from './job-facts.ts'
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
  | Starting
  | Unknown
  | Started
  | { at: 'ended'; when: string; since: string | undefined; ending: Ending }

/**
 * `earlierStart`: when DTS said, before our start, that the job had last begun to run; '' for never.
 * Rows of older versions do not say.
 */
export type Starting = {
  at: 'starting'
  by: string
  attempts: number
  since: string
  earlierStart?: string | undefined
}

/** `knownBy`: by when looks tell, or people are asked. Rows of older versions do not say. */
export type Unknown = {
  at: 'unknown'
  since: string
  trouble: Trouble
  knownBy?: string | undefined
  earlierStart?: string | undefined
  blind?: Blind | undefined
}

/** `idleSince`: when a look first found the job not at work, if every look since found the same. */
export type Started = {
  at: 'started'
  since: string
  requestId: string | undefined
  seen: Seen | undefined
  idleSince?: string | undefined
  blind?: Blind | undefined
}

/**
 * Why the watcher cannot tell how the job is, for longer than a look may take: DTS does not let us
 * look (`trouble`), or shows a status that we do not know. `since`: when we last knew.
 */
export type Blind = { since: string } & ({ trouble: Trouble } | { statusCode: string })

export type Ending =
  | { how: 'done' }
  | { how: 'failed'; errors: string[]; requestId: string | undefined }
  | { how: 'rejected'; by: string; reason: string }
  | { how: 'expired' }
  | { how: 'blocked'; status: string }
  | { how: 'denied'; trouble: Trouble }
  /** `by`: the person who said so, where the job's status did not tell. */
  | { how: 'didNotStart'; trouble: Trouble; by?: string | undefined }
  | { how: 'notRunning'; status: string; statusCode: string }
  | { how: 'letGo'; by: string }
  | { how: 'gone' }
  /** `lost`: an earlier try to post the card may have arrived. */
  | { how: 'unshown'; error: string; lost?: boolean | undefined }

/**
 * What went wrong with a call to DTS: an error code, or a kind of silence. Never a raw body.
 * `action`: which call; rows of older versions do not say.
 */
export type Trouble = {
  action?: string | undefined
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
  /** `earlierStart`: as in `Starting`. */
  | { type: 'attempted'; earlierStart: string }
  | { type: 'accepted'; requestId: string }
  | { type: 'throttled'; trouble: Trouble }
  | { type: 'denied'; trouble: Trouble }
  | { type: 'lost'; trouble: Trouble }
  | { type: 'observed'; seen: Seen }
  | { type: 'missing'; at: string }
  | { type: 'unseen'; trouble: Trouble }
  | { type: 'settled'; by: string; started: boolean }
  | { type: 'letGo'; by: string }
  | { type: 'unshown'; error: string; lost?: boolean }

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

/** Whether DTS may still be working on the job for us, so that the watcher must look at it. */
export function isWatched(m: Migration): boolean {
  return m.state.at === 'unknown' || m.state.at === 'started'
}
