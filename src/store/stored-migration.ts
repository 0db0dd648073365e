import { z } from 'zod'
import type {
  ApprovalRequest,
  AskedCheck,
  Ending,
  Migration,
  Order,
  Skip,
  Watch,
} from '../migration/migration.ts'
import type { Comparison } from '../migration/comparison.ts'
import { COMPLETE_MODES, RESUME_MODES } from '../dts/job.ts'
import { OPERATION_NAMES } from '../migration/operation.ts'
import {
  checkItems,
  foundStatus,
  jobErrors,
  look,
  maybeNumber,
  maybeText,
  ref,
  snapshot,
  status,
  trouble,
} from './stored-job.ts'

export const operation = z.enum(OPERATION_NAMES)
export const rule = z.object({ approvers: z.array(z.string()), approvals: z.number() })
export const maybe = z.boolean().optional()
export const is = <Name extends string>(name: Name) => z.literal(name)

export const mode = z.enum([...COMPLETE_MODES, ...RESUME_MODES]).optional()

export const skip: z.ZodType<Skip | undefined> = z
  .object({
    items: z.array(z.object({ id: z.string(), name: z.string(), risk: maybeText })),
    owner: z.string(),
    foreignKeys: z.enum(['shield', 'migrate']).optional(),
  })
  .optional()

const request: z.ZodType<ApprovalRequest> = z.object({
  number: z.number(),
  operation,
  mode,
  skip,
  requester: z.string(),
  reason: z.string(),
  rule,
  votes: z.array(z.object({ by: z.string(), at: z.string() })),
  expiresAt: z.string(),
  changedFrom: snapshot.optional(),
  decision: z
    .discriminatedUnion('is', [
      z.object({ is: is('approved'), at: z.string() }),
      z.object({ is: is('rejected'), at: z.string(), by: z.string(), reason: z.string() }),
      z.object({ is: is('expired'), at: z.string() }),
    ])
    .optional(),
})

export const evidence = z.object({ startedAt: maybeText })
const attempt = { since: z.string(), token: z.string(), before: evidence }

const order: z.ZodType<Order> = z.object({
  operation,
  request: z.number(),
  approvedAt: z.string(),
  attempts: z.number(),
  state: z.discriminatedUnion('at', [
    z.object({ at: is('approved'), trouble: trouble.optional() }),
    z.object({ at: is('sending'), ...attempt }),
    z.object({ at: is('unknown'), ...attempt, trouble, deadline: z.string() }),
  ]),
})

export const askedCheck: z.ZodType<AskedCheck> = z.object({
  since: z.string(),
  requestId: z.string(),
  seen: maybeText,
  percent: maybeNumber,
  thenAsk: z.object({ reason: z.string(), rule, lasts: z.number() }).optional(),
})

const comparison: z.ZodType<Comparison> = z.object({
  by: maybeText,
  since: z.string(),
  state: z.discriminatedUnion('at', [
    z.object({ at: is('none') }),
    z.object({ at: is('asked') }),
    z.object({ at: is('sending') }),
    z.object({ at: is('running'), id: z.string(), seen: z.string(), percent: maybeNumber }),
    z.object({
      at: is('over'),
      id: maybeText,
      result: z.enum(['same', 'different', 'skipped', 'failed', 'canceled', 'notBegun', 'unclear']),
      when: z.string(),
      message: maybeText,
      trouble: trouble.optional(),
    }),
  ]),
})

const watch: z.ZodType<Watch> = z.object({
  since: z.string(),
  accepted: z.object({ operation, since: z.string(), requestId: maybeText }).optional(),
  lateStop: maybe,
  check: askedCheck.optional(),
  compare: comparison.optional(),
  look: look.optional(),
  idleSince: maybeText,
  blind: z
    .union([
      z.object({ since: z.string(), trouble }),
      z.object({ since: z.string(), statusCode: z.string() }),
      z.object({ since: z.string(), until: z.string() }),
      z.object({ since: z.string(), unclear: is('check') }),
    ])
    .optional(),
  missed: z.object({ first: z.string(), last: z.string() }).optional(),
  movedAt: maybeText,
  statusSince: maybeText,
  pace: z
    .array(z.object({ at: z.string(), percent: maybeNumber, secondsBehind: maybeNumber }))
    .optional(),
  alarm: z
    .object({ is: z.enum(['stalled', 'lagging', 'waiting', 'changed', 'broken']), at: z.string() })
    .optional(),
})

export const blocked = {
  status: foundStatus,
  statusCode: z.string(),
  items: z.array(z.string()).optional(),
}

const ending: z.ZodType<Ending> = z.discriminatedUnion('how', [
  z.object({ how: is('rejected'), by: z.string(), reason: z.string() }),
  z.object({ how: is('expired') }),
  z.object({ how: is('blocked'), ...blocked }),
  z.object({ how: is('denied'), trouble }),
  z.object({ how: is('noEffect'), trouble, by: maybeText }),
  z.object({ how: is('done') }),
  z.object({ how: is('failed'), errors: jobErrors, requestId: z.string(), stopLost: maybe }),
  z.object({ how: is('stopped') }),
  z.object({ how: is('notRunning'), status, statusCode: z.string() }),
  z.object({
    how: is('checked'),
    result: z.enum(['passed', 'notPassed', 'unclear']),
    message: maybeText,
    items: checkItems,
    trouble: trouble.optional(),
  }),
  z.object({ how: is('watchStopped'), by: z.string() }),
  z.object({ how: is('gone') }),
  z.object({ how: is('undeliverable'), error: z.string(), lost: maybe }),
])

export const migration: z.ZodType<Migration> = z.object({
  id: z.string(),
  owner: z.string(),
  channel: z.string(),
  job: ref,
  snapshot,
  request: request.optional(),
  order: order.optional(),
  watch: watch.optional(),
  ended: z.object({ at: z.string(), ending }).optional(),
})
