import { randomUUID } from 'node:crypto'
import type { Answered, Call, Dts } from '../dts/client.ts'
import { DtsError, DtsUnreachableError, classify } from '../dts/errors.ts'
import type { Job, JobRef } from '../dts/job.ts'
import { troubleOf } from '../dts/trouble.ts'
import type { Event } from '../migration/event.ts'
import type { Migration, Order } from '../migration/migration.ts'
import type { OperationName } from '../migration/operation.ts'
import { OPERATIONS } from '../migration/operations.ts'
import type { Context, Dispatch } from './context.ts'

/** Milliseconds between looks at a job that DTS would not show. */
const RETRY_LOOK = 5_000

/**
 * Sends an approved order, at most once. Look; write the attempt down; call; never call again unless
 * DTS itself refused before any work. A run that finds an attempt without an answer was interrupted.
 */
export async function send(context: Context, dispatch: Dispatch, id: string): Promise<Date | void> {
  const m = (await context.store.row(id))?.migration
  if (!m?.order) return
  const { state } = m.order
  if (state.at === 'sending') {
    await dispatch(id, { type: 'lost', token: state.token, trouble: { kind: 'interrupted' } })
  }
  if (state.at !== 'approved') return

  const found = await look(context, m, m.order)
  const after = await dispatch(id, found)
  if (found.type === 'delayed') return new Date(Date.now() + RETRY_LOOK)
  if (found.type !== 'attempted' || !after) return
  await dispatch(id, await call(context, m, m.order.operation, found.token))
}

type Found = Extract<Event, { type: 'attempted' | 'changed' | 'blocked' | 'delayed' | 'denied' }>

/** `attempted` when the job is what people approved and allows the operation. */
async function look(
  { dts, log, requestLasts }: Context,
  m: Migration,
  { operation }: Order,
): Promise<Found> {
  let job: Job | undefined
  try {
    job = await dts.describeJob(m.job, { priority: 'person' })
  } catch (error) {
    log.warn({ err: error, migration: m.id }, 'job unreadable')
    const isFinal =
      error instanceof DtsError && classify(error.code, error.action).retry === 'never'
    return { type: isFinal ? 'denied' : 'delayed', trouble: troubleOf(error) }
  }
  if (!job) return { type: 'blocked', status: 'missing', statusCode: '' }
  const { status, statusCode, startedAt } = job.look
  if (!OPERATIONS[operation].from.includes(status)) return { type: 'blocked', status, statusCode }
  if (job.snapshot.digest === m.snapshot.digest) {
    return { type: 'attempted', token: randomUUID(), before: { startedAt } }
  }
  const expiresAt = new Date(Date.now() + requestLasts).toISOString()
  return { type: 'changed', snapshot: job.snapshot, expiresAt }
}

const CALLS: Record<OperationName, (dts: Dts, job: JobRef, call: Call) => Promise<Answered>> = {
  start: (dts, job, options) => dts.startJob(job, options),
  cutOver: (dts, job, options) => dts.completeJob(job, undefined, options),
  stop: (dts, job, options) => dts.stopJob(job, options),
}

async function call(
  { dts, log }: Context,
  { id, job }: Migration,
  operation: OperationName,
  token: string,
): Promise<Event> {
  try {
    const { requestId } = await CALLS[operation](dts, job, { priority: 'person' })
    return { type: 'accepted', token, requestId }
  } catch (error) {
    log.warn({ err: error, migration: id, operation }, 'DTS call failed')
    return { type: verdict(error), token, trouble: troubleOf(error) }
  }
}

/** What an answer that is not a yes says about whether the call took effect. */
function verdict(error: unknown): 'denied' | 'throttled' | 'lost' {
  if (error instanceof DtsUnreachableError) return error.sent ? 'lost' : 'denied'
  if (!(error instanceof DtsError)) return 'lost'
  switch (classify(error.code, error.action).retry) {
    case 'never':
      return 'denied'
    case 'backoff':
      return 'throttled'
    case 'safe-after-status-check':
      return 'lost'
  }
}
