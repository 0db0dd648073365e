import { randomUUID } from 'node:crypto'
import { refuse } from './refuse.ts'
import { string } from './api-messages.ts'
import type { Triggers } from './triggers.ts'
import { viewProblems } from './validate.ts'
import { APP, BOT, type Json, type OpenView, TEAM, type View, type Workspace } from './workspace.ts'

const DEPTH = 3

/** `views.open` and `views.push`: a trigger opens one view, once, within three seconds. */
export function openView(ws: Workspace, triggers: Triggers, args: Json, push: boolean): Json {
  const user = triggers.exchange(string(args['trigger_id'] ?? ''))
  const view = newView(args['view'])
  const stack = ws.views.get(user) ?? []
  if (push && stack.length === 0) refuse('not_found')
  if (push && stack.length >= DEPTH) refuse('push_limit_reached')
  const opened: OpenView = { view, user, values: {}, errors: {} }
  ws.views.set(user, push ? [...stack, opened] : [opened])
  return { view: { ...view, state: { values: {} } } }
}

/** `views.update`: what is typed stays where block and action keep their names. */
export function updateView(ws: Workspace, args: Json): Json {
  const open = ws.viewById(string(args['view_id'] ?? '')) ?? refuse('not_found')
  if (args['hash'] !== undefined && args['hash'] !== open.view.hash) refuse('hash_conflict')
  replaceView(open, args['view'])
  return { view: { ...open.view, state: { values: open.values } } }
}

/** Draws another view in the same window. */
export function replaceView(open: OpenView, content: unknown): void {
  const fresh = newView(content)
  open.view = { ...fresh, id: open.view.id }
  open.errors = {}
  const blockIds = new Set(fresh.blocks.map((block) => block['block_id']))
  for (const blockId of Object.keys(open.values)) {
    if (!blockIds.has(blockId)) delete open.values[blockId]
  }
}

export function newView(content: unknown): View {
  const [problem] = viewProblems(content)
  if (problem) {
    refuse('invalid_arguments', { response_metadata: { messages: [problem.message] } })
  }
  const view = content as Json & { blocks: Json[]; callback_id?: string }
  const id = `V${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`
  return {
    ...view,
    callback_id: view.callback_id ?? '',
    private_metadata: view['private_metadata'] ?? '',
    blocks: view.blocks.map((block, index) => ({ block_id: `b${index}`, ...block })),
    id,
    root_view_id: id,
    previous_view_id: null,
    hash: `${Date.now()}.${randomUUID().slice(0, 8)}`,
    team_id: TEAM,
    app_id: APP,
    bot_id: BOT,
  }
}
