import { someOf } from '../lenient.ts'

/**
 * All that decides what a start does: what the digest is made of. Kept whole, so that unknown fields
 * inside count too.
 */
export function configuration(item: unknown): unknown {
  return someOf(item, DECIDES)
}

const DECIDES = [
  'JobName',
  'MigrateOption',
  'SrcDatabaseType',
  'SrcAccessType',
  'SrcNodeType',
  'SrcInfo',
  'SrcInfoMulti',
  'DstDatabaseType',
  'DstAccessType',
  'DstInfo',
  'DatabaseInfo',
] as const
