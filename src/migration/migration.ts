/**
 * The noun. A migration is our record of one DTS job in one thread with one card, from the first
 * request to the end of the watch. What becomes of it is decided in next.ts. All times are ISO 8601
 * in UTC.
 */
import type { CheckItem, ForeignKeys } from '../dts/api.ts'
import type { JobError, JobRef, JobStatus, Look, Snapshot } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import type { Comparison } from './comparison.ts'
import type { Evidence, Mode, OperationName } from './operation.ts'

/**
 * `request`, `order` and `watch` are independent: a job can be watched while people decide about its
 * cut over, and a cut over that DTS denies leaves the watch as it was. `owner` is who asked first, or
 * asked the bot to watch; `snapshot` is what people were shown last.
 */
export type Migration = {
  id: string
  owner: string
  channel: string
  job: JobRef
  snapshot: Snapshot
  request?: ApprovalRequest | undefined
  order?: Order | undefined
  watch?: Watch | undefined
  ended?: Ended | undefined
}

/** A question to people. Once decided it stays here until the next one replaces it. */
export type ApprovalRequest = {
  /** Counts within the migration, from 1. */
  number: number
  operation: OperationName
  mode?: Mode | undefined
  skip?: Skip | undefined
  requester: string
  reason: string
  /** The rule that was in force when people were asked. */
  rule: Rule
  votes: Vote[]
  expiresAt: string
  /** What an earlier request was about, when the job has changed since. */
  changedFrom?: Snapshot | undefined
  decision?: Decision | undefined
}

/**
 * Which items of a check are to be skipped, as people saw them, and who answers for what may come of it
 * (a Slack user id). `risk` is DTS's own text. `foreignKeys`: for the item `ConstraintCheck`.
 */
export type Skip = {
  items: SkippedItem[]
  owner: string
  foreignKeys?: ForeignKeys | undefined
}

export type SkippedItem = { id: string; name: string; risk?: string | undefined }

/** `approvers`: Slack user ids (`U…`, `W…`) and user groups (`S…`). `approvals`: how many, from 1. */
export type Rule = { approvers: string[]; approvals: number }

export type Vote = { by: string; at: string }

export type Decision =
  | { is: 'approved'; at: string }
  | { is: 'rejected'; at: string; by: string; reason: string }
  | { is: 'expired'; at: string }

/** An approved operation on its way to DTS. Gone once its outcome is known. */
export type Order = {
  operation: OperationName
  /** The request that approved it. */
  request: number
  approvedAt: string
  /** How often the call was sent. */
  attempts: number
  state: OrderState
}

export type OrderState = Approved | Sending | Unknown

/** Nothing is in flight. `trouble`: why it has not been sent, or was sent back. */
export type Approved = { at: 'approved'; trouble?: Trouble | undefined }

/** `token` names this attempt. */
export type Sending = { at: 'sending'; since: string; token: string; before: Evidence }

/** Sent, and nobody knows the outcome. Looks tell by `deadline`, or people are asked. */
export type Unknown = {
  at: 'unknown'
  since: string
  token: string
  before: Evidence
  trouble: Trouble
  deadline: string
}

/** Following a job at DTS, until it ends or nobody wants to know any more. */
export type Watch = {
  since: string
  /** The operation that DTS accepted last, or that a look proved. */
  accepted?: Accepted | undefined
  /** DTS accepted a stop, and people were told that nothing shows of it. It may come all the same. */
  lateStop?: boolean | undefined
  /** Follows a check, not a run: nobody approved anything, and it ends with the check. */
  check?: AskedCheck | undefined
  /** The newest comparison of both ends that is known. */
  compare?: Comparison | undefined
  /** The newest look that showed the job. */
  look?: Look | undefined
  /** When a look first found the job not at work, if every look since found the same. */
  idleSince?: string | undefined
  blind?: Blind | undefined
  /** When it last showed any progress, and since when it has its status, as looks saw it. */
  movedAt?: string | undefined
  statusSince?: string | undefined
  /** One look a minute of the last half hour, oldest first. */
  pace?: Sample[] | undefined
  /** What people were told that needs them, until it is over. */
  alarm?: Alarm | undefined
  /** The first and the newest of the answers of DTS without the job, if it has not shown it since. */
  missed?: { first: string; last: string } | undefined
}

