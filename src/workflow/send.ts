import { randomUUID } from 'node:crypto'
import type { Answered, Call, Dts } from '../dts/client.ts'
import { type Deadline, deadlineIn } from '../dts/deadline.ts'
import { DtsError, DtsUnreachableError, classify } from '../dts/errors.ts'
import { COMPLETE_MODES, type Job, type JobRef, RESUME_MODES, allows } from '../dts/job.ts'
import { troubleOf } from '../dts/trouble.ts'
import type { Event } from '../migration/event.ts'
import { lapsed } from '../migration/check-items.ts'
import type { ApprovalRequest, Migration, Order } from '../migration/migration.ts'
import type { Mode, OperationName } from '../migration/operation.ts'
import { isOutdated } from '../migration/order.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { RUN_MS } from '../store/store.ts'
import type { Context, Dispatch } from './context.ts'
import { logIds } from './log-event.ts'

/** Milliseconds between looks at a job that DTS would not show. */
const RETRY_LOOK = 5_000

/** Milliseconds for the look and for the call: together less than a run may take. */
const LOOK_MS = RUN_MS / 4
const CALL_MS = RUN_MS / 2

/**
 * Sends an approved order, at most once. Look; write the attempt down; call; never call again unless
 * DTS itself refused before any work. A run that finds an attempt without an answer was interrupted.
 *
 * Whoever wrote the attempt down may be paused before the call, while another process takes over,
 * finds no sign of the call, and people move on. So the call leaves within `sendWithin`, which is far
 * less than `grace`, or never.
 */
export async function send(
  context: Context,
  dispatch: Dispatch,
  id: string,
): Promise<number | void> {
  const m = (await context.store.row(id))?.migration
  if (!m?.order) return
  const { state } = m.order
  if (state.at === 'sending') {
    await dispatch(id, { type: 'lost', token: state.token, trouble: { kind: 'interrupted' } })
  }
  if (state.at !== 'approved') return

  const fresh = deadlineIn(RUN_MS, context.clock)
  const found = await look(context, m, m.order)
  const sendBy = deadlineIn(context.rules.sendWithin, context.clock)
  const after = await dispatch(id, found, fresh)
  // Ignored: another bot has the order, and may be gone, or the look is old, or the clock was set.
  if (found.type === 'delayed' || !after) return RETRY_LOOK
  if (found.type !== 'attempted') return
  await dispatch(id, await call(context, m, m.order, { token: found.token, sendBy }))
}

type Found = Extract<
  Event,
  { type: 'attempted' | 'changed' | 'outdated' | 'blocked' | 'delayed' | 'denied' }
>

/** `attempted` when the job is what people approved and allows the operation. */
async function look(
  { dts, clock, log, rules, requestLasts }: Context,
  m: Migration,
  order: Order,
): Promise<Found> {
  const { operation, request } = order
  const now = new Date(clock.now())
  const expiresAt = new Date(now.getTime() + requestLasts).toISOString()
  if (isOutdated(order, now.toISOString(), rules)) return { type: 'outdated', request, expiresAt }
  let job: Job | undefined
  let items: string[] = []
  try {
    const options = { priority: 'person', signal: AbortSignal.timeout(LOOK_MS) } as const
    job = await dts.describeJob(m.job, options)
    items = job ? await unskippable(dts, job, m.request, options) : []
  } catch (error) {
    log.warn({ err: error, ...logIds(m), request, operation }, 'job unreadable')
    const isFinal =
      error instanceof DtsError && classify(error.code, error.action).retry === 'never'
    return { type: isFinal ? 'denied' : 'delayed', request, trouble: troubleOf(error) }
  }
  if (!job) return { type: 'blocked', request, status: 'missing', statusCode: '' }
  const { status, statusCode, startedAt } = job.look
  if (!allows(job, OPERATIONS[operation].action)) {
    return { type: 'blocked', request, status, statusCode }
  }
  if (items.length > 0) return { type: 'blocked', request, status, statusCode, items }
  if (job.snapshot.digest === m.snapshot.digest) {
    return { type: 'attempted', request, token: randomUUID(), before: { startedAt } }
  }
  return { type: 'changed', request, snapshot: job.snapshot, expiresAt }
}

/** The names of the check items that are to be skipped and no longer can be. */
async function unskippable(
  dts: Dts,
  job: Job,
  asked: ApprovalRequest | undefined,
  options: Call,
): Promise<string[]> {
  const skip = asked?.skip
  return skip && allows(job, 'skip') ? lapsed(skip, await dts.describeCheck(job.ref, options)) : []
}

type Ask = { job: JobRef } & Pick<ApprovalRequest, 'mode' | 'skip'>

const CALLS: Record<OperationName, (dts: Dts, ask: Ask, call: Call) => Promise<Answered>> = {
  start: (dts, { job }, options) => dts.startJob(job, options),
  cutOver: (dts, { job, mode }, options) =>
    dts.completeJob(job, one(COMPLETE_MODES, mode), options),
  stop: (dts, { job }, options) => dts.stopJob(job, options),
  pause: (dts, { job }, options) => dts.pauseJob(job, options),
  continue: (dts, { job }, options) => dts.continueJob(job, options),
  retry: (dts, { job, mode }, options) =>
    dts.resumeJob(job, one(RESUME_MODES, mode) ?? 'normal', options),
  skip: (dts, { job, skip }, options) => {
    const ids = (skip?.items ?? []).map(({ id }) => id)
    return dts.skipCheckItems(job, ids, skip?.foreignKeys, options)
  },
}

function one<Kind extends Mode>(modes: readonly Kind[], mode: Mode | undefined): Kind | undefined {
  return modes.find((known) => known === mode)
}

async function call(
  { dts, log }: Context,
  m: Migration,
  { operation, request }: Order,
  { token, sendBy }: { token: string; sendBy: Deadline },
): Promise<Event> {
  try {
    const { job, request: asked } = m
    const signal = AbortSignal.timeout(CALL_MS)
    const options = { priority: 'person', signal, sendBy } as const
    const { requestId } = await CALLS[operation](
      dts,
      { job, mode: asked?.mode, skip: asked?.skip },
      options,
    )
    return { type: 'accepted', token, requestId }
  } catch (error) {
    log.warn({ err: error, ...logIds(m), request, operation }, 'DTS call failed')
    const type = verdict(error)
    const trouble = troubleOf(error)
    return type === 'denied' ? { type, request, token, trouble } : { type, token, trouble }
  }
}

/** What an answer that is not a yes says about whether the call took effect. */
export function verdict(error: unknown): 'denied' | 'throttled' | 'lost' {
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
