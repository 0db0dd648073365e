import type { types } from '@slack/bolt'
import { ids } from './ids.ts'
import { reasonInput } from './reason-input.ts'
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
    blocks: [reasonInput(ids.rejectReason, why, whyHint)],
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
