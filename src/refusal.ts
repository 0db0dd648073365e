/** A "no" that the person can act on. The sentence for each is in views/. */
export type Refusal =
  | { no: 'selfApproval' }
  | { no: 'notApprover' }
  | { no: 'guest' }
  | { no: 'bot' }
  | { no: 'foreignWorkspace' }
  | { no: 'cannotTell'; error: string }
  /** `passing`: it may work the next time, nobody has to repair anything. */
  | { no: 'groupsUnreadable'; groups: string[]; error: string; passing: boolean }
  | {
      no: 'alreadyDecided'
      state: 'asking' | 'approved' | 'starting' | 'unknown' | 'started' | 'ended'
    }
  | { no: 'askReplaced' }
  | { no: 'askExpired'; jobId: string }
  | { no: 'taken'; requester: string; channel: string }
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
export class Refused extends Error {
  override name = 'Refused' as const
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.no)
    this.refusal = refusal
  }
}
