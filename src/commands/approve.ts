import type { BlockButtonAction } from '@slack/bolt'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Clicked } from './listeners.ts'

type Click = Clicked<BlockButtonAction['actions'][number]>

/** The button *Approve*. Acknowledged when the approval is on disk. */
export async function approve(
  { dispatch }: CommandContext,
  { body, ack }: Click,
  { migration, request }: Decided,
): Promise<void> {
  await dispatch(migration.id, { type: 'approved', request, by: body.user.id })
  await ack()
}
