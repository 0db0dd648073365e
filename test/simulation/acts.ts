import { approve } from '../../src/commands/approve.ts'
import type { CommandContext } from '../../src/commands/context.ts'
import { may } from '../../src/commands/guards.ts'
import { rejected } from '../../src/commands/reject.ts'
import { settle, stopWatching } from '../../src/commands/settle.ts'
import type { DecisionName } from '../../src/migration/actions.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { allows } from '../../src/dts/job.ts'
import { RefusedError } from '../../src/migration/refusal.ts'
import { ruleInForce } from '../../src/policy/rule.ts'
import { ids } from '../../src/views/ids.ts'
import { begin } from '../../src/workflow/begin.ts'
import { REGION } from './job.ts'

/** Something that a person does in Slack. `by` is who, `reference` a button's value. */
export type Act =
  | { do: 'start'; by: string; jobId: string; channel: string; form: string }
  | { do: 'operate'; by: string; migration: string; operation: OperationName }
  | { do: DecisionName; by: string; reference: string }

/** What becomes of it in a bot, up to the acknowledgement. Throws RefusedError. */
export async function perform(
  context: CommandContext,
  act: Act,
  ack: () => Promise<void>,
): Promise<void> {
  const { by } = act
  switch (act.do) {
    case 'start':
      await askToStart(context, act)
      return ack()
    case 'operate':
      await context.members.require(by)
      await context.dispatch(act.migration, {
        type: 'requested',
        ...newRequest(context, by, act.operation),
      })
      return ack()
    case 'approve':
    case 'reject':
    case 'tookEffect':
    case 'noEffect':
    case 'stopWatching': {
      const found = await may(act.do)(context, { userId: by, reference: act.reference })
      await HANDLERS[act.do](context, argsOf(by, ack), found)
    }
  }
}

type Args = Parameters<typeof approve>[1] & Parameters<typeof rejected>[1]

const HANDLERS = {
  approve,
  reject: rejected,
  tookEffect: settle(true),
  noEffect: settle(false),
  stopWatching,
}

/** As much of Bolt's arguments as the handlers read. */
function argsOf(id: string, ack: () => Promise<void>): Args {
  const field = ids.rejectReason
  const view = { state: { values: { [field]: { [field]: { value: 'not today' } } } } }
  return { body: { user: { id } }, view, ack } as unknown as Args
}

type AskToStart = Extract<Act, { do: 'start' }>

/** What the form does when it is submitted. */
async function askToStart(context: CommandContext, act: AskToStart): Promise<void> {
  const { by, jobId, channel, form } = act
  await context.members.require(by)
  const job = await context.dts.describeJob(
    { account: 'default', region: REGION, id: jobId },
    { priority: 'person' },
  )
  if (!job || !allows(job, 'start')) {
    throw new RefusedError({ no: 'deadControl' })
  }
  await begin(context, { job, channel, origin: form }, newRequest(context, by, 'start'))
}

function newRequest(
  { clock, approvers, requestLasts }: CommandContext,
  by: string,
  operation: OperationName,
) {
  return {
    operation,
    requester: by,
    reason: 'quarterly move',
    rule: ruleInForce(approvers),
    expiresAt: new Date(clock.now() + requestLasts).toISOString(),
  }
}
