import { z } from 'zod'

/** JobId alone: what most actions take. Its form is not documented, so any text will do. */
export const jobIdOnly = z.strictObject({ JobId: z.string() })

/** CompleteMigrateJob. */
export const completeParameters = z.strictObject({
  JobId: z.string(),
  CompleteMode: z.enum(['waitForSync', 'immediately']).default('waitForSync'),
})
