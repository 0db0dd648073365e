import type { Look } from '../dts/job.ts'
import type { OrderState, Stage } from './migration.ts'
import type { OperationName } from './operation.ts'

/** A "no" that the person can act on. The sentence for each is in views/. */
export type Refusal =
  | { no: 'selfApproval'; approvers: string[] }
  /** `missing`: how many more people have to approve; 0 once it is decided. */
  | { no: 'alreadyVoted'; at: string; missing: number; approvers: string[] }
  | { no: 'notApprover'; approvers: string[] }
  /** `approvers`: who can, of those who wanted to decide. */
  | { no: 'guest'; approvers?: string[] | undefined }
  | { no: 'bot' }
  | { no: 'foreignWorkspace' }
  | { no: 'cannotTell'; error: string }
  /** `passing`: it may work the next time, nobody has to repair anything. */
  | {
      no: 'groupsUnreadable'
      groups: string[]
      approvers: string[]
      error: string
      passing: boolean
    }
  | { no: 'tooLate'; stage: Stage }
  | { no: 'requestReplaced' }
  | { no: 'requestExpired'; operation: OperationName; jobId: string }
  /** Another request or order of the same migration comes first. */
  | {
      no: 'busy'
      operation: OperationName
      requester: string
      stage: 'asking' | OrderState['at']
    }
  /** Nothing happens to the job that could be followed. */
  | { no: 'nothingToWatch'; jobId: string; look: Look | undefined }
  /** DTS does not allow a check now, or does not list the job. */
  | { no: 'notCheckable'; jobId: string; look: Look | undefined }
  /** The job did not fail its check, or DTS lets people skip none of what failed. */
  | { no: 'nothingToSkip'; jobId: string; region: string; look: Look | undefined }
  | { no: 'notWatched'; jobId: string }
  /** The job is not in a status for it, as it was seen last. */
  | { no: 'notNow'; operation: OperationName; look: Look | undefined }
  /** A comparison is on its way; `by` is absent for one of the console. */
  | { no: 'comparing'; by?: string | undefined }
  | { no: 'notComparable'; look: Look | undefined }
  /** `checking`: the other migration is a check. */
  | { no: 'taken'; owner: string; channel: string; checking?: boolean | undefined }
  | { no: 'badJobId'; text: string }
  | { no: 'badRegion'; text: string }
  | { no: 'unknownMigration' }
  | { no: 'deadControl' }
  | { no: 'notInChannel' }
  | { no: 'archived' }
  | { no: 'missingScope'; scope: string }
  /** `seconds`: how long Slack asks to wait, if it does. */
  | { no: 'slackTrouble'; error: string; seconds: number | undefined }

/** Thrown where a refusal must travel up to the one place that answers people. */
export class RefusedError extends Error {
  override name = 'RefusedError' as const
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.no)
    this.refusal = refusal
  }
}
