import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  types,
} from '@slack/bolt'
import { z } from 'zod'
import { type Job, isJobId } from '../dts/job.ts'
import { REGIONS, isRegionId } from '../dts/regions.ts'
import { Refused } from '../refusal.ts'
import { ids } from '../views/ids.ts'
import { LIMITS, clip } from '../views/limits.ts'
import { refused } from '../views/refusals.ts'
import { type Line, code, outside } from '../views/rich.ts'
import { type FormBody, type FormMemory, startForm } from '../views/start-form.ts'
import { troubleLines } from '../views/trouble.ts'
import { jobIs } from '../views/wording.en.ts'
import { facts } from '../workflow/facts.ts'
import { errorName } from '../workflow/slack.ts'
import { troubleOf } from '../workflow/trouble.ts'
import { taken } from '../workflow/workflow.ts'
import type { Here } from './here.ts'
import { type OpenForm, whichView } from './reply.ts'

type InForm = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs
type Options = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs

/** The form as somebody has it open; with a `hash`, only while it is still that version. */
type Drawn = OpenForm & { hash?: string }

/** Milliseconds: a form may fill slowly, but not for ever. */
const FILL_TIMEOUT = 8_000

/**
 * Looks at the job and draws the form anew. False: it was closed or changed meanwhile, and stays so.
 */
export async function redraw(
  here: Here,
  memory: FormMemory,
  view: Drawn,
  note?: Line,
): Promise<boolean> {
  const look = await lookForForm(here, memory, FILL_TIMEOUT)
  const { body } = look
  const shown = note && body.show === 'stuck' ? { ...body, says: [note, ...body.says] } : body
  return draw(here, { ...look, body: shown }, view)
}

async function draw(here: Here, { memory, body }: Look, view: Drawn): Promise<boolean> {
  try {
    await here.slack.client.views.update({
      ...whichView(view),
      ...(view.hash ? { hash: view.hash } : {}),
      view: startForm(memory, body, REGIONS),
    })
  } catch (error) {
    if (!['not_found', 'hash_conflict'].includes(errorName(error) ?? '')) throw error
    return false
  }
  return true
}

/** The pickers of the form: another region, or a job of the list. */
export async function chosen(here: Here, { ack, body, action }: InForm): Promise<void> {
  await ack()
  const memory = memoryOf(body.view?.private_metadata ?? '')
  const value = 'selected_option' in action ? (action.selected_option?.value ?? '') : ''
  const picked =
    action.action_id === ids.region
      ? { region: isRegionId(value) ? value : memory.region }
      : { jobId: isJobId(value) ? value : undefined }
  await redraw(here, { ...memory, ...picked }, viewOf(body))
}

/** The button *Look again*. */
export async function lookAgain(here: Here, { ack, body }: InForm): Promise<void> {
  await ack()
  await redraw(here, memoryOf(body.view?.private_metadata ?? ''), viewOf(body))
}

/** The button *Run the check*: checking a job changes nothing at either end, so it needs no approval. */
export async function runCheck(here: Here, { ack, body }: InForm): Promise<void> {
  await ack()
  const memory = memoryOf(body.view?.private_metadata ?? '')
  if (!memory.jobId) throw new Refused({ no: 'deadControl' })
  const { requestId } = await here.dts.createCheck(memory.region, memory.jobId, {
    priority: 'person',
  })
  const reference = requestId ? [' RequestId ', code(requestId)] : []
  await redraw(here, memory, viewOf(body), ['The check is on its way.', ...reference])
}

/**
 * What the job picker offers: the newest jobs of the region whose name or id has the words. While
 * DTS does not list them, the form says why.
 */
export async function offerJobs(here: Here, { ack, payload, body }: Options): Promise<void> {
  const memory = memoryOf(body.view?.private_metadata ?? '')
  const words = payload.value.toLowerCase()
  try {
    const { jobs } = await here.dts.describeJobs(
      memory.region,
      { offset: 0, limit: LIMITS.options, order: 'newestFirst' },
      { priority: 'person', timeoutMs: 2_000 },
    )
    const options = jobs
      .filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(words))
      .sort((a, b) => Number(b.status === 'checkPass') - Number(a.status === 'checkPass'))
      .map(option)
    await ack({ options })
  } catch (error) {
    await ack({ options: [] })
    await draw(here, troubled(memory, error), viewOf(body))
  }
}

