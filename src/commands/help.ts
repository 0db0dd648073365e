import type { AckFn, RespondArguments, RespondFn } from '@slack/bolt'
import { noticeMessage } from '../views/notice.ts'
import { help as words } from '../views/wording.en.ts'

type Asked = { ack: AckFn<string | RespondArguments>; respond: RespondFn }

/** `/dts help`, and the answer to anything not understood. */
export async function help({ ack, respond }: Asked): Promise<void> {
  await ack()
  await respond({ response_type: 'ephemeral', ...noticeMessage('How to use /dts', words) })
}
