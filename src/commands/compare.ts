import type { BlockButtonAction } from '@slack/bolt'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Clicked } from './listeners.ts'

type Click = Clicked<BlockButtonAction['actions'][number]>

/** The button *Compare*: has DTS compare both ends. Acknowledged when it is on disk. */
export async function compare(
  { dispatch }: CommandContext,
  { body, ack }: Click,
  { migration }: Decided,
): Promise<void> {
  await dispatch(migration.id, { type: 'compareAsked', by: body.user.id })
  await ack()
}
