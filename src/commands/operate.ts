import { allows } from '../dts/job.ts'
import { OPERATIONS } from '../migration/operations.ts'
import type { Offered } from '../migration/offers.ts'
import { RefusedError } from '../migration/refusal.ts'
import { ruleInForce } from '../policy/rule.ts'
import { ids, requestRef } from '../views/ids.ts'
import { checklistOf, modeOf, operationForm, operationLoading } from '../views/operation-form.ts'
import type { Wording } from '../views/wording/wording.ts'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Submitted } from './listeners.ts'
import { FILL_TIMEOUT } from './look-for-form.ts'
import { reasonIn } from './reason.ts'

/** What opens at once, before DTS has shown how the job is. */
export function loading(operation: Offered) {
  return (words: Wording) => operationLoading(operation, words)
}

/** What the buttons *Cut over* and *Stop* open: the job as it is now, what it means, and why. */
export function ask(operation: Offered) {
  return async ({ dts, words }: CommandContext, { migration, request }: Decided) => {
    const signal = AbortSignal.timeout(FILL_TIMEOUT)
    const job = await dts.describeJob(migration.job, { priority: 'person', signal })
    if (!job || !allows(job, OPERATIONS[operation].action)) {
      throw new RefusedError({ no: 'notNow', operation, look: job?.look })
    }
    return operationForm(operation, job, requestRef(migration.id, request), words)
  }
}

/** The form's *Ask for approval*. Acknowledged when the request is on disk. */
export function asked(operation: Offered) {
  return async (
    { clock, dispatch, words, approvers, requestLasts }: CommandContext,
    { body, view, ack }: Submitted,
    { migration }: Decided,
  ): Promise<void> => {
    const reason = reasonIn(view, ids.reason, words)
    const unticked = checklistOf(operation, view.state.values, words)
    const errors = { ...unticked, ...('errors' in reason ? reason.errors : {}) }
    if ('errors' in reason || Object.keys(errors).length > 0) {
      return ack({ response_action: 'errors', errors })
    }
    await dispatch(migration.id, {
      type: 'requested',
      operation,
      mode: modeOf(operation, view.state.values),
      requester: body.user.id,
      reason: reason.text,
      rule: ruleInForce(approvers),
      expiresAt: new Date(clock.now() + requestLasts).toISOString(),
    })
    await ack()
  }
}
