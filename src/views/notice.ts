import type { types } from '@slack/bolt'
import type { Message } from './card.ts'
import { ids } from './ids.ts'
import { textOf } from './mrkdwn.ts'
import { type Line, lines } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** A modal without input. */
export function noticeView(said: Line[], words: Wording): types.ModalView {
  return {
    type: 'modal',
    callback_id: ids.notice,
    title: { type: 'plain_text', text: words.forms.noticeTitle },
    close: { type: 'plain_text', text: words.forms.close },
    blocks: [lines(...said)],
  }
}

/** The same as a message that only its reader sees. */
export function noticeMessage(said: Line[]): Message {
  return { text: textOf(said), blocks: [lines(...said)] }
}
