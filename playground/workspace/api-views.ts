import { string } from './api-messages.ts'
import { newView, readView, redraw } from './draw-view.ts'
import { refuse } from './refuse.ts'
import type { Triggers } from './triggers.ts'
import type { OpenView } from './open-view.ts'
import type { Json, Workspace } from './workspace.ts'

/** How many views can be stacked. */
export const DEPTH = 3

/** `views.open` and `views.push`. A bad view does not use the trigger up. */
export function openView(ws: Workspace, triggers: Triggers, args: Json, push: boolean): Json {
  const trigger = string(args['trigger_id'])
  const content = readView(args['view'], 'modal')
  return triggers.exchange(trigger, (user) => {
    const stack = push ? (ws.views.get(user) ?? []) : []
    if (push && stack.length === 0) refuse('not_found')
    if (stack.length >= DEPTH) refuse('push_limit_reached')
    const opened = newView(ws, user, content, stack.at(-1))
    ws.views.set(user, [...stack, opened])
    return answer(opened)
  })
}

/** `views.update`: finds the view by `view_id` or `external_id`. */
export function updateView(ws: Workspace, args: Json): Json {
  const { view_id: id, external_id: name, hash } = args
  if (!id && !name) refuse('invalid_arguments')
  const open =
    ws.openViews().find(({ view }) => (id ? view.id === id : view.external_id === name)) ??
    refuse('not_found')
  const content = readView(args['view'], open.view.type)
  if (hash !== undefined && hash !== open.view.hash) refuse('hash_conflict')
  redraw(ws, open, content)
  return answer(open)
}

/** `views.publish`: creates or replaces the Home tab of one person. */
export function publishView(ws: Workspace, args: Json): Json {
  const user = ws.users.get(string(args['user_id']))?.id ?? refuse('user_not_found')
  if (!ws.app.home) refuse('not_enabled')
  const content = readView(args['view'], 'home')
  const home = ws.homes.get(user)
  if (args['hash'] !== undefined && args['hash'] !== home?.view.hash) refuse('hash_conflict')
  if (home) redraw(ws, home, content)
  const shown = home ?? newView(ws, user, content)
  ws.homes.set(user, shown)
  return answer(shown)
}

function answer({ view, values }: OpenView): Json {
  return { view: { ...view, state: { values } } }
}
