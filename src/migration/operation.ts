/** What can be done to a job, once people have approved it. One file each in operations/. */
import type { CompleteMode, JobAction, Look, ResumeMode, Snapshot } from '../dts/job.ts'

export const OPERATION_NAMES = [
  'start',
  'cutOver',
  'stop',
  'pause',
  'continue',
  'retry',
  'skip',
] as const
export type OperationName = (typeof OPERATION_NAMES)[number]

/** How an operation is done, where there is a choice: see `Operation.modes`. */
export type Mode = CompleteMode | ResumeMode

export type Operation = {
  /** What DTS calls it, where it says what it allows: see `allows`. */
  action: JobAction
  /** Whether it begins the migration's work, so that its failure ends the migration. */
  begins: boolean
  /**
   * What a look proves about a call whose answer was lost: that it took effect (true), that there is
   * no sign of it (false, which is proof after the deadline), or nothing (undefined).
   */
  tookEffect(look: Look, before: Evidence): boolean | undefined
  /** From when (ISO, UTC) DTS may begin to act on a call that was sent at `since`. */
  actsFrom(since: string, snapshot: Snapshot, look: Look | undefined): string
  /** What people choose from for such a job, the safest first; empty where there is no choice. */
  modes(snapshot: Snapshot): readonly Mode[]
  /** What people should be warned of. */
  hurts(snapshot: Snapshot, mode?: Mode): Hurt[]
}

/** What DTS showed just before a call. `startedAt`: when the job had last begun to run, if ever. */
export type Evidence = { startedAt?: string | undefined }

/** Something that could hurt. */
export type Hurt =
  | 'clearsTarget'
  | 'overwritesTarget'
  | 'overwritesRoot'
  | 'wholeInstance'
  | 'targetReadOnly'
  | 'replicatesUntilCutOver'
  | 'endsReplication'
  | 'losesRest'
  | 'cannotResume'
  | 'partialCopy'
  | 'fallsBehind'
