import { randomBytes } from 'node:crypto'
import type { Deliver } from './deliver.ts'
import type { Delivery } from './records.ts'
import { APP, BOT, type Json, TEAM, type Workspace } from './workspace.ts'

const RETRIES = 3

/**
 * Sends an event, and up to three times more while the app does not acknowledge it; resolves with
 * the last delivery. Slack waits up to five minutes between them; here they follow at once.
 */
export async function sendEvent(ws: Workspace, deliver: Deliver, event: Json): Promise<Delivery> {
  const payload = {
    token: 'playground',
    team_id: TEAM,
    api_app_id: APP,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(ws.now() / 1000),
    authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  }
  let last = await deliver('events_api', payload)
  for (let num = 1; num <= RETRIES && !last.ok; num++) {
    const retry = { num, reason: last.reason ?? 'unknown_error' }
    last = await deliver('events_api', payload, { id: last.id, retry })
  }
  return last
}
