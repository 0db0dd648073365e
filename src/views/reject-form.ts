import type { types } from '@slack/bolt'
import { ids } from './ids.ts'
import { LIMITS } from './limits.ts'

/** Asks for the reason of a rejection. `ref` names the ask, see `askRef`. */
export function rejectForm(ref: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: ids.rejectForm,
    title: { type: 'plain_text', text: 'Reject' },
    submit: { type: 'plain_text', text: 'Reject' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: ref,
    blocks: [
      {
        type: 'input',
        block_id: ids.rejectReason,
        label: { type: 'plain_text', text: 'Why?' },
        element: {
          type: 'plain_text_input',
          action_id: ids.rejectReason,
          multiline: true,
          max_length: LIMITS.reason,
          placeholder: { type: 'plain_text', text: 'What the requester should change' },
        },
      },
    ],
  }
}