/**
 * A check that somebody had DTS make. `since`: when DTS accepted it. `seen`: when DTS was last seen at
 * it; absent until then, and what DTS shows may be the result of the check before. `percent`: 0 to 100.
 */
export type AskedCheck = {
  since: string
  requestId: string
  seen?: string | undefined
  percent?: number | undefined
  thenAsk?: AskAfter | undefined
}

/** What people are asked once the check has passed: to start the job. `lasts`: the request, in milliseconds. */
export type AskAfter = { reason: string; rule: Rule; lasts: number }

export type Sample = {
  at: string
  percent?: number | undefined
  secondsBehind?: number | undefined
}

/**
 * No progress for long; a lag that grows; ready to cut over, and nobody does; about to run, and not as
 * people approved it; stopped by an error. `at`: when it was told.
 */
export type Alarm = { is: 'stalled' | 'lagging' | 'waiting' | 'changed' | 'broken'; at: string }

/** `since`: when the order was sent. Without `requestId` the answer was lost. */
export type Accepted = { operation: OperationName; since: string; requestId?: string | undefined }

/**
 * Why looks have told nothing for longer than they may: DTS does not let the bot look (`trouble`),
 * shows a status that we do not know, will not act on a timed job before `until`, or shows of a check
 * not what was skipped (`unclear`). `since`: when we last knew.
 */
export type Blind = { since: string } & (
  | { trouble: Trouble }
  | { statusCode: string }
  | { until: string }
  | { unclear: 'check' }
)

export type Ended = { at: string; ending: Ending }

export type Ending =
  | Failure
  | { how: 'done' }
  /** `stopLost`: the answer to a stop was lost, and DTS shows both alike. */
  | { how: 'failed'; errors: JobError[]; requestId: string; stopLost?: boolean | undefined }
  /** Our stop took effect. */
  | { how: 'stopped' }
  /** DTS accepted the start, and the job is not running. */
  | { how: 'notRunning'; status: JobStatus; statusCode: string }
  | ({ how: 'checked' } & CheckOutcome)
  | { how: 'watchStopped'; by: string }
  /** DTS no longer lists the job. */
  | { how: 'gone' }
  /** Slack rejected the card. `lost`: an earlier try to post it may have arrived. */
  | { how: 'undeliverable'; error: string; lost?: boolean | undefined }

/**
 * How a check came out; `unclear` when DTS showed no result. `items`: those that failed, warned or were
 * skipped, failures first, 20 at most. `message` is DTS's own text. `trouble`: why DTS did not check the
 * job again after a skip.
 */
export type CheckOutcome = {
  result: 'passed' | 'notPassed' | 'unclear'
  message?: string | undefined
  items: CheckItem[]
  trouble?: Trouble | undefined
}

/** How a request or an order came to nothing. */
export type Failure =
  | { how: 'rejected'; by: string; reason: string }
  | { how: 'expired' }
  /** Nothing was sent: the job had a status in which DTS does not allow the operation. */
  | {
      how: 'blocked'
      status: JobStatus | 'missing'
      statusCode: string
      /** Names of the check items that can no longer be skipped. */
      items?: string[] | undefined
    }
  | { how: 'denied'; trouble: Trouble }
  /** The answer was lost, and the operation did not take effect; `by`: the person who said so. */
  | { how: 'noEffect'; trouble: Trouble; by?: string | undefined }

/** The request that people still have to decide. */
export function openRequest(m: Migration): ApprovalRequest | undefined {
  return m.ended || m.request?.decision ? undefined : m.request
}

/** A migration whose job is followed. */
export type Watched = Migration & { watch: Watch }

/** Whether the job has to be looked at. */
export function isWatched(m: Migration): m is Watched {
  return m.watch !== undefined && m.ended === undefined
}

/** Whether the check tells how the job stands, not its status. */
export function followsCheck({ order, watch }: Migration): boolean {
  return (
    watch?.check !== undefined ||
    order?.operation === 'skip' ||
    watch?.accepted?.operation === 'skip'
  )
}

/** Where a migration stands, in one word. People are asked first, whatever else is going on. */
export type Stage = 'asking' | OrderState['at'] | 'watching' | 'ended'

export function stageOf(m: Migration): Stage {
  if (m.ended) return 'ended'
  if (openRequest(m)) return 'asking'
  return m.order?.state.at ?? 'watching'
}
