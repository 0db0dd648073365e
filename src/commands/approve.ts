import type { BlockButtonAction } from '@slack/bolt'
import { RefusedError } from '../migration/refusal.ts'
import { alreadyVoted } from '../migration/request.ts'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Clicked } from './listeners.ts'

type Click = Clicked<BlockButtonAction['actions'][number]>

/** The button *Approve*. Acknowledged when the approval is on disk. */
export async function approve(
  { dispatch, store }: CommandContext,
  { body, ack }: Click,
  { migration: { id }, request }: Decided,
): Promise<void> {
  const by = body.user.id
  try {
    await dispatch(id, { type: 'approved', request, by })
  } catch (error) {
    // Pressed twice: the first press was decided on meanwhile.
    const m = error instanceof RefusedError && (await store.row(id))?.migration
    const voted = m && alreadyVoted(m, request, by)
    throw voted ? new RefusedError(voted) : error
  }
  await ack()
}
