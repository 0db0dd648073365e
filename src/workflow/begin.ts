import { randomUUID } from 'node:crypto'
import type { Job } from '../dts/job.ts'
import type { NewRequest } from '../migration/event.ts'
import { RefusedError } from '../migration/refusal.ts'
import { open, requestOf } from '../migration/request.ts'
import type { Row } from '../store/store.ts'
import type { Context } from './context.ts'
import { record } from './dispatch.ts'

/** `origin` names the form that it came from: the same form submitted twice is one request. */
export type Beginning = { job: Job; channel: string; origin: string; request: NewRequest }

/** Begins a migration with an approval request. Throws RefusedError when another one has the job. */
export async function begin({ store, clock }: Context, beginning: Beginning): Promise<void> {
  const { job, channel, origin, request } = beginning
  const base = { id: randomUUID(), owner: request.requester, channel }
  const m = { ...base, job: job.ref, snapshot: job.snapshot }
  await store.transact(async (tx) => {
    const now = new Date(clock.now())
    const step = open(m, requestOf(request, 1))
    const result = await tx.insert(step.to, origin, now.toISOString())
    if ('same' in result) return
    if ('heldBy' in result) throw new RefusedError(taken(result.heldBy))
    await record(tx, step, { type: 'requested', ...request }, now)
  })
}

/** The "no" that says who has the job. */
export function taken({ migration: { owner, channel } }: Row) {
  return { no: 'taken', owner, channel } as const
}
