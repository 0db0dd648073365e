/**
 * What is stored as JSON, parsed when it is read. Each schema is held against its type: a field that
 * is added to one and not to the other does not compile. Rows outlive the code that wrote them, so a
 * field added after a release has to be optional.
 */
import { z } from 'zod'
import type { Event, News } from '../migration/event.ts'
import { NEWS } from '../migration/event.ts'
import type {
  ApprovalRequest,
  AskedCheck,
  Ending,
  Migration,
  Order,
  Skip,
  Watch,
} from '../migration/migration.ts'
import { OPERATION_NAMES } from '../migration/operation.ts'
import {
  check,
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

/** A row cannot be read. Its message names the row, never what is in it. */
export class StoredRowError extends Error {
  override name = 'StoredRowError' as const
}

export function parseMigration(json: string, id: string): Migration {
  return parse(migration, json, `migration ${id}`)
}

export function parseEvent(json: string, id: string): Event {
  return parse(event, json, `event ${id}`)
}

export function parseNews(text: string): News {
  return parse(z.enum(NEWS), JSON.stringify(text), 'news')
}

function parse<T>(schema: z.ZodType<T>, json: string, what: string): T {
  try {
    return schema.parse(JSON.parse(json))
  } catch {
    throw new StoredRowError(`The stored ${what} cannot be read`)
  }
}

const operation = z.enum(OPERATION_NAMES)
const rule = z.object({ approvers: z.array(z.string()), approvals: z.number() })
const maybe = z.boolean().optional()
const is = <Name extends string>(name: Name) => z.literal(name)

const mode = z.enum(['waitForSync', 'immediately']).optional()

const skip: z.ZodType<Skip | undefined> = z
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

const evidence = z.object({ startedAt: maybeText })
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

const askedCheck: z.ZodType<AskedCheck> = z.object({
  since: z.string(),
  requestId: z.string(),
  seen: maybeText,
  percent: maybeNumber,
  thenAsk: z.object({ reason: z.string(), rule, lasts: z.number() }).optional(),
})

const watch: z.ZodType<Watch> = z.object({
  since: z.string(),
  accepted: z.object({ operation, since: z.string(), requestId: maybeText }).optional(),
  check: askedCheck.optional(),
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

const blocked = {
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

const migration: z.ZodType<Migration> = z.object({
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

const person = { request: z.number(), by: z.string() }

const event: z.ZodType<Event> = z.discriminatedUnion('type', [
  z.object({
    type: is('requested'),
    operation,
    mode,
    skip,
    requester: z.string(),
    reason: z.string(),
    rule,
    expiresAt: z.string(),
  }),
  z.object({ type: is('watched'), by: z.string(), check: askedCheck.optional() }),
  z.object({ type: is('approved'), ...person }),
  z.object({ type: is('rejected'), ...person, reason: z.string() }),
  z.object({ type: is('expired'), request: z.number() }),
  z.object({ type: is('changed'), request: z.number(), snapshot, expiresAt: z.string() }),
  z.object({ type: is('outdated'), request: z.number(), expiresAt: z.string() }),
  z.object({ type: is('blocked'), request: z.number(), ...blocked }),
  z.object({ type: is('delayed'), request: z.number(), trouble }),
  z.object({ type: is('attempted'), request: z.number(), token: z.string(), before: evidence }),
  z.object({ type: is('denied'), request: z.number(), token: maybeText, trouble }),
  z.object({ type: is('accepted'), token: z.string(), requestId: z.string() }),
  z.object({ type: is('throttled'), token: z.string(), trouble }),
  z.object({ type: is('lost'), token: z.string(), trouble }),
  z.object({ type: is('observed'), look, waited: maybeNumber, digest: maybeText }),
  z.object({
    type: is('checked'),
    look,
    check,
    waited: maybeNumber,
    snapshot: snapshot.optional(),
  }),
  z.object({ type: is('checkBegun'), requestId: z.string() }),
  z.object({ type: is('checkDenied'), trouble, isFinal: z.boolean() }),
  z.object({ type: is('missing') }),
  z.object({ type: is('unseen'), trouble }),
  z.object({ type: is('settled'), ...person, tookEffect: z.boolean() }),
  z.object({ type: is('watchStopped'), by: z.string() }),
  z.object({ type: is('undeliverable'), error: z.string(), lost: maybe }),
])
