import type { types } from '@slack/bolt'
import type { Migration } from '../migration/migration.ts'
import { ids, requestRef } from './ids.ts'
import { reasonInput } from './reason-input.ts'
import { code, lines } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** What opens at once, before it is known whether this person may reject. */
export function rejectLoading(words: Wording): types.ModalView {
  return { ...frame(words), blocks: [lines(words.forms.reject.loading())] }
}

/** Asks for the reason of a rejection. `request` counts within the migration. */
export function rejectForm(m: Migration, request: number, words: Wording): types.ModalView {
  const { submit, why, whyHint, what } = words.forms.reject
  const operation = m.request?.operation ?? 'start'
  return {
    ...frame(words),
    submit: { type: 'plain_text', text: submit },
    private_metadata: requestRef(m.id, request),
    blocks: [
      lines(what(operation, m.snapshot.name), [code(m.job.id)]),
      reasonInput(ids.rejectReason, why, whyHint),
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
