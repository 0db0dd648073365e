import { fields } from '../lenient.ts'

/**
 * All that decides what a start does: what the digest is made of. Kept whole, so that unknown fields
 * inside count too.
 */
export const configuration: (item: unknown) => unknown = fields((raw) => ({
  JobName: raw.JobName,
  MigrateOption: raw.MigrateOption,
  SrcDatabaseType: raw.SrcDatabaseType,
  SrcAccessType: raw.SrcAccessType,
  SrcNodeType: raw.SrcNodeType,
  SrcInfo: raw.SrcInfo,
  SrcInfoMulti: raw.SrcInfoMulti,
  DstDatabaseType: raw.DstDatabaseType,
  DstAccessType: raw.DstAccessType,
  DstInfo: raw.DstInfo,
  DatabaseInfo: raw.DatabaseInfo,
}))
