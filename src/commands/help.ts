import { noticeMessage } from '../views/notice.ts'
import type { CommandContext } from './context.ts'
import type { Typed } from './listeners.ts'

/** `/dts help`, and the answer to anything not understood. */
export async function help({ words }: CommandContext, { ack, respond }: Typed): Promise<void> {
  await ack()
  await respond({ response_type: 'ephemeral', ...noticeMessage(words.helpTitle, words.help()) })
}
