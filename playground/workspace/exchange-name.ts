import type { Delivery } from './records.ts'
import type { Json } from './workspace.ts'

/** What a person did, in few words: `block_actions dts_approve`. */
export function exchangeName(kind: Delivery['kind'], payload: Json): string {
  if (kind === 'slash_commands')
    return `${word(payload['command'])} ${word(payload['text'])}`.trim()
  const { actions, view, event } = payload
  const [action] = Array.isArray(actions) ? actions : []
  const named = [
    at(action, 'action_id'),
    payload['action_id'],
    at(view, 'callback_id'),
    payload['callback_id'],
    at(event, 'type'),
  ]
  return [word(payload['type']) || kind, word(named.find(Boolean))].join(' ').trim()
}

export function actorOf(payload: Json): string {
  const { user, event, user_id: id } = payload
  return word(at(user, 'id')) || word(id) || word(at(event, 'user'))
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[key] : undefined
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
