import type { types } from '@slack/bolt'
import { ids } from './ids.ts'
import { LIMITS } from './limits.ts'
import { lines } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** What opens at once, before it is known whether this person may reject. */
export function rejectLoading(words: Wording): types.ModalView {
  return { ...frame(words), blocks: [lines(words.forms.reject.loading())] }
}

/** Asks for the reason of a rejection. `ref` names the request, see `requestRef`. */
export function rejectForm(ref: string, words: Wording): types.ModalView {
  const { submit, why, whyHint } = words.forms.reject
  return {
    ...frame(words),
    submit: { type: 'plain_text', text: submit },
    private_metadata: ref,
    blocks: [
      {
        type: 'input',
        block_id: ids.rejectReason,
        label: { type: 'plain_text', text: why },
        element: {
          type: 'plain_text_input',
          action_id: ids.rejectReason,
          multiline: true,
          max_length: LIMITS.reason,
          placeholder: { type: 'plain_text', text: whyHint },
        },
      },
    ],
  }
}

function frame(words: Wording) {
  return {
    type: 'modal',
    callback_id: ids.rejectForm,
    title: { type: 'plain_text', text: words.forms.reject.title },
    close: { type: 'plain_text', text: words.forms.cancel },
  } as const
}
