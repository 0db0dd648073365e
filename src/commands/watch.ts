import { type Job, type JobAddress, STATUSES, isRetriable } from '../dts/job.ts'
import { RefusedError } from '../migration/refusal.ts'
import { beginWatch } from '../workflow/begin.ts'
import { whisper } from './answer.ts'
import { namedJob } from './arguments.ts'
import { whereTheCardGoes } from './card-channel.ts'
import type { CommandContext } from './context.ts'
import { requireAction } from './guards.ts'
import type { Typed } from './listeners.ts'

/** `/dts watch <job-id> [region]`: follows a job that runs, whoever started it. */
export async function watch(
  context: CommandContext,
  given: string[],
  { ack, command, respond }: Typed,
): Promise<void> {
  const { account, defaultRegion, words } = context
  const { jobId, region = defaultRegion } = namedJob(given)
  await ack()
  await context.members.require(command.user_id)
  const channel = await whereTheCardGoes(context, command.channel_id)
  const job = await runningJob(context, { account, region, id: jobId })
  await beginWatch(context, { job, channel, origin: command.trigger_id }, command.user_id)
  await whisper(respond, words.watch.begun(jobId, channel))
}

/** Throws RefusedError for a job that does nothing which could be followed. */
export async function runningJob({ dts }: CommandContext, address: JobAddress): Promise<Job> {
  const job = await dts.describeJob(address, { priority: 'person' })
  if (job && (STATUSES[job.look.status].atWork || isRetriable(job.look))) return job
  throw new RefusedError({ no: 'nothingToWatch', jobId: address.id, look: job?.look })
}

/** `/dts unwatch <job-id>`: the job goes on, and the bot says no more about it. */
export async function unwatch(
  context: CommandContext,
  given: string[],
  { ack, command, respond }: Typed,
): Promise<void> {
  const { store, account, words, dispatch } = context
  const { jobId } = namedJob(given)
  await ack()
  const { user_id: by } = command
  await context.members.require(by)
  const m = (await store.latestByJob(account, jobId))?.migration
  if (!m || m.ended) throw new RefusedError({ no: 'notWatched', jobId })
  await requireAction(context, m, 'stopWatching', by)
  await dispatch(m.id, { type: 'watchStopped', by })
  await whisper(respond, words.watch.stopped(jobId))
}
