import type { AckFn, RespondArguments, RespondFn } from '@slack/bolt'
import { Refused } from '../refusal.ts'
import type { Row } from '../store/store.ts'
import { noticeMessage } from '../views/notice.ts'
import { jobStatus } from '../views/status.ts'
import { facts, seen } from '../workflow/facts.ts'
import type { Here } from './here.ts'
import { jobAndRegion } from './words.ts'

type Asked = { ack: AckFn<string | RespondArguments>; respond: RespondFn }

/** `/dts status <job-id> [region]`: how the job is doing, for the asker alone. */
export async function status(here: Here, words: string[], { ack, respond }: Asked): Promise<void> {
  const { jobId, region } = jobAndRegion(words)
  if (!jobId) throw new Refused({ no: 'badJobId', text: '' })
  await ack()
  const row = await here.store.latestByJob(jobId)
  const where = region ?? row?.migration.job.region ?? here.defaultRegion
  const job = await here.dts.describeJob(where, jobId, { priority: 'person' })
  const lines = jobStatus(
    jobId,
    where,
    job && { facts: facts(job), seen: seen(job, new Date().toISOString()) },
    row && { migration: row.migration, link: await linkTo(here, row) },
    here.approvers,
  )
  await respond({ response_type: 'ephemeral', ...noticeMessage(`Status of ${jobId}`, lines) })
}

async function linkTo({ slack, log }: Here, { card }: Row): Promise<string | undefined> {
  if (!card) return undefined
  try {
    const where = { channel: card.channel, message_ts: card.ts }
    return (await slack.client.chat.getPermalink(where)).permalink
  } catch (error) {
    log.warn({ err: error }, 'no link to a card')
    return undefined
  }
}
