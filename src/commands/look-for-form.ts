import type { Check } from '../dts/api.ts'
import { type Job, STATUSES, allows } from '../dts/job.ts'
import { type Trouble, troubleOf } from '../dts/trouble.ts'
import { isSkippable } from '../migration/check-items.ts'
import type { FormMemory } from '../views/form-memory.ts'
import type { FormAction, FormBody, Obstacle } from '../views/start-form.ts'
import { taken } from '../workflow/begin.ts'
import type { CommandContext } from './context.ts'

/** Milliseconds: a form may fill slowly, but not for ever. */
export const FILL_TIMEOUT = 8_000

/** What the form shows, and what it has to remember for it. */
export type FormLook = { memory: FormMemory; body: FormBody }

/** What the form has to say about the job now. Never throws what DTS said: that is a body too. */
export async function lookForForm(
  context: CommandContext,
  memory: FormMemory,
  signal: AbortSignal,
): Promise<FormLook> {
  const { account, region, jobId } = memory
  if (!jobId) return { memory, body: { show: 'pick' } }
  const address = { account, region, id: jobId }
  const holder = await context.store.liveByJob(address)
  if (holder) return stuck(memory, { is: 'refused', refusal: taken(holder) }, [])
  try {
    const job = await context.dts.describeJob(address, { priority: 'person', signal })
    if (!job) return stuck(memory, { is: 'notFound', address }, ['lookAgain'])
    return await showJob(context, memory, job, signal)
  } catch (error) {
    return troubled(memory, error)
  }
}

/** The form of somebody whom DTS did not answer. Rethrows what is no trouble with DTS. */
export function troubled(memory: FormMemory, error: unknown): FormLook {
  return stuck(memory, { is: 'trouble', trouble: troubleOf(error) }, ['lookAgain'])
}

async function showJob(
  context: CommandContext,
  memory: FormMemory,
  job: Job,
  signal: AbortSignal,
): Promise<FormLook> {
  const { channel } = memory
  const shown = { ...memory, digest: job.snapshot.digest }
  if (allows(job, 'start')) return { memory: shown, body: { show: 'ready', job, channel } }
  const read = await checkOf(context, job, signal)
  const why: Obstacle = { is: 'status', look: job.look, ...read }
  return isChecked(memory, job)
    ? { memory: shown, body: { show: 'checking', job, channel, why } }
    : stuck(memory, why, actionsFor(job, read.check), job)
}

/** DTS may take a moment to show a check that it has accepted. */
function isChecked({ check }: FormMemory, job: Job): boolean {
  return job.look.status === 'checking' || (check !== undefined && allows(job, 'check'))
}

function actionsFor(job: Job, check: Check | undefined): FormAction[] {
  if (STATUSES[job.look.status].atWork) return ['watchIt', 'lookAgain']
  const skips = allows(job, 'skip') && check?.items?.some(isSkippable)
  return [
    ...(allows(job, 'check') ? (['runCheck'] as const) : []),
    ...(skips ? (['skipItems'] as const) : []),
    'lookAgain',
  ]
}

/** The check of a job that is in it or did not pass it, or why DTS does not show it. */
async function checkOf(
  { dts }: CommandContext,
  { ref, look }: Job,
  signal: AbortSignal,
): Promise<{ check?: Check; unread?: Trouble }> {
  if (look.status !== 'checking' && look.status !== 'checkNotPass') return {}
  try {
    return { check: await dts.describeCheck(ref, { priority: 'person', signal }) }
  } catch (error) {
    return { unread: troubleOf(error) }
  }
}

function stuck(memory: FormMemory, why: Obstacle, actions: FormAction[], job?: Job): FormLook {
  return { memory, body: { show: 'stuck', why, actions, ...(job ? { job } : {}) } }
}
