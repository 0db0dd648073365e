import { allows } from '../dts/job.ts'
import type { Migration } from '../migration/migration.ts'
import { OPERATIONS } from '../migration/operations.ts'
import type { Offered } from '../migration/offers.ts'
import { RefusedError } from '../migration/refusal.ts'
import { ruleInForce } from '../policy/rule.ts'
import type { CompareShown } from '../views/compare.ts'
import { ids, requestRef } from '../views/ids.ts'
import { checklistOf, modeOf, operationForm, operationLoading } from '../views/operation-form.ts'
import type { Wording } from '../views/wording/wording.ts'
import { look } from '../workflow/compare.ts'
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
  return async (context: CommandContext, { migration, request }: Decided) => {
    const { dts, words } = context
    const signal = AbortSignal.timeout(FILL_TIMEOUT)
    const [job, compared] = await Promise.all([
      dts.describeJob(migration.job, { priority: 'person', signal }),
      operation === 'cutOver' ? comparisonOf(context, migration, signal) : undefined,
    ])
    if (!job || !allows(job, OPERATIONS[operation].action)) {
      throw new RefusedError({ no: 'notNow', operation, look: job?.look })
    }
    return operationForm(operation, job, requestRef(migration.id, request), words, compared)
  }
}

/** The newest comparison, also one that was made in the console. Undefined: its version has none. */
async function comparisonOf(
  context: CommandContext,
  { id, job, watch }: Migration,
  signal: AbortSignal,
): Promise<CompareShown | undefined> {
  if (!context.dts.compares(job)) return undefined
  const found = await look(context, job, watch?.compare, { priority: 'person', signal })
  if (found.type === 'compareUnseen') return { trouble: found.trouble }
  const after = await context.dispatch(id, found)
  return { compare: (after ?? { watch }).watch?.compare }
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
      mode: modeOf(operation, migration.snapshot, view.state.values),
      requester: body.user.id,
      reason: reason.text,
      rule: ruleInForce(approvers),
      expiresAt: new Date(clock.now() + requestLasts).toISOString(),
    })
    await ack()
  }
}
