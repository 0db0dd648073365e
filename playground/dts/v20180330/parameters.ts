import { z } from 'zod'

/** DescribeMigrateJobs. */
export const describeParameters = z.strictObject({
  JobId: z.string().optional(),
  JobName: z.string().optional(),
  Order: z
    .enum(['JobId', 'Status', 'JobName', 'MigrateType', 'RunMode', 'CreateTime'])
    .default('CreateTime'),
  OrderSeq: z.enum(['ASC', 'DESC']).default('DESC'),
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).max(100).default(20),
})
