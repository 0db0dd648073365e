import type { BlockButtonAction } from '@slack/bolt'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Clicked } from './listeners.ts'

type Click = Clicked<BlockButtonAction['actions'][number]>

/** A person looked where the bot cannot: whether the operation took effect. */
export function settle(tookEffect: boolean) {
  return async (
    { dispatch }: CommandContext,
    { body, ack }: Click,
    { migration, request }: Decided,
  ): Promise<void> => {
    await dispatch(migration.id, { type: 'settled', request, by: body.user.id, tookEffect })
    await ack()
  }
}

/** The button *Stop watching*, on a job that can no longer be looked at. */
export async function stopWatching(
  { dispatch }: CommandContext,
  { body, ack }: Click,
  { migration }: Decided,
): Promise<void> {
  await dispatch(migration.id, { type: 'watchStopped', by: body.user.id })
  await ack()
}
