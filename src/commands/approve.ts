import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { z } from 'zod'
import type { Migration } from '../migration.ts'
import { Refused } from '../refusal.ts'
import { askRef, ids, parseAskRef } from '../views/ids.ts'
import { LIMITS } from '../views/limits.ts'
import { rejectForm } from '../views/reject-form.ts'
import { mustBeApprover } from './approvers.ts'
import type { Here } from './here.ts'

export type Click = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs
type Submit = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs

/** The button *Approve*. Acknowledged when the approval is on disk. */
export async function approve(here: Here, { body, action, ack }: Click): Promise<void> {
  const ref = askOf(action.value ?? '')
  await mayDecide(here, ref.id, body.user)
  await here.workflow.tell(ref.id, { type: 'approved', ask: ref.ask, by: body.user.id })
  await ack()
}

/** The button *Reject*: opens the form that asks why. */
export async function reject(here: Here, { body, action, ack, client }: Click): Promise<void> {
  const ref = askOf(action.value ?? '')
  const m = await mayDecide(here, ref.id, body.user)
  if (m.state.at !== 'asking') throw new Refused({ no: 'alreadyDecided', state: m.state.at })
  await ack()
  const view = rejectForm(askRef(ref.id, ref.ask))
  await client.views.open({ trigger_id: body.trigger_id, view })
}

/** The form's *Reject*. */
export async function rejected(here: Here, { body, view, ack }: Submit): Promise<void> {
  const ref = askOf(view.private_metadata)
  const value = view.state.values[ids.rejectReason]?.[ids.rejectReason]?.value
  const reason = reasonText.safeParse(value ?? '')
  if (!reason.success) {
    const says = reason.error.issues[0]?.message ?? ''
    return ack({ response_action: 'errors', errors: { [ids.rejectReason]: says } })
  }
  await mayDecide(here, ref.id, body.user)
  await here.workflow.tell(ref.id, {
    type: 'rejected',
    ask: ref.ask,
    by: body.user.id,
    reason: reason.data,
  })
  await ack()
}

/** What people type as a reason, here and in the form that asks for a start. */
export const reasonText = z
  .string()
  .trim()
  .min(1, 'Say why, in a few words.')
  .max(LIMITS.reason, `At most ${LIMITS.reason} characters.`)

/** The ask that a button or a form is about. Throws Refused for what the bot did not draw. */
export function askOf(text: string): { id: string; ask: number } {
  const ref = parseAskRef(text)
  if (!ref) throw new Refused({ no: 'deadControl' })
  return ref
}

/** Requesters may always withdraw; that they may not approve is for the rules of a migration. */
export async function mayDecide(
  here: Here,
  id: string,
  user: { id: string; team_id?: string },
): Promise<Migration> {
  if (user.team_id && user.team_id !== here.teamId) throw new Refused({ no: 'foreignWorkspace' })
  const row = await here.store.row(id)
  if (!row) throw new Refused({ no: 'unknownMigration' })
  if (row.migration.requester !== user.id) await mustBeApprover(here, user.id)
  return row.migration
}
