import { someOf } from '../lenient.ts'

/**
 * All that decides what a start does: what the digest is made of. Kept whole, so that unknown fields
 * inside count too.
 */
export function configuration(answer: unknown): unknown {
  const { ExpectRunTime, ...rest } = someOf(answer, DECIDES)
  // DTS sets the time of a job that runs at once, too.
  return rest.RunMode === 'immediate' ? rest : { ...rest, ExpectRunTime }
}

const DECIDES = [
  'JobName',
  'RunMode',
  'ExpectRunTime',
  'SrcInfo',
  'DstInfo',
  'MigrateOption',
] as const
