import { randomUUID } from 'node:crypto'
import type { types, webApi } from '@slack/bolt'
import { errorName, isRefusal, retryAfter } from '../slack/errors.ts'
import { noticeView } from '../views/notice.ts'
import type { Line } from '../views/rich.ts'
import type { CommandContext } from './context.ts'

/** A form that somebody has open, by the id that Slack gave it or the name that we did. */
export type FormName = { id: string; hash?: string } | { name: string }

export type OpenForm = FormName & {
  /** Throws what opening it said, where it turns out that it never opened. */
  update(client: webApi.WebClient, view: types.ModalView): Promise<void>
}

/** Opens a form. One that may have opened although Slack did not say so is still known by its name. */
export async function openForm(
  client: webApi.WebClient,
  triggerId: string,
  view: types.ModalView,
): Promise<OpenForm> {
  const name = randomUUID()
  try {
    const opened = await client.views.open({
      trigger_id: triggerId,
      view: { ...view, external_id: name },
    })
    return withUpdate({ id: opened.view?.id ?? '' }, undefined)
  } catch (error) {
    if (isRefusal(error) || retryAfter(error) !== undefined) throw error
    return withUpdate({ name }, error)
  }
}

function withUpdate(form: FormName, doubt: unknown): OpenForm {
  return {
    ...form,
    async update(client, view) {
      const isOpen = await drawForm(client, form, view)
      if (!isOpen && doubt) throw doubt
    },
  }
}

/** Draws a form anew. False: it was closed or changed meanwhile, and stays so. */
export async function drawForm(
  client: webApi.WebClient,
  form: FormName,
  view: types.ModalView,
): Promise<boolean> {
  const hash = 'id' in form && form.hash ? { hash: form.hash } : {}
  try {
    await client.views.update({ ...whichView(form), ...hash, view })
    return true
  } catch (error) {
    if (!['not_found', 'hash_conflict'].includes(errorName(error) ?? '')) throw error
    return false
  }
}

/** Says it in a form, in place of what is there; where Slack does not draw it, `otherwise`. */
export async function sayInForm(
  { log, slack, words }: CommandContext,
  form: FormName,
  said: Line[],
  otherwise: () => Promise<unknown>,
): Promise<void> {
  try {
    await slack.client.views.update({ ...whichView(form), view: noticeView(said, words) })
  } catch (error) {
    log.warn({ err: error }, 'Slack rejected form update')
    await otherwise()
  }
}

/** How `views.update` is told which form. */
function whichView(form: FormName): { view_id: string } | { external_id: string } {
  return 'id' in form ? { view_id: form.id } : { external_id: form.name }
}
