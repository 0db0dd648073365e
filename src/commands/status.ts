import type { Row } from '../store/store.ts'
import { noticeMessage } from '../views/notice.ts'
import { statusLines } from '../views/status.ts'
import { namedJob } from './arguments.ts'
import type { CommandContext } from './context.ts'
import type { Typed } from './listeners.ts'

/** `/dts status <job-id> [region]`: how the job is doing, for the asker alone. */
export async function status(
  context: CommandContext,
  given: string[],
  { ack, command, respond }: Typed,
): Promise<void> {
  const { store, dts, account, words } = context
  const { jobId, region } = namedJob(given)
  await ack()
  await context.members.require(command.user_id)
  const row = await store.latestByJob(account, jobId)
  const where = region ?? row?.migration.job.region ?? context.defaultRegion
  const address = { account, region: where, id: jobId }
  const job = await dts.describeJob(address, { priority: 'person' })
  const ours = row && { migration: row.migration, link: await linkTo(context, row) }
  const said = statusLines({ address, job, ours }, words)
  await respond({ response_type: 'ephemeral', ...noticeMessage(said) })
}

async function linkTo({ slack, log }: CommandContext, { card }: Row): Promise<string | undefined> {
  if (!card.shown) return undefined
  const { channel, ts } = card.shown
  try {
    return (await slack.client.chat.getPermalink({ channel, message_ts: ts })).permalink
  } catch (error) {
    log.warn({ err: error }, 'chat.getPermalink failed')
    return undefined
  }
}
