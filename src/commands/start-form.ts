import type { BlockElementAction } from '@slack/bolt'
import { isJobId } from '../dts/job.ts'
import { REGIONS, isRegionId } from '../dts/regions.ts'
import { RefusedError } from '../migration/refusal.ts'
import { type FormMemory, decodeFormMemory } from '../views/form-memory.ts'
import { ids } from '../views/ids.ts'
import { startForm } from '../views/start-form.ts'
import { beginWatch } from '../workflow/begin.ts'
import { sayDirectly } from './answer.ts'
import type { CommandContext } from './context.ts'
import type { Clicked } from './listeners.ts'
import { FILL_TIMEOUT, lookForForm } from './look-for-form.ts'
import { drawForm, sayInForm } from './open-form.ts'
import { runningJob } from './watch.ts'

type InForm = Clicked<BlockElementAction>
type View = { id: string; hash: string; private_metadata: string }

/** The pickers of the form: another region, or a job of the list. */
export async function chosen(context: CommandContext, { body, action }: InForm): Promise<void> {
  const memory = memoryOf(body.view)
  const value = 'selected_option' in action ? (action.selected_option?.value ?? '') : ''
  const picked =
    action.action_id === ids.region
      ? { region: isRegionId(value) ? value : memory.region }
      : { jobId: isJobId(value) ? value : undefined }
  await redraw(context, { ...memory, ...picked, check: undefined }, body.view)
}

/** The button *Look again*. */
export async function lookAgain(context: CommandContext, { body }: InForm): Promise<void> {
  const { check: _, ...memory } = memoryOf(body.view)
  await redraw(context, memory, body.view)
}

/** The button *Run the check*: checking a job changes nothing at either end, so it needs no approval. */
export async function runCheck(context: CommandContext, { body }: InForm): Promise<void> {
  const memory = memoryOf(body.view)
  const { account, region, jobId } = memory
  if (!jobId) throw new RefusedError({ no: 'deadControl' })
  const { dts, clock } = context
  const call = { priority: 'person' } as const
  // The form does not remember which version of the API knows the job.
  const job = await dts.describeJob({ account, region, id: jobId }, call)
  const started = job && (await dts.createCheck(job.ref, call))
  const since = new Date(clock.now()).toISOString()
  await redraw(context, { ...memory, ...(started && { check: { since, ...started } }) }, body.view)
}

/** The button *Watch it*: a job that runs already is followed like any other. */
export async function watchIt(context: CommandContext, { body }: InForm): Promise<void> {
  const { account, region, jobId, channel } = memoryOf(body.view)
  if (!jobId || !body.view) throw new RefusedError({ no: 'deadControl' })
  const job = await runningJob(context, { account, region, id: jobId })
  const { id } = body.view
  await beginWatch(context, { job, channel, origin: id }, body.user.id)
  const said = context.words.watch.begun(jobId, channel)
  await sayInForm(context, { id }, said, () => sayDirectly(context, body.user.id, said))
}

/** Looks at the job and draws the form anew. One that was closed or changed meanwhile stays so. */
async function redraw(
  context: CommandContext,
  memory: FormMemory,
  view: View | undefined,
): Promise<void> {
  const look = await lookForForm(context, memory, AbortSignal.timeout(FILL_TIMEOUT))
  const fresh = startForm(look.memory, look.body, REGIONS, context.words)
  await drawForm(context.slack.client, { id: view?.id ?? '', hash: view?.hash ?? '' }, fresh)
}

/** What the form remembers. Throws RefusedError for a form that this version did not draw. */
export function memoryOf(view: { private_metadata: string } | undefined): FormMemory {
  const memory = decodeFormMemory(view?.private_metadata ?? '')
  if (!memory) throw new RefusedError({ no: 'deadControl' })
  return memory
}
