import { RefusedError } from '../migration/refusal.ts'
import { errorName } from '../slack/errors.ts'
import type { CommandContext } from './context.ts'

/**
 * The channel of the command if people there would see the card, else the default one. Throws
 * RefusedError where there is none.
 */
export async function whereTheCardGoes(context: CommandContext, channel: string): Promise<string> {
  const problem = await obstacle(context, channel)
  if (!problem) return channel
  if (context.defaultChannel) return context.defaultChannel
  throw new RefusedError({ no: problem })
}

async function obstacle(
  { slack: { client } }: CommandContext,
  channel: string,
): Promise<'notInChannel' | 'archived' | undefined> {
  if (channel.startsWith('D')) return 'notInChannel'
  try {
    const { channel: info } = await client.conversations.info({ channel })
    if (info?.is_archived) return 'archived'
    return info?.is_member ? undefined : 'notInChannel'
  } catch (error) {
    if (errorName(error) === 'channel_not_found') return 'notInChannel'
    throw error
  }
}
