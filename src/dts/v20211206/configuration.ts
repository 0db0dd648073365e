import { fields } from '../lenient.ts'

/**
 * All that decides what a start does: what the digest is made of. Kept whole, so that unknown fields
 * inside count too.
 */
export const configuration: (answer: unknown) => unknown = fields((raw) => ({
  JobName: raw.JobName,
  RunMode: raw.RunMode,
  // DTS sets the time of a job that runs at once, too.
  ExpectRunTime: raw.RunMode === 'immediate' ? undefined : raw.ExpectRunTime,
  SrcInfo: raw.SrcInfo,
  DstInfo: raw.DstInfo,
  MigrateOption: raw.MigrateOption,
}))
