import type { Status } from './status.ts'

/** How a job is at one moment. Percentages are 0 to 100, times clock milliseconds. */
export type Life = {
  status: Status
  startedAt: number | null
  endedAt: number | null
  percent: number
  /** Number of the step in hand, from 1; 0 while nothing runs. */
  step: number
  stepPercent: number
  steps: LifeStep[]
  /** Null except while changes are being replicated. */
  lagSeconds: number | null
  /** Code and message of what went wrong. */
  error: string | null
}

/** A step of a run with MigrateStepDetailInfo's status: 1 done, 2 failed, 3 at work, 4 to come. */
export type LifeStep = { id: string; name: string; status: 1 | 2 | 3 | 4; startedAt: number | null }
