import type { types } from '@slack/bolt'
import type { Message } from './card.ts'
import { ids } from './ids.ts'
import { type Line, lines } from './rich.ts'

/** A modal that only says something. */
export function noticeView(said: Line[]): types.ModalView {
  return {
    type: 'modal',
    callback_id: ids.notice,
    title: { type: 'plain_text', text: 'DTS migrations' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [lines(...said)],
  }
}

/** The same as a message that only its reader sees. `text` is ours alone. */
export function noticeMessage(text: string, said: Line[]): Message {
  return { text, blocks: [lines(...said)] }
}
