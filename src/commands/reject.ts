import { ids } from '../views/ids.ts'
import { rejectForm } from '../views/reject-form.ts'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Submitted } from './listeners.ts'
import { reasonIn } from './reason.ts'

/** What the button *Reject* opens. */
export function askWhy({ words }: CommandContext, { migration, request }: Decided) {
  return rejectForm(migration, request, words)
}

/** The form's *Reject*. Acknowledged when the rejection is on disk. */
export async function rejected(
  { dispatch, words }: CommandContext,
  { body, view, ack }: Submitted,
  { migration, request }: Decided,
): Promise<void> {
  const reason = reasonIn(view, ids.rejectReason, words)
  if ('errors' in reason) return ack({ response_action: 'errors', errors: reason.errors })
  await dispatch(migration.id, {
    type: 'rejected',
    request,
    by: body.user.id,
    reason: reason.text,
  })
  await ack()
}