function option({ id, name, status, statusCode }: Job): types.PlainTextOption {
  const text = (words: string) => ({
    type: 'plain_text' as const,
    text: clip(words, LIMITS.optionText),
    emoji: false,
  })
  return {
    text: text(name || id),
    description: text(`${id} ${jobIs(status, statusCode)}`),
    value: id,
  }
}

type Look = { job: Job | undefined; memory: FormMemory; body: FormBody }

/** What the form has to say about the job now. Never throws what DTS said: that is a body too. */
export async function lookForForm(
  here: Here,
  memory: FormMemory,
  timeoutMs: number,
): Promise<Look> {
  const { jobId, region } = memory
  if (!jobId) return { job: undefined, memory, body: { show: 'pick' } }
  const holder = await here.store.liveByJob(jobId)
  if (holder) return stuck(memory, undefined, refused(taken(holder).refusal, here.approvers), [])
  try {
    const call = { priority: 'person', timeoutMs } as const
    const job = await here.dts.describeJob(region, jobId, call)
    if (!job) return stuck(memory, undefined, notFound(jobId, region), ['lookAgain'])
    if (job.status === 'checkPass') {
      const body = { show: 'ready', job: facts(job), channel: memory.channel } as const
      return { job, memory: { ...memory, digest: job.digest }, body }
    }
    return stuck(memory, job, await whyNot(here, job, timeoutMs), wayOut(job))
  } catch (error) {
    return troubled(memory, error)
  }
}

/** Throws what DTS did not say. */
function troubled(memory: FormMemory, error: unknown): Look {
  return stuck(memory, undefined, troubleLines(troubleOf(error), undefined), ['lookAgain'])
}

type Action = Extract<FormBody, { show: 'stuck' }>['actions'][number]

function stuck(memory: FormMemory, job: Job | undefined, says: Line[], actions: Action[]): Look {
  return { job, memory, body: { show: 'stuck', job: job && facts(job), says, actions } }
}

function notFound(jobId: string, region: string): Line[] {
  return [
    [code(jobId), ' is not known in ', outside(region), '.'],
    ['A job lives in its target’s region. Another region?'],
  ]
}

async function whyNot({ dts }: Here, job: Job, timeoutMs: number): Promise<Line[]> {
  const cannot: Line = [`It cannot be started: it ${jobIs(job.status, job.statusCode)}.`]
  if (['checking', 'checkNotPass'].includes(job.status)) {
    const { message, percent } = await dts.describeCheck(job.region, job.id, { timeoutMs })
    if (job.status === 'checking') {
      return [
        cannot,
        [percent === undefined ? 'Look again soon.' : `The check is at ${percent} %.`],
      ]
    }
    return [cannot, ...(message ? [['The check says: ', outside(message, LIMITS.errorText)]] : [])]
  }
  if (MAY_BE_CHECKED.includes(job.status)) {
    return [cannot, ['Only a job that has passed its check can be started.']]
  }
  return [cannot, ['See how it is doing: ', code(`/dts status ${job.id} ${job.region}`)]]
}

const MAY_BE_CHECKED = ['creating', 'created', 'checkNotPass', 'failed']

function wayOut({ status }: Job): Action[] {
  return MAY_BE_CHECKED.includes(status) ? ['runCheck', 'lookAgain'] : ['lookAgain']
}

const memoryShape = z.object({
  channel: z.string(),
  region: z.string().refine(isRegionId),
  jobId: z.string().refine(isJobId).optional(),
  digest: z.string().optional(),
})

/** What the form remembers. Throws `Refused` for a form that this version did not draw. */
export function memoryOf(text: string): FormMemory {
  try {
    const { channel, region, jobId, digest } = memoryShape.parse(JSON.parse(text))
    return { channel, region, jobId, digest }
  } catch {
    throw new Refused({ no: 'deadControl' })
  }
}

function viewOf({ view }: { view?: { id: string; hash: string } }): Drawn {
  return view ? { id: view.id, hash: view.hash } : { id: '' }
}
