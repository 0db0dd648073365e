import type { types } from '@slack/bolt'
import type { Migration } from '../migration.ts'
import { mayLetGo } from '../outcome.ts'
import { askRef, ids } from './ids.ts'
import { LIMITS } from './limits.ts'
import { type Line, bold, code, lines, quote, user } from './rich.ts'
import { standing } from './state.ts'
import { changed, hurts, plan, route } from './wording.en.ts'

/** What is posted or updated. `text` is for notifications: our words and checked ids only. */
export type Message = { text: string; blocks: types.KnownBlock[] }

/** The one message of a migration, whole, about twelve lines on a phone. */
export function card(m: Migration, approvers: string[]): Message {
  const { mark, title, says, next } = standing(m, approvers)
  const asking = m.state.at === 'asking'
  return {
    text: `${title}: ${m.job.id}`,
    blocks: [
      lines([`${mark} `, bold(title)], ...says),
      lines(
        asking
          ? [user(m.requester), ' asks to start ', bold(m.job.name)]
          : [bold(m.job.name), ' for ', user(m.requester)],
        [code(m.job.id)],
        route(m.job),
        ...(asking ? [plan(m.job), ...warnings(m)] : []),
      ),
      ...(asking ? [quote(m.reason, LIMITS.reason)] : []),
      ...(next.length > 0 ? [lines(next)] : []),
      ...buttons(m),
    ],
  }
}

function warnings(m: Migration): Line[] {
  return [
    ...m.ask.changes.map((change): Line => ['Changed: ', ...changed(change)]),
    ...hurts(m.job).map((text): Line => ['⚠ ', text]),
  ]
}

function buttons(m: Migration): types.ActionsBlock[] {
  const elements = choices(m, askRef(m.id, m.ask.number))
  return elements.length > 0 ? [{ type: 'actions', elements }] : []
}

function choices(m: Migration, value: string): types.Button[] {
  if (m.state.at === 'asking') {
    return [
      { ...button(ids.approve, 'Approve', value), style: 'primary' },
      button(ids.reject, 'Reject', value),
    ]
  }
  if (m.state.at === 'unknown' && m.state.blind) {
    return [
      button(ids.itStarted, 'It started', value),
      button(ids.didNotStart, 'It did not start', value),
    ]
  }
  return mayLetGo(m.state) ? [button(ids.letGo, 'Stop watching', value)] : []
}

function button(actionId: string, text: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: { type: 'plain_text', text }, value }
}
