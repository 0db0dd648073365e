import type { Check, Compare } from '../dts/api.ts'
import type { Look, Snapshot, JobStatus } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import type { AskedCheck, Migration, Rule, Skip } from './migration.ts'
import type { Evidence, Mode, OperationName } from './operation.ts'
import type { Refusal } from './refusal.ts'

/** Something that happened to a migration. `request` and `token` say which question or attempt. */
export type Event =
  | ({ type: 'requested' } & NewRequest)
  /**
   * The first of a migration that begins without a request: somebody wants to follow a job that runs, or
   * had DTS check one.
   */
  | { type: 'watched'; by: string; check?: AskedCheck | undefined }
  | { type: 'approved'; request: number; by: string }
  | { type: 'rejected'; request: number; by: string; reason: string }
  | { type: 'expired'; request: number }
  /** Before an order was sent: the job is not what people approved. */
  | { type: 'changed'; request: number; snapshot: Snapshot; expiresAt: string }
  /** The approval is too old to act on. */
  | { type: 'outdated'; request: number; expiresAt: string }
  | {
      type: 'blocked'
      request: number
      status: JobStatus | 'missing'
      statusCode: string
      items?: string[] | undefined
    }
  | { type: 'delayed'; request: number; trouble: Trouble }
  | { type: 'attempted'; request: number; token: string; before: Evidence }
  /** `token` is absent for an order that could not even be tried. */
  | { type: 'denied'; request: number; token?: string | undefined; trouble: Trouble }
  | { type: 'accepted'; token: string; requestId: string }
  | { type: 'throttled'; token: string; trouble: Trouble }
  | { type: 'lost'; token: string; trouble: Trouble }
  /**
   * `waited`: for how long (milliseconds, of a clock that nobody sets) the bot that looked has been
   * looking for the outcome of the attempt; absent where none is unknown. `digest`: of how the job is set
   * up now.
   */
  | { type: 'observed'; look: Look; waited?: number | undefined; digest?: string | undefined }
  /**
   * How the job is, and then how its check is. `waited`: as above, for the result. `snapshot`: how the
   * job is set up now, where people are asked once it has passed.
   */
  | {
      type: 'checked'
      look: Look
      check: Check
      waited?: number | undefined
      snapshot?: Snapshot | undefined
    }
  /** After a skip: DTS checks the job again, because the bot asked for it. */
  | { type: 'checkBegun'; requestId: string }
  /** DTS did not take that. `isFinal`: it will not, either. */
  | { type: 'checkDenied'; trouble: Trouble; isFinal: boolean }
  /** Somebody asks for a comparison of both ends. */
  | { type: 'compareAsked'; by: string }
  /** DTS is about to be asked to create one. */
  | { type: 'compareSending' }
  | { type: 'compareCreated'; compareId: string }
  /** DTS did not create it, or not start the one with that id. */
  | { type: 'compareDenied'; compareId?: string | undefined; trouble: Trouble }
  /** `at`: when DTS was asked. `compare` is absent where DTS lists none. */
  | { type: 'compareSeen'; at: string; compare?: Compare | undefined }
  /** `final`: there is no point in asking again. */
  | { type: 'compareUnseen'; trouble: Trouble; final: boolean }
  /** DTS answered and did not show the job. */
  | { type: 'missing' }
  /** DTS did not let the bot look. */
  | { type: 'unseen'; trouble: Trouble }
  | { type: 'settled'; request: number; by: string; tookEffect: boolean }
  | { type: 'watchStopped'; by: string }
  | { type: 'undeliverable'; error: string; lost?: boolean | undefined }

export type NewRequest = {
  operation: OperationName
  mode?: Mode | undefined
  skip?: Skip | undefined
  requester: string
  reason: string
  rule: Rule
  expiresAt: string
}

/**
 * How patient the rules are, in milliseconds; `sends` counts. `grace`: how long an operation may take
 * to show in the job's status. `patience`: how long after an approval to go on trying to look at the
 * job. `sends`: how often an order that DTS throttles is sent. `sendWithin`: how long after an attempt
 * was written down the call may leave, at most; far less than `grace`, after which it counts as having
 * had no effect.
 */
export type Rules = { grace: number; patience: number; sends: number; sendWithin: number }

/** What becomes of a migration: a new state, a "no" for the person, or nothing (late, or twice). */
export type Next = Step | { refusal: Refusal } | 'ignored'

/** `news`: what the thread says about it. Without news a look leaves no line in the history. */
export type Step = { to: Migration; todo: Todo[]; news?: News | undefined }

/** What must follow, in the same transaction. Delays are milliseconds from now. */
export type Todo =
  | { queue: 'send'; delay: number }
  | { queue: 'watch' }
  | { queue: 'compare' }
  | { queue: 'expire'; request: number; at: string }

/** Why the thread says something. The event and the migration after it have the details. */
export const NEWS = [
  'requested',
  'voted',
  'approved',
  'changed',
  'outdated',
  'accepted',
  'throttled',
  'outcomeUnknown',
  'cannotTell',
  'tookEffect',
  'failed',
  'outOfSight',
  'ready',
  'notDone',
  'alarm',
  'checkBegun',
  'compared',
  'ended',
] as const
export type News = (typeof NEWS)[number]
