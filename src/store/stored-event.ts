import { z } from 'zod'
import type { Event } from '../migration/event.ts'
import { check, compare, look, maybeNumber, maybeText, snapshot, trouble } from './stored-job.ts'
import {
  askedCheck,
  blocked,
  evidence,
  is,
  maybe,
  mode,
  operation,
  rule,
  skip,
} from './stored-migration.ts'

const person = { request: z.number(), by: z.string() }

export const event: z.ZodType<Event> = z.discriminatedUnion('type', [
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
  z.object({ type: is('compareAsked'), by: z.string() }),
  z.object({ type: is('compareSending') }),
  z.object({ type: is('compareCreated'), compareId: z.string() }),
  z.object({ type: is('compareDenied'), compareId: maybeText, trouble }),
  z.object({ type: is('compareSeen'), at: z.string(), compare: compare.optional() }),
  z.object({ type: is('compareUnseen'), trouble, final: z.boolean() }),
  z.object({ type: is('missing') }),
  z.object({ type: is('unseen'), trouble }),
  z.object({ type: is('settled'), ...person, tookEffect: z.boolean() }),
  z.object({ type: is('watchStopped'), by: z.string() }),
  z.object({ type: is('undeliverable'), error: z.string(), lost: maybe }),
])
