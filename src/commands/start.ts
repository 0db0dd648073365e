import { REGIONS } from '../dts/regions.ts'
import { RefusedError } from '../migration/refusal.ts'
import { ruleInForce } from '../policy/rule.ts'
import { type FormMemory, decodeFormMemory } from '../views/form-memory.ts'
import { ids } from '../views/ids.ts'
import type { Line } from '../views/rich.ts'
import { type FormBody, startForm } from '../views/start-form.ts'
import { begin, beginCheck } from '../workflow/begin.ts'
import { answering, whisper } from './answer.ts'
import { jobAndRegion } from './arguments.ts'
import { whereTheCardGoes } from './card-channel.ts'
import type { CommandContext } from './context.ts'
import type { Submitted, Typed } from './listeners.ts'
import { FILL_TIMEOUT, lookForForm } from './look-for-form.ts'
import { openForm, sayInForm } from './open-form.ts'
import { reasonIn } from './reason.ts'

/** Milliseconds for the last look at a job before Slack wants its acknowledgement. */
const LOOK_TIMEOUT = 1_800

/**
 * `/dts start [job-id] [region]`: a form at once, then what is to be said about the job. Shows
 * refusals in the form too, or it would stay on "loading".
 */
export async function start(context: CommandContext, given: string[], args: Typed): Promise<void> {
  const { client, command, ack, respond } = args
  const { words, account, defaultRegion } = context
  const { jobId, region = defaultRegion } = jobAndRegion(given)
  const memory: FormMemory = { channel: command.channel_id, account, region, jobId }
  const loading = startForm(memory, { show: 'loading' }, REGIONS, words)
  const opened = openForm(client, command.trigger_id, loading)
  await Promise.all([ack(), opened.catch(() => undefined)])

  const form = await opened
  const say = (said: Line[]): Promise<void> =>
    sayInForm(context, form, said, () => whisper(respond, said))
  await answering(context, command.user_id, say, async () => {
    await context.members.require(command.user_id)
    const channel = await whereTheCardGoes(context, command.channel_id)
    const signal = AbortSignal.timeout(FILL_TIMEOUT)
    const look = await lookForForm(context, { ...memory, channel }, signal)
    await form.update(client, startForm(look.memory, look.body, REGIONS, words))
  })
}

/** The form's *Ask for approval*, now or once the job has passed its check. Acknowledged when the request is on disk. */
export async function submitted(
  context: CommandContext,
  { body, view, ack }: Submitted,
): Promise<void> {
  const signal = AbortSignal.timeout(LOOK_TIMEOUT)
  const { words, clock, approvers, requestLasts } = context
  const memory = decodeFormMemory(view.private_metadata)
  if (!memory) throw new RefusedError({ no: 'deadControl' })
  const reason = reasonIn(view, ids.reason, words)
  if ('errors' in reason) return ack({ response_action: 'errors', errors: reason.errors })

  const look = await lookForForm(context, memory, signal)
  const askable = askableIn(look.body, memory)
  if (!askable) {
    const shown = look.body.show === 'ready' ? { ...look.body, changed: true } : look.body
    const fresh = startForm(look.memory, shown, REGIONS, words)
    return ack({ response_action: 'update', view: fresh })
  }
  const { job, show } = askable
  const beginning = { job, channel: memory.channel, origin: view.id }
  const [requester, now] = [body.user.id, clock.now()]
  const asked = { reason: reason.text, rule: ruleInForce(approvers) }
  if (show === 'checking') {
    const check = memory.check ?? { since: new Date(now).toISOString(), requestId: '' }
    const thenAsk = { ...asked, lasts: requestLasts }
    await beginCheck(context, beginning, requester, { ...check, thenAsk })
  } else {
    const expiresAt = new Date(now + requestLasts).toISOString()
    await begin(context, beginning, { operation: 'start', requester, ...asked, expiresAt })
  }
  await ack()
}

type Askable = Extract<FormBody, { show: 'ready' | 'checking' }>

/** What people can be asked about, if it is set up as the requester saw it. */
function askableIn(body: FormBody, { digest }: FormMemory): Askable | undefined {
  if (body.show !== 'ready' && body.show !== 'checking') return undefined
  return body.job.snapshot.digest === digest ? body : undefined
}
