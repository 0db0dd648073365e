import { randomUUID } from 'node:crypto'
import type { Job } from '../dts/job.ts'
import type { Event, NewRequest, Step } from '../migration/event.ts'
import type { AskedCheck } from '../migration/migration.ts'
import { RefusedError } from '../migration/refusal.ts'
import { open, requestOf } from '../migration/request.ts'
import type { Row } from '../store/store.ts'
import type { Context } from './context.ts'
import { record } from './dispatch.ts'
import { logEvent } from './log-event.ts'

/** `origin` names the form or command that it came from: the same one twice begins one migration. */
export type Beginning = { job: Job; channel: string; origin: string }

/** Begins a migration with an approval request. Throws RefusedError when another one has the job. */
export async function begin(
  context: Context,
  beginning: Beginning,
  request: NewRequest,
): Promise<void> {
  const m = migrationOf(beginning, request.requester)
  const step = open(m, requestOf(request, 1))
  await insert(context, beginning, step, { type: 'requested', ...request })
}

/** Begins to follow a job that runs. Throws RefusedError when another migration has the job. */
export async function beginWatch(
  context: Context,
  beginning: Beginning,
  by: string,
): Promise<void> {
  const since = new Date(context.clock.now()).toISOString()
  const to = { ...migrationOf(beginning, by), watch: { since, look: beginning.job.look } }
  await insert(context, beginning, { to, todo: [{ queue: 'watch' }] }, { type: 'watched', by })
}

/**
 * Begins to follow a check that DTS has accepted. Throws RefusedError when another migration has
 * got the job meanwhile.
 */
export async function beginCheck(
  context: Context,
  beginning: Beginning,
  by: string,
  check: AskedCheck,
): Promise<void> {
  const { since } = check
  const to = { ...migrationOf(beginning, by), watch: { since, look: beginning.job.look, check } }
  await insert(
    context,
    beginning,
    { to, todo: [{ queue: 'watch' }] },
    { type: 'watched', by, check },
  )
}

function migrationOf({ job, channel }: Beginning, owner: string) {
  return { id: randomUUID(), owner, channel, job: job.ref, snapshot: job.snapshot }
}

async function insert(
  { store, clock, log }: Context,
  { origin }: Beginning,
  step: Step,
  event: Event,
): Promise<void> {
  const isNew = await store.transact(async (tx) => {
    const now = new Date(clock.now())
    const result = await tx.insert(step.to, origin, now.toISOString())
    if ('same' in result) return false
    if ('heldBy' in result) throw new RefusedError(taken(result.heldBy))
    await record(tx, step, event, now)
    return true
  })
  if (isNew) logEvent(log, step, event)
}

/** The "no" that says who has the job. */
export function taken({ migration: { owner, channel, watch } }: Row) {
  const checking = watch?.check !== undefined
  return { no: 'taken', owner, channel, checking } as const
}
