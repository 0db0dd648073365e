import { z } from 'zod'
import { deed } from '../workspace/deed.ts'

const JOB_FAULTS = [
  'timeoutBefore',
  'timeoutAfter',
  'error',
  'wrongTypes',
  'html200',
  'throttle',
] as const

/** Everything that a person can do on the page; what people do in Slack is a deed there. */
export const act = z.discriminatedUnion('do', [
  ...deed.options,
  z.strictObject({
    do: z.literal('addJob'),
    database: z.enum(['mysql', 'redis', 'mongodb', 'postgresql']),
    story: z.enum(['immediate', 'timed', 'running', 'notChecked', 'failsCheck', 'failsHalfWay']),
  }),
  /** What the owner of a job does in the cloud's own console. */
  z.strictObject({
    do: z.literal('steerJob'),
    id: z.string(),
    to: z.enum(['cutOver', 'stop', 'overwriteRoot']),
  }),
  z.strictObject({
    do: z.literal('speed'),
    speed: z.literal([1, 10, 100], { error: 'Time goes 1, 10 or 100 times as fast.' }),
  }),
  z.strictObject({ do: z.literal('skip') }),
  /** The next call goes wrong; `code` is for an error. */
  z
    .strictObject({
      do: z.literal('breakCloud'),
      how: z.enum(JOB_FAULTS),
      code: z.string().min(1).max(100).optional(),
      action: z.string().max(100).optional(),
      times: z.int().min(1).max(100).default(1),
    })
    .refine(({ how, code }) => how !== 'error' || code, {
      error: 'An error needs its code.',
      path: ['code'],
    }),
  z.strictObject({ do: z.literal('mendCloud') }),
  z.strictObject({ do: z.literal('kill') }),
  z.strictObject({ do: z.literal('start') }),
])

export type Act = z.output<typeof act>
/** As the browser sends it: what has a default may be left out. */
export type ActInput = z.input<typeof act>
