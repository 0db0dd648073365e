import { type Job, type JobAddress, allows } from '../dts/job.ts'
import { RefusedError } from '../migration/refusal.ts'
import { beginCheck, taken } from '../workflow/begin.ts'
import { whisper } from './answer.ts'
import { namedJob } from './arguments.ts'
import { whereTheCardGoes } from './card-channel.ts'
import type { CommandContext } from './context.ts'
import type { Typed } from './listeners.ts'

/**
 * `/dts check <job-id> [region]`: has DTS check the job, and follows that on a card. A check changes
 * nothing at either end, so it needs no approval.
 */
export async function check(
  context: CommandContext,
  given: string[],
  { ack, command, respond }: Typed,
): Promise<void> {
  const { account, defaultRegion, words } = context
  const { jobId, region = defaultRegion } = namedJob(given)
  await ack()
  await context.members.require(command.user_id)
  const channel = await whereTheCardGoes(context, command.channel_id)
  const job = await checkableJob(context, { account, region, id: jobId })
  const { requestId } = await context.dts.createCheck(job.ref, { priority: 'person' })
  const since = new Date(context.clock.now()).toISOString()
  const beginning = { job, channel, origin: command.trigger_id }
  await beginCheck(context, beginning, command.user_id, { since, requestId })
  await whisper(respond, words.check.begun(jobId, channel))
}

/** Throws RefusedError for a job that cannot be checked now, or that another migration has. */
async function checkableJob({ dts, store }: CommandContext, address: JobAddress): Promise<Job> {
  const holder = await store.liveByJob(address)
  if (holder) throw new RefusedError(taken(holder))
  const job = await dts.describeJob(address, { priority: 'person' })
  if (job && allows(job, 'check')) return job
  throw new RefusedError({ no: 'notCheckable', jobId: address.id, look: job?.look })
}
