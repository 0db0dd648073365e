import type { OpenView } from './open-view.ts'
import { APP, type Json, TEAM, type Workspace } from './workspace.ts'

/** Who acts, as every interactive payload says it. */
export function who(ws: Workspace, id: string): Json {
  const user = ws.users.get(id)
  const team = user?.team ?? TEAM
  return {
    token: 'playground',
    api_app_id: APP,
    team: { id: TEAM, domain: 'playground' },
    user: { id, username: user?.name ?? id, name: user?.name ?? id, team_id: team },
    enterprise: null,
    is_enterprise_install: false,
  }
}

export function whereOf(ws: Workspace, id: string): Json {
  const name = id.startsWith('D') ? 'directmessage' : (ws.channels.get(id)?.name ?? '')
  return { channel: { id, name } }
}

/** A view with what is filled in, as payloads carry it. */
export function viewOf({ view, values }: OpenView): Json {
  return { ...view, state: { values } }
}
