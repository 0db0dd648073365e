import type { BlockElementAction } from '@slack/bolt'
import type { CheckItem } from '../dts/api.ts'
import { DtsUnreachableError } from '../dts/errors.ts'
import { type Job, allows } from '../dts/job.ts'
import { isSkippable } from '../migration/check-items.ts'
import { RefusedError } from '../migration/refusal.ts'
import { ruleInForce } from '../policy/rule.ts'
import type { FormMemory } from '../views/form-memory.ts'
import { ids } from '../views/ids.ts'
import { CONSTRAINTS, type Chosen, chosenIn, skipForm } from '../views/skip-form.ts'
import { begin, taken } from '../workflow/begin.ts'
import type { CommandContext } from './context.ts'
import type { Decided } from './guards.ts'
import type { Clicked, Submitted } from './listeners.ts'
import { FILL_TIMEOUT } from './look-for-form.ts'
import { drawForm } from './open-form.ts'
import { reasonIn } from './reason.ts'
import { memoryOf } from './start-form.ts'

/** Milliseconds for the last look at a check before Slack wants its acknowledgement. */
const LOOK_TIMEOUT = 1_800

/** What the button *Skip items* opens on the card of a check that did not pass. */
export async function askToSkip(
  context: CommandContext,
  { migration: { channel, job } }: Decided,
  person: string,
) {
  const { account, region, id: jobId } = job
  return formFor(context, { channel, account, region, jobId }, person)
}

/** The same button in the form that asks for a start: draws the other form in its place. */
export async function skipHere(
  context: CommandContext,
  { body }: Clicked<BlockElementAction>,
): Promise<void> {
  const form = await formFor(context, memoryOf(body.view), body.user.id)
  const view = { id: body.view?.id ?? '', hash: body.view?.hash ?? '' }
  await drawForm(context.slack.client, view, form)
}

async function formFor(context: CommandContext, memory: FormMemory, person: string) {
  const found = await look(context, memory, AbortSignal.timeout(FILL_TIMEOUT))
  return draw(context, memory, { ...found, person })
}

/** The form's *Ask for approval*: another migration. Acknowledged when the request is on disk. */
export async function askedToSkip(
  context: CommandContext,
  { body, view, ack }: Submitted,
): Promise<void> {
  const signal = AbortSignal.timeout(LOOK_TIMEOUT)
  const memory = memoryOf(view)
  const chosen = chosenIn(view.state.values)
  const reason = reasonIn(view, ids.reason, context.words)
  const read = look(context, memory, signal).catch(unanswered)
  read.catch(() => {})
  const wrong = await problemsWith(context, chosen)
  const errors = { ...wrong, ...('errors' in reason ? reason.errors : {}) }
  if ('errors' in reason || Object.keys(errors).length > 0) {
    return ack({ response_action: 'errors', errors })
  }
  const found = await read
  // Whoever has filled in a form does not want to do it twice.
  if (!found) {
    const errors = { [ids.skipItems]: context.words.skip.form.noAnswer }
    return ack({ response_action: 'errors', errors })
  }
  const { job, items } = found
  const asked = items.filter((item) => chosen.ids.includes(item.id) && isSkippable(item))
  if (asked.length < chosen.ids.length || job.snapshot.digest !== memory.digest) {
    const shown = { job, items, person: body.user.id, changed: true }
    return ack({ response_action: 'update', view: draw(context, memory, shown) })
  }
  const { owner, foreignKeys } = chosen
  await begin(
    context,
    { job, channel: memory.channel, origin: view.id },
    {
      operation: 'skip',
      skip: {
        items: asked.map(({ id, name, skipRisk: risk }) => ({ id, name, risk })),
        owner,
        foreignKeys,
      },
      requester: body.user.id,
      reason: reason.text,
      rule: ruleInForce(context.approvers),
      expiresAt: new Date(context.clock.now() + context.requestLasts).toISOString(),
    },
  )
  await ack()
}

/** Rethrows everything else. */
function unanswered(error: unknown): undefined {
  if (!(error instanceof DtsUnreachableError)) throw error
}

/** The job and what its check says now. Throws RefusedError where nothing can be skipped. */
async function look(
  { store, dts }: CommandContext,
  { account, region, jobId }: FormMemory,
  signal: AbortSignal,
): Promise<{ job: Job; items: CheckItem[] }> {
  if (!jobId) throw new RefusedError({ no: 'deadControl' })
  const address = { account, region, id: jobId }
  const holder = await store.liveByJob(address)
  if (holder) throw new RefusedError(taken(holder))
  const call = { priority: 'person', signal } as const
  const job = await dts.describeJob(address, call)
  const check = job && allows(job, 'skip') ? await dts.describeCheck(job.ref, call) : undefined
  const items = check?.state === 'notPassed' ? (check.items ?? []) : []
  if (job && items.some(isSkippable)) return { job, items }
  throw new RefusedError({ no: 'nothingToSkip', jobId, region, look: job?.look })
}

function draw(
  { words }: CommandContext,
  memory: FormMemory,
  shown: { job: Job; items: CheckItem[]; person: string; changed?: boolean },
) {
  return skipForm({ ...memory, digest: shown.job.snapshot.digest }, shown, words)
}

/** What the form says about what was chosen, by field. */
async function problemsWith(
  context: CommandContext,
  { ids: items, owner, foreignKeys }: Chosen,
): Promise<Record<string, string>> {
  const { chooseItems, chooseForeignKeys, notAMember } = context.words.skip.form
  const isOpen = items.includes(CONSTRAINTS) && !foreignKeys
  return {
    ...(items.length > 0 ? {} : { [ids.skipItems]: chooseItems }),
    ...(isOpen ? { [ids.foreignKeys]: chooseForeignKeys } : {}),
    ...((await isMember(context, owner)) ? {} : { [ids.skipOwner]: notAMember }),
  }
}

/** A "no" about somebody else is said at the field. Throws RefusedError when Slack does not say. */
async function isMember({ members }: CommandContext, userId: string): Promise<boolean> {
  try {
    await members.require(userId)
    return true
  } catch (error) {
    if (error instanceof RefusedError && NO_MEMBER.has(error.refusal.no)) return false
    throw error
  }
}

const NO_MEMBER = new Set<string>(['guest', 'bot', 'foreignWorkspace'])
