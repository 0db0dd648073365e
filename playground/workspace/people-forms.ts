import { followForm, readSuggestions } from './answers.ts'
import type { Element } from './block-elements.ts'
import type { Option } from './block-options.ts'
import { type Choice, chosen } from './choices.ts'
import type { Deliver } from './deliver.ts'
import { type Placed, type Which, elementOf } from './elements-of.ts'
import { formProblem } from './form-problems.ts'
import { viewOf, who } from './payloads.ts'
import type { World } from './world.ts'
import type { OpenView } from './open-view.ts'
import type { Delivery } from './records.ts'
import { isQuiet, typedValue } from './typed.ts'
import type { Json, Workspace } from './workspace.ts'

/** An option of an external select, as it is read. */
export type Suggestion = { text: string; value: string; detail?: string }

/** What people do in the form on top of their screen, or in their Home of the app. */
export type InForms = {
  view(user: string): OpenView | undefined
  /** Types into an input. */
  fill(user: string, which: Which, value: string): void
  /** Types into an input and presses Enter. Resolves with undefined if the bot gets nothing. */
  enter(user: string, which: Which, text: string): Promise<Delivery | undefined>
  /** What an external select offers for these words. */
  suggest(user: string, which: Which, words: string): Promise<Suggestion[]>
  /** Resolves with undefined if the bot gets nothing: in an input that does not dispatch. */
  choose(user: string, which: Which, choice: Choice): Promise<Delivery | undefined>
  press(user: string, which: Which): Promise<Delivery>
  submit(user: string): Promise<Delivery>
  /** Closes the top form, and those below if it says so. Resolves with what the bot got. */
  closeView(user: string): Promise<Delivery[]>
}

export function inForms({ ws, triggers }: World, deliver: Deliver): InForms {
  const act = async (user: string, open: OpenView, placed: Placed, extra: Json) => {
    const { type } = placed.element
    const ids = { action_id: placed.actionId, block_id: placed.blockId }
    return deliver('interactive', {
      ...who(ws, user),
      type: 'block_actions',
      trigger_id: triggers.issue(user),
      container: { type: 'view', view_id: open.view.id },
      view: viewOf(open),
      actions: [{ type, ...ids, action_ts: ws.nextTs(), ...extra }],
    })
  }

  return {
    view: (user) => ws.topView(user),
    fill: (user, which, value) => {
      const open = opened(ws, user)
      const placed = inView(open, which)
      setValue(open, placed, typedValue(placed, value))
    },
    enter: async (user, which, text) => {
      const open = opened(ws, user)
      const placed = inView(open, which)
      const value = typedValue(placed, text)
      setValue(open, placed, value)
      return isQuiet(placed) ? undefined : act(user, open, placed, value)
    },
    suggest: async (user, which, words) => {
      const open = opened(ws, user)
      const { blockId, actionId, element } = inView(open, which)
      mustSuggest(element, words)
      const delivery = await deliver('interactive', {
        ...who(ws, user),
        type: 'block_suggestion',
        action_id: actionId,
        block_id: blockId,
        value: words,
        container: { type: 'view', view_id: open.view.id },
        view: viewOf(open),
      })
      const offered = readSuggestions(ws, delivery)
      open.offered[actionId] = offered
      return offered.map(suggestion)
    },
    choose: async (user, which, choice) => {
      const open = opened(ws, user)
      const placed = inView(open, which)
      const value = chosen({ ws, user, offered: open.offered }, placed.element, choice)
      if (!value) throw new Error(`${placed.actionId} is not chosen from.`)
      if (placed.element.type !== 'overflow') setValue(open, placed, value)
      return isQuiet(placed) ? undefined : act(user, open, placed, value)
    },
    press: async (user, which) => {
      const open = opened(ws, user)
      const placed = inView(open, which)
      const { element, actionId } = placed
      if (element.type !== 'button') throw new Error(`${actionId} is no button.`)
      return act(user, open, placed, { value: element.value, text: element.text })
    },
    submit: async (user) => {
      const open = opened(ws, user)
      const problem = formProblem(open)
      if (problem) throw new Error(problem)
      const delivery = await deliver('interactive', {
        ...who(ws, user),
        type: 'view_submission',
        trigger_id: triggers.issue(user),
        view: viewOf(open),
        response_urls: [],
      })
      followForm(ws, open, delivery)
      ws.changed()
      return delivery
    },
    closeView: async (user) => {
      const stack = ws.views.get(user) ?? []
      const top = stack.at(-1)
      if (!top) throw new Error(`${user} has no form open.`)
      const clears = top.view['clear_on_close'] === true
      ws.views.set(user, clears ? [] : stack.slice(0, -1))
      ws.changed()
      const closed = (clears ? stack.toReversed() : stack.slice(-1)).filter(
        ({ view }) => view['notify_on_close'] === true,
      )
      return Promise.all(
        closed.map((open) =>
          deliver('interactive', {
            ...who(ws, user),
            type: 'view_closed',
            view: viewOf(open),
            is_cleared: clears,
          }),
        ),
      )
    },
  }
}

function suggestion({ text, value, description }: Option): Suggestion {
  return { text: text.text, value, ...(description ? { detail: description.text } : {}) }
}

/** Slack's client queries the app from the third character on, unless the app sets another number. */
function mustSuggest(element: Element, words: string): void {
  const { type, action_id: id } = element
  if (type !== 'external_select' && type !== 'multi_external_select') {
    throw new Error(`${id} suggests nothing.`)
  }
  const least = element.min_query_length ?? 3
  if (words.length < least) throw new Error(`${id} asks for at least ${least} characters.`)
}

function opened(ws: Workspace, user: string): OpenView {
  const open = ws.topView(user) ?? (ws.atHome.has(user) ? ws.homes.get(user) : undefined)
  if (!open) throw new Error(`${user} has no form open.`)
  return open
}

function inView({ view }: OpenView, which: Which): Placed {
  return elementOf(view.blocks, which, 'The form')
}

function setValue(open: OpenView, { blockId, actionId }: Placed, value: Json): void {
  open.values[blockId] = { ...open.values[blockId], [actionId]: value }
}
