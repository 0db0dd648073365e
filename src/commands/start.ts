import { randomUUID } from 'node:crypto'
import type {
  AllMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt'
import { REGIONS } from '../dts/regions.ts'
import { Refused } from '../refusal.ts'
import { ids } from '../views/ids.ts'
import type { Line } from '../views/rich.ts'
import { type FormMemory, startForm } from '../views/start-form.ts'
import { facts } from '../workflow/facts.ts'
import { errorName, isRefusal, waitAsked } from '../workflow/slack.ts'
import { reasonText } from './approve.ts'
import type { Here } from './here.ts'
import { answering, sayInForm, whisper } from './reply.ts'
import { lookForForm, memoryOf, redraw } from './start-form.ts'
import { jobAndRegion } from './words.ts'

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs
type Submit = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs

/** Milliseconds for the last look at a job before Slack wants its acknowledgement. */
const LOOK_TIMEOUT = 1_800

/**
 * `/dts start [job-id] [region]`: a form at once, then what is to be said about the job. A "no"
 * belongs into the form as well: else it would go on saying that the bot is looking.
 */
export async function start(here: Here, words: string[], args: Command): Promise<void> {
  const { client, command, ack, respond } = args
  const { jobId, region = here.defaultRegion } = jobAndRegion(words)
  const empty: FormMemory = { channel: command.channel_id, region, jobId, digest: undefined }
  const name = randomUUID()
  const view = { ...startForm(empty, { show: 'loading' }, REGIONS), external_id: name }
  const opened = client.views.open({ trigger_id: command.trigger_id, view })
  await Promise.all([ack(), opened.catch(() => undefined)])

  const form = await whichForm(opened, name)
  const say = (said: Line[]): Promise<void> =>
    sayInForm(here, form, said, () => whisper(respond, said))
  await answering(here, command.user_id, say, async () => {
    const channel = await whereTheCardGoes(here, command.channel_id)
    const drawn = await redraw(here, { ...empty, channel }, form)
    if (!drawn && form.unsure) throw form.unsure
  })
}

/** A form that may have opened although Slack did not say so is still known by its name. */
async function whichForm(opened: Promise<{ view?: { id?: string } }>, name: string) {
  try {
    return { id: (await opened).view?.id ?? '' }
  } catch (error) {
    if (isRefusal(error) || waitAsked(error) !== undefined) throw error
    return { name, unsure: error }
  }
}

/** The form's *Ask for approval*. Acknowledged when the ask is on disk. */
export async function submitted(here: Here, { body, view, ack }: Submit): Promise<void> {
  const memory = memoryOf(view.private_metadata)
  const reason = reasonText.safeParse(view.state.values[ids.reason]?.[ids.reason]?.value ?? '')
  if (!reason.success) {
    const says = reason.error.issues[0]?.message ?? ''
    return ack({ response_action: 'errors', errors: { [ids.reason]: says } })
  }
  const { job, body: now, memory: fresh } = await lookForForm(here, memory, LOOK_TIMEOUT)
  if (!job || now.show !== 'ready' || job.digest !== memory.digest) {
    const note = ['The job changed while you read. Look again, then ask.']
    const shown = now.show === 'ready' ? { ...now, note } : now
    return ack({ response_action: 'update', view: startForm(fresh, shown, REGIONS) })
  }
  await here.workflow.ask({
    job: facts(job),
    requester: body.user.id,
    channel: memory.channel,
    reason: reason.data,
    askKey: view.id,
  })
  await ack()
}

/** The channel of the command if people there would see the card, else the default one. */
async function whereTheCardGoes(here: Here, channel: string): Promise<string> {
  const problem = await obstacle(here, channel)
  if (!problem) return channel
  if (here.defaultChannel) return here.defaultChannel
  throw new Refused({ no: problem })
}

async function obstacle(
  { slack: { client } }: Here,
  channel: string,
): Promise<'notInChannel' | 'archived' | undefined> {
  if (channel.startsWith('D')) return 'notInChannel'
  try {
    const { channel: info } = await client.conversations.info({ channel })
    if (info?.is_archived) return 'archived'
    return info?.is_member ? undefined : 'notInChannel'
  } catch (error) {
    if (errorName(error) === 'channel_not_found') return 'notInChannel'
    throw error
  }
}
