import { randomBytes } from 'node:crypto'
import { newViewId } from './names.ts'
import { refuse } from './refuse.ts'
import { type ViewContent, checkView } from './view-content.ts'
import { stateOf } from './view-state.ts'
import type { OpenView, View } from './open-view.ts'
import { APP, BOT_ID, TEAM, type Workspace } from './workspace.ts'

/** Reads a view from the app. Refuses as the `views` methods do. */
export function readView(content: unknown, type: View['type']): ViewContent {
  const read = checkView(content)
  if (!read.ok) return refuse(read.error, said(read.problems))
  if (read.view.type !== type) {
    refuse('invalid_arguments', said([`[ERROR] must be a ${type} [json-pointer:/view/type]`]))
  }
  return read.view
}

/** A view as it opens for a person, on top of `below` or alone. */
export function newView(
  ws: Workspace,
  user: string,
  content: ViewContent,
  below?: OpenView,
): OpenView {
  const id = newViewId()
  mustBeFree(ws, content.external_id, id)
  const view = drawn(ws, content, {
    id,
    root_view_id: below?.view.root_view_id ?? id,
    previous_view_id: below?.view.id ?? null,
  })
  return { view, user, values: stateOf(view.blocks), errors: {}, offered: {} }
}

/** Replaces the content of an open view. */
export function redraw(ws: Workspace, open: OpenView, content: ViewContent): void {
  const { id, root_view_id, previous_view_id } = open.view
  mustBeFree(ws, content.external_id, id)
  open.view = drawn(ws, content, { id, root_view_id, previous_view_id })
  open.values = stateOf(open.view.blocks, open.values)
  open.errors = {}
  open.offered = {}
  delete open.trouble
}

type Place = Pick<View, 'id' | 'root_view_id' | 'previous_view_id'>

function drawn(ws: Workspace, content: ViewContent, place: Place): View {
  return {
    private_metadata: '',
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...content,
    ...place,
    callback_id: content.callback_id ?? '',
    external_id: content.external_id ?? '',
    hash: `${Math.floor(ws.now() / 1000)}.${randomBytes(4).toString('hex')}`,
    team_id: TEAM,
    app_id: APP,
    app_installed_team_id: TEAM,
    bot_id: BOT_ID,
  }
}

function mustBeFree(ws: Workspace, externalId: string | undefined, id: string): void {
  const others = ws.openViews().filter(({ view }) => view.id !== id)
  if (externalId && others.some(({ view }) => view.external_id === externalId)) {
    refuse('duplicate_external_id')
  }
}

function said(messages: string[]): Record<string, unknown> {
  return { response_metadata: { messages } }
}
