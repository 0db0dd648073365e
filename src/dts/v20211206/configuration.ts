import { z } from 'zod'

/**
 * All that decides what a start does: what the digest is made of. Kept whole, so that unknown fields
 * inside count too. Throws ZodError for what is no object.
 */
export function configuration(answer: unknown): unknown {
  const { ExpectRunTime, ...rest } = decides.parse(answer)
  // DTS sets the time of a job that runs at once, too.
  return rest.RunMode === 'immediate' ? rest : { ...rest, ExpectRunTime }
}

const anything = z.unknown().optional()
const decides = z.object({
  JobName: anything,
  RunMode: anything,
  ExpectRunTime: anything,
  SrcInfo: anything,
  DstInfo: anything,
  MigrateOption: anything,
})
